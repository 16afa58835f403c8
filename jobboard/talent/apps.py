from django.apps import AppConfig


class TalentConfig(AppConfig):
    name = "jobboard.talent"
    verbose_name = "Talent"

    def ready(self) -> None:
        """Stand on people's own pages and on those of teams, and hand people what is kept of them here."""
        from accounts import privacy
        from accounts import slots as own_slots
        from jobboard import slots
        from jobboard.talent import beside, owned

        own_slots.register("profile-aside", beside.open_requests)
        own_slots.register("privacy-seen", beside.seen)
        slots.register("hiring-links", beside.hiring_link)
        privacy.register("contact_requests", export=owned.requests)
        privacy.register("looks_at_my_profile", export=owned.looks)
        privacy.register("blocked_employers", export=owned.blocked)
