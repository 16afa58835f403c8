from django.apps import AppConfig


class StatisticsConfig(AppConfig):
    name = "jobboard.statistics"
    verbose_name = "Statistics"

    def ready(self) -> None:
        """Count readers on postings, and lead teams to their figures."""
        from jobboard import slots
        from jobboard.statistics import beside

        slots.register("posting-end", beside.beacon)
        slots.register("hiring-aside", beside.of_posting)
        slots.register("hiring-links", beside.link)
