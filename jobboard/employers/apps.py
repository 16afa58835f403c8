from django.apps import AppConfig


class EmployersConfig(AppConfig):
    name = "jobboard.employers"
    verbose_name = "Employers"
