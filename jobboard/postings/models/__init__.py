"""A job posting, what the public may see of it, and the record of what was decided."""

from jobboard.postings.models.change import Change
from jobboard.postings.models.event import Event
from jobboard.postings.models.limit import DailyLimit
from jobboard.postings.models.pay import Pay
from jobboard.postings.models.posting import Incomplete, Posting
from jobboard.postings.models.queryset import PostingQuerySet
from jobboard.postings.models.record import StaleState
from jobboard.postings.models.template import NameTaken, Template, TooManyTemplates
from jobboard.postings.models.word import Word

__all__ = [
    "Change",
    "DailyLimit",
    "Event",
    "Incomplete",
    "NameTaken",
    "Pay",
    "Posting",
    "PostingQuerySet",
    "StaleState",
    "Template",
    "TooManyTemplates",
    "Word",
]
