from django.apps import AppConfig


class PayConfig(AppConfig):
    name = "jobboard.pay"
    verbose_name = "Pay"

    def ready(self) -> None:
        """List the page in the site map."""
        from django.urls import reverse

        from jobboard import sitemaps

        sitemaps.register(sitemaps.Listed("pay", lambda _: [sitemaps.Page(reverse("pay"))]))
