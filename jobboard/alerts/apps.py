from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "jobboard.alerts"
    verbose_name = "Alerts"

    def ready(self) -> None:
        """Register the checks, what holds for a digest, and what is kept of people."""
        from accounts import privacy
        from jobboard.alerts import (
            checks,  # noqa: F401
            owned,
        )
        from jobboard.alerts.models import digest_holds, take_back_digest
        from jobboard.outbox import conditions

        privacy.register("alerts", export=owned.alerts)
        conditions.register("alerts.digest", digest_holds, take_back_digest)
