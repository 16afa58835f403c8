"""Fingerprints of postings that were stored past the verbs: before this app was there, by a loader, as demo data."""

from itertools import batched

from jobboard.moderation.models import Fingerprint
from jobboard.postings.models import Posting

BATCH = 1_000


def take_fingerprints(most: int) -> int:
    """Store those that are missing, the newest postings first, up to `most`; returns how many.

    What others they are like is not looked at: that is said of a posting when it is submitted.
    """
    without = Posting.objects.filter(submitted_at__isnull=False, fingerprint=None).order_by("-pk")
    missing = list(without.values_list("pk", flat=True)[:most])
    for pks in batched(missing, BATCH):
        postings = Posting.objects.filter(pk__in=pks).only("title", "description_text").order_by()
        Fingerprint.objects.bulk_create([Fingerprint.of(each) for each in postings], ignore_conflicts=True)
    return len(missing)
