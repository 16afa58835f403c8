"""`manage.py load_demo`: people, employers, postings and applications to try the product with."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError
from django.utils import timezone

from jobboard.demo.load import load


class Command(BaseCommand):
    """Adds the demo data that is absent; safe and cheap to repeat, and sends no mail."""

    help = "Load demo people, employers, postings, applications and saved searches. For demo mode only."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load, saying what was added. Refused outside demo mode, since the password of these people is no secret."""
        if not settings.DEMO_MODE:
            raise CommandError("Demo data is loaded in demo mode only. Set DEMO_MODE=true if that is what you want.")
        self.stdout.write("Demo data: ", ending="")
        self.stdout.flush()
        added = load(timezone.now(), settings.DEMO_PASSWORD)
        what = ", ".join(f"{number} {name}" for name, number in added.items())
        self.stdout.write(f"added {what}." if added else "all there, nothing to add.")
