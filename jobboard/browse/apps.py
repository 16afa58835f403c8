from django.apps import AppConfig


class BrowseConfig(AppConfig):
    name = "jobboard.browse"
    verbose_name = "Browse"

    def ready(self) -> None:
        """List the pages that have jobs in the site map."""
        from jobboard import sitemaps
        from jobboard.browse.views import listed

        sitemaps.register(sitemaps.Listed("browse", listed))
