"""What waits for an employer's team: the postings that somebody should do something about, the most urgent first."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import FETCH_RAISE, Case, IntegerField, Q, Value, When

from jobboard.postings.models import Posting, PostingQuerySet

SOON = timedelta(days=7)  # before the end of a posting
MOST = 6  # shown at once


class Call(NamedTuple):
    """A posting and what its team is asked to do: `kind` is "asked", "sent-back" or "ending"."""

    posting: Posting
    kind: str


def calls(postings: PostingQuerySet, at: datetime) -> list[Call]:
    """What waits among these postings. One query."""
    shown = Q(published_at__lte=at, held_at=None, closed_at=None, expires_at__gt=at)
    kinds = {
        "asked": shown & Q(paused_at=None, asked_at__isnull=False),
        "sent-back": Q(sent_back_at__isnull=False, held_at=None, closed_at=None),
        "ending": shown & Q(expires_at__lte=at + SOON, renewal=None),
    }
    urgency = Case(
        *(When(where, then=Value(number)) for number, where in enumerate(kinds.values())),
        default=None,
        output_field=IntegerField(null=True),
    )
    long = ("description", "description_html", "description_text", "keywords", "search")
    found = postings.annotate(urgency=urgency).filter(urgency__isnull=False).defer(*long).fetch_mode(FETCH_RAISE)
    names = list(kinds)
    return [Call(each, names[each.urgency]) for each in found.order_by("urgency", "expires_at", "id")[:MOST]]
