"""The alert tasks. Beat asks each minute what is due. All state is in the table: lost or doubled tasks are harmless."""

import logging
from itertools import batched

from celery import shared_task
from django.utils import timezone

from jobboard.alerts.models import SavedSearch

log = logging.getLogger(__name__)

MOST_AT_ONCE = 5_000  # searches asked for in one minute; the rest is still due in the next
BATCH = 50  # searches in one task
EXPIRES = 60  # seconds; by then the next minute has asked again for what is still due


@shared_task
def run_due() -> int:
    """Hand out the searches whose turn has come; returns how many. One query where there is none."""
    due = SavedSearch.objects.due(timezone.now()).order_by("next_run_at").values_list("pk", flat=True)
    pks = list(due[:MOST_AT_ONCE])
    for batch in batched(pks, BATCH):
        run_searches.apply_async((batch,), expires=EXPIRES, retry=False)
    return len(pks)


@shared_task
def run_searches(pks: list[int]) -> int:
    """Run these searches as far as they are still due, each in a transaction of its own; returns how many ran."""
    return sum(run_search(pk) for pk in pks)


def run_search(pk: int) -> bool:
    """Run one search if it is still due. One that fails is logged, keeps its turn, and does not hold up the others."""
    try:
        return SavedSearch(pk=pk).run(timezone.now())
    except Exception:
        log.exception("saved search %s failed", pk)
        return False
