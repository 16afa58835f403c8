from django.apps import AppConfig


class DistributionConfig(AppConfig):
    name = "jobboard.distribution"
    verbose_name = "Distribution"

    def ready(self) -> None:
        """Put the pages that are ours to list in the site map."""
        from jobboard import sitemaps
        from jobboard.distribution import listed

        for section in listed.SECTIONS:
            sitemaps.register(section)
