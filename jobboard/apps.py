from django.apps import AppConfig


class JobboardConfig(AppConfig):
    name = "jobboard"
    verbose_name = "CareerCenter"

    def ready(self) -> None:
        """Register the checks."""
        from jobboard import checks  # noqa: F401
