from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "jobboard.alerts"
    verbose_name = "Alerts"

    def ready(self) -> None:
        """Register the checks."""
        from jobboard.alerts import checks  # noqa: F401
