from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobboard.applications"
    verbose_name = "Applications"

    def ready(self) -> None:
        """Hand people what is kept of them here, and forget it with their account."""
        from accounts import privacy
        from jobboard.applications import owned

        privacy.register("applications", export=owned.applications)
        privacy.register("resumes", export=owned.resumes, forget=owned.forget_resumes)
