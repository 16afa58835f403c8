"""A job posting, what the public may see of it, and the record of what was decided."""

from jobboard.postings.models.event import Event
from jobboard.postings.models.pay import Pay
from jobboard.postings.models.posting import Incomplete, Posting, StaleState
from jobboard.postings.models.queryset import PostingQuerySet

__all__ = ["Event", "Incomplete", "Pay", "Posting", "PostingQuerySet", "StaleState"]
