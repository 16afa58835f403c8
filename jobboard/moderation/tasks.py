"""Daily work: the pay ranges anew, and the fingerprints of postings that came in past the verbs."""

from celery import shared_task
from django.utils import timezone

from jobboard.moderation.looks.known import take_fingerprints
from jobboard.moderation.models import PayRange

MOST_AT_ONCE = 20_000


@shared_task
def renew_pay_ranges() -> int:
    """Reckon what jobs of each kind pay; returns how many kinds are known well enough."""
    return PayRange.objects.renew(timezone.now())


@shared_task
def fingerprint_the_rest() -> int:
    """Take the fingerprints that are missing, some thousands a day; returns how many."""
    return take_fingerprints(MOST_AT_ONCE)
