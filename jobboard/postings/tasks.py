"""The tasks of postings. All state is in the table: a lost or doubled task asks and closes nothing twice."""

import logging
from collections.abc import Callable

from celery import shared_task
from django.utils import timezone

from jobboard.postings.models import Change, Posting, PostingQuerySet, StaleState, Word

log = logging.getLogger(__name__)

MOST_AT_ONCE = 500  # postings asked about or closed in one run; the rest is still due in the next


@shared_task
def still_hiring() -> int:
    """Ask the teams whose turn has come, and close what nobody answered for; returns how many of both."""
    at = timezone.now()
    Posting.objects.excuse_suspended()
    closed = each(Posting.objects.unanswered(at), lambda posting: posting.close_unanswered(at))
    return closed + each(Posting.objects.to_ask(at), lambda posting: posting.ask(at))


@shared_task
def retire() -> int:
    """Write down which postings have expired, so that the indexes of the search drop them; returns how many."""
    return Posting.objects.retire(timezone.now())


@shared_task
def forget_changes() -> int:
    """Delete the journal's old entries; returns how many."""
    return Change.objects.forget(timezone.now())


@shared_task
def renew_words() -> int:
    """Gather the words by which misspelt ones are put right; returns how many."""
    return Word.objects.renew()


def each(postings: PostingQuerySet, verb: Callable[[Posting], None]) -> int:
    """Do something with each, in a transaction of its own; returns with how many. One that fails holds up no other."""
    done = 0
    for posting in postings.select_related("employer").defer("search")[:MOST_AT_ONCE]:
        try:
            verb(posting)
            done += 1
        except StaleState:
            continue  # another worker had it, or the team was faster
        except Exception:
            log.exception("posting %s failed", posting.pk)
    return done
