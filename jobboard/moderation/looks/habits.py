"""How an employer posts."""

from datetime import datetime, timedelta

from jobboard.moderation.looks import Noticed
from jobboard.moderation.models import Signal
from jobboard.postings.models import Posting

MANY, WITHIN = 8, timedelta(hours=24)  # postings submitted by one employer from which it is a burst


def burst(posting: Posting, at: datetime) -> Noticed | None:
    """Many postings in a day."""
    count = Posting.objects.filter(employer=posting.employer_id, submitted_at__gt=at - WITHIN).count()
    if count < MANY:
        return None
    return Noticed(Signal.Kind.BURST, f"The employer submitted {count} postings within 24 hours.")


def first(posting: Posting, _at: datetime) -> Noticed | None:
    """Nothing of the employer was approved before."""
    if Posting.objects.filter(employer=posting.employer_id, published_at__isnull=False).exists():
        return None
    return Noticed(Signal.Kind.FIRST, "Nothing of this employer was ever approved: look at the employer too.")
