from django.apps import AppConfig


class TrackerConfig(AppConfig):
    name = "jobboard.tracker"
    verbose_name = "Tracker"

    def ready(self) -> None:
        """Put buttons on jobs and employers, and keep what people hid from their lists and mails."""
        from accounts import privacy
        from jobboard import slots
        from jobboard.postings import narrowings, withheld
        from jobboard.tracker import beside, matching, owned
        from jobboard.tracker.models import hidden_from

        privacy.register("jobs", export=owned.jobs)
        narrowings.register(beside.left_out)
        withheld.register(hidden_from)
        slots.register_cards(beside.on_cards)
        slots.register("jobs-note", beside.note)
        slots.register("posting-apply", beside.on_posting)
        slots.register("posting-body", matching.on_posting)
        slots.register("posting-employer", beside.on_employer_of)
        slots.register("employer-actions", beside.on_employer)
