from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    name = "jobboard.applications"
    verbose_name = "Applications"
