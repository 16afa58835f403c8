"""The reminder tasks. Beat asks what is due. All state is in the table: lost or doubled tasks are harmless."""

import logging
from itertools import batched

from celery import shared_task
from django.utils import timezone

from jobboard.reminders.models import due, remind

log = logging.getLogger(__name__)

MOST_AT_ONCE = 5_000  # people in one hour; the rest is still due in the next
BATCH = 50  # people in one task
EXPIRES = 3600  # seconds; by then the next hour has asked again for what is still due


@shared_task
def remind_due() -> int:
    """Hand out the people who are to be reminded; returns how many. One query where there are none."""
    pks = list(due(timezone.localdate()).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    for batch in batched(pks, BATCH):
        remind_people.apply_async((batch,), expires=EXPIRES, retry=False)
    return len(pks)


@shared_task
def remind_people(pks: list[int]) -> int:
    """Remind these people as far as they still are to be, each in a transaction of its own; returns how many were."""
    return sum(remind_one(pk) for pk in pks)


def remind_one(pk: int) -> bool:
    """Remind one person. One that fails is logged, stays due, and does not hold up the others."""
    try:
        return remind(pk, timezone.now())
    except Exception:
        log.exception("reminder of profile %s failed", pk)
        return False
