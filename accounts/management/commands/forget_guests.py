"""Deletes what is kept of guests once it can no longer count for anything."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from accounts.models import CodeView, Meter
from accounts.reader import GUEST_COOKIE_AGE


class Command(BaseCommand):
    """`manage.py forget_guests`; beat runs it once a day through `accounts.tasks.forget_guests`."""

    help = "Delete code views and meters of guests whose cookies have died, and yesterday's meters of networks."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Delete, and say how much."""
        at = timezone.now()
        views = CodeView.objects.forget_guests(at, GUEST_COOKIE_AGE)
        meters = Meter.objects.forget_guests(at, GUEST_COOKIE_AGE)
        self.stdout.write(f"Forgot {views} code views and {meters} meters of guests.")
