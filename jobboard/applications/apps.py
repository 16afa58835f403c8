from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobboard.applications"
    verbose_name = "Applications"

    def ready(self) -> None:
        """Hand people what is kept of them here, forget it with their account, and fill the slots of lower pages."""
        from accounts import privacy
        from jobboard import slots
        from jobboard.applications import beside, owned, response

        slots.register("employer-facts", response.response_rate)
        slots.register("hiring-links", beside.applicants_link)
        slots.register("hiring-more-links", beside.mail_templates_link)
        privacy.register("applications", export=owned.applications)
        privacy.register("resumes", export=owned.resumes, forget=owned.forget_resumes)
