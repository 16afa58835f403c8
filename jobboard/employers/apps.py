from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "jobboard.employers"
    verbose_name = "Employers"

    def ready(self) -> None:
        """Let no mail go out in the name of a suspended employer, and no team be left without an owner."""
        from accounts import privacy
        from jobboard.employers import owned
        from jobboard.employers.models import Employer
        from jobboard.outbox import conditions

        public = Employer.objects.filter(suspended_at=None)
        privacy.register("teams", export=owned.teams, forget=owned.forget, leaving=owned.handing_over)
        privacy.register("invitations_sent", export=owned.invitations_sent)
        conditions.register("employers.unsuspended", lambda pks, _at: public.filter(pk__in=pks).exists())
