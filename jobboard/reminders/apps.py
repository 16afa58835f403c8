from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "jobboard.reminders"
    verbose_name = "Reminders"
