from django.apps import AppConfig


class AlertsConfig(AppConfig):
    name = "jobboard.alerts"
    verbose_name = "Alerts"
