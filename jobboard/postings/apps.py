from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "jobboard.postings"
    verbose_name = "Postings"

    def ready(self) -> None:
        """Show jobs on code pages, and beside a code that a search found."""
        from codes import slots
        from jobboard.postings.aside import jobs_found, jobs_needing

        slots.register("aside", jobs_needing)
        slots.register("found", jobs_found)
