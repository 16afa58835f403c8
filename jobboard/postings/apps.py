from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "jobboard.postings"
    verbose_name = "Postings"

    def ready(self) -> None:
        """Show jobs on code pages."""
        from codes import slots
        from jobboard.postings.aside import jobs_needing

        slots.register("aside", jobs_needing)
