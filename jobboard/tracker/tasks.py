"""The reminders of tracked jobs. Beat asks every ten minutes whose day has come; all state is in the table."""

import logging

from celery import shared_task
from django.utils import timezone

from jobboard.tracker.models import Tracked

log = logging.getLogger(__name__)

MOST_AT_ONCE = 1_000  # the rest is still due the next time


@shared_task
def remind() -> int:
    """Mail the reminders whose day has come; returns how many. One that fails is logged and holds up no other."""
    due = Tracked.objects.to_remind(timezone.now()).select_related("user").order_by("remind_on", "pk")
    return sum(_remind(tracked) for tracked in due[:MOST_AT_ONCE])


def _remind(tracked: Tracked) -> bool:
    try:
        return tracked.remind(timezone.now())
    except Exception:
        log.exception("reminder %s failed", tracked.pk)
        return False
