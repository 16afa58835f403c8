from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "jobboard.outbox"
    verbose_name = "Outbox"
