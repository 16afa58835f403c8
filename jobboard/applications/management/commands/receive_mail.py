"""`manage.py receive_mail`: take in the answers to mails about applications."""

import signal
import threading
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, CommandParser

from jobboard.applications.inbox import listener


class Command(BaseCommand):
    """Listens by SMTP until it is told to stop."""

    help = "Take in answers by SMTP, from the mail server of INBOUND_DOMAIN; they appear in their threads."

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen."""
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
        parser.add_argument("--port", type=int, default=settings.INBOUND_PORT, help="port (INBOUND_PORT)")

    def handle(self, *_: Any, host: str, port: int, **__: Any) -> None:
        """Listen. Refused where no mail names an address for answers, so that nobody waits for what cannot come."""
        if not settings.INBOUND_DOMAIN:
            raise CommandError(
                "Set INBOUND_DOMAIN to the domain whose mail comes here; until then nothing is taken in."
            )
        stop = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: stop.set())
        inbox = listener(host, port)
        try:
            inbox.start()
        except OSError as error:
            raise CommandError(f"Port {port} on {host} cannot be used ({error.strerror or error}).") from error
        self.stdout.write(f"Taking in answers to {settings.INBOUND_DOMAIN} at {host}, port {port}.")
        stop.wait()
        inbox.stop()
