from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "jobboard.employers"
    verbose_name = "Employers"

    def ready(self) -> None:
        """Let no mail go out in the name of an employer that is suspended."""
        from jobboard.employers.models import Employer
        from jobboard.outbox import conditions

        public = Employer.objects.filter(suspended_at=None)
        conditions.register("employers.unsuspended", lambda pks, _at: public.filter(pk__in=pks).exists())
