"""Delivery of the outbox. All state is in the table: a lost or doubled task loses and doubles nothing."""

from datetime import datetime
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from jobboard.outbox.models import OutgoingMail

SWEEP_LIMIT = 500  # messages; what is left over is the next minute's
FAILURES_IN_A_ROW = 3  # then the transport is taken to be down and the rest is left for the next sweep


@shared_task
def deliver(pk: str) -> bool:
    """Hand over one message that was just stored, or drop it. True: there was work."""
    return OutgoingMail.objects.deliver_next(timezone.now(), only=UUID(pk)) is not None


@shared_task
def sweep() -> int:
    """Hand over what waits, and forget what was settled long ago; returns how many messages were tried."""
    at = timezone.now()
    OutgoingMail.objects.settled_before(at - OutgoingMail.KEPT).delete()
    return sweep_at(at)


def sweep_at(at: datetime) -> int:
    """Hand over what is due, oldest first; returns how many messages were tried."""
    tried = failures = 0
    while tried < SWEEP_LIMIT and failures < FAILURES_IN_A_ROW:
        mail = OutgoingMail.objects.deliver_next(at)
        if mail is None:
            break
        tried += 1
        failures = failures + 1 if mail.error else 0
    return tried
