"""The cards of a list, kept as HTML for as long as their postings stay as they are."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from jobboard.frames import Frame, gap
from jobboard.postings.board import Board
from jobboard.postings.models import Posting
from jobboard.postings.slotted import Slotted

MOST_KEPT = 4_000  # of about 2 kB each


class Card(NamedTuple):
    """A posting as a list shows it, with a gap for how far it is."""

    pk: int
    title: str
    published_at: datetime | None
    frame: Frame

    def html(self, away: str = "") -> SafeString:
        """The card of a posting that is so far away, such as "about 12 miles"."""
        return self.frame.filled(away=f" · {away}" if away else "")


_kept = Slotted[Card](MOST_KEPT)


def cards(pks: Iterable[int], on: Board, at: datetime) -> list[Card]:
    """The cards of postings in this order, without those that are not live. One query, none where all are kept."""
    day = timezone.localdate(at), timezone.get_current_timezone_name()  # in which a card says how old it is
    live = Posting.objects.live(at)
    return _kept.of(pks, on, lambda missing: {each.pk: _card(each, at) for each in live.as_cards(missing)}, day)


def _card(posting: Posting, at: datetime) -> Card:
    html = render_to_string("jobs/_job.html", {"posting": posting, "at": at, "away": gap("away")})
    return Card(posting.pk, posting.title, posting.published_at, Frame(html))
