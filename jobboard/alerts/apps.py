from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "jobboard.alerts"
    verbose_name = "Alerts"

    def ready(self) -> None:
        """Register the checks, and what holds for a digest."""
        from jobboard.alerts import checks  # noqa: F401
        from jobboard.alerts.models import digest_holds, take_back_digest
        from jobboard.outbox import conditions

        conditions.register("alerts.digest", digest_holds, take_back_digest)
