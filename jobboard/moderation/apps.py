from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "jobboard.moderation"
    verbose_name = "Moderation"

    def ready(self) -> None:
        """Look over what is submitted, and show on postings how to report them and since when they are known."""
        from accounts import privacy
        from jobboard import slots
        from jobboard.moderation import public
        from jobboard.moderation.looks import look_over
        from jobboard.postings import readers

        readers.register(look_over)
        slots.register("posting-end", public.report_link)
        slots.register("posting-apply", public.seen_before)
        privacy.register("reports", export=public.reports_of)
