from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "jobboard.outbox"
    verbose_name = "Outbox"

    def ready(self) -> None:
        """Forget mail of people who leave."""
        from accounts import privacy
        from jobboard.outbox import owned

        privacy.register("mail", forget=owned.forget)
