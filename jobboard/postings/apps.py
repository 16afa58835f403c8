from django.apps import AppConfig


class PostingsConfig(AppConfig):
    name = "jobboard.postings"
    verbose_name = "Postings"

    def ready(self) -> None:
        """Show jobs on code pages and beside codes found; let no mail about a posting that is out of sight go out."""
        from accounts import privacy
        from codes import slots
        from jobboard.outbox import conditions
        from jobboard.postings import owned
        from jobboard.postings.aside import jobs_found, jobs_needing
        from jobboard.postings.models import Posting

        privacy.register("postings", forget=owned.close, leaving=owned.closing)
        conditions.register("postings.live", lambda pks, at: Posting.objects.live(at).filter(pk__in=pks).exists())
        slots.register("aside", jobs_needing)
        slots.register("found", jobs_found)
