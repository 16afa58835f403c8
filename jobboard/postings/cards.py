"""The cards of a list, kept as HTML by each process for as long as the board holds a posting as it is.

A change gives a posting another slot, so what is kept under a slot is never out of date, and the board lists live ones
only. Rows are read, through `live`, for the cards that are not kept.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from jobboard.frames import Frame, gap
from jobboard.postings.board import Board
from jobboard.postings.models import Posting

MOST_KEPT = 4_000  # of about 2 kB each

type Key = tuple[int, int, date, str]  # the board, the slot, and the day in a zone, in which a card says how old it is


class Card(NamedTuple):
    """A posting as a list shows it, with a gap for how far it is."""

    pk: int
    title: str
    published_at: datetime | None
    frame: Frame

    def html(self, away: str = "") -> SafeString:
        """The card of a posting that is so far away, such as "about 12 miles"."""
        return self.frame.filled(away=f" · {away}" if away else "")


_kept: dict[Key, Card] = {}


def cards(pks: Iterable[int], on: Board, at: datetime) -> list[Card]:
    """The cards of postings in this order, without those that are not live. One query, none where all are kept."""
    listed = list(pks)
    day, zone = timezone.localdate(at), timezone.get_current_timezone_name()
    keys = {pk: (on.number, slot, day, zone) for pk in listed if (slot := on.slot(pk)) is not None}
    found = {pk: card for pk, key in keys.items() if (card := _kept.get(key))}
    if missing := [pk for pk in listed if pk not in found]:
        for posting in Posting.objects.live(at).as_cards(missing):
            card = found[posting.pk] = _card(posting, at)
            if posting.pk in keys:
                _keep(keys[posting.pk], card)
    return [found[pk] for pk in listed if pk in found]


def _keep(key: Key, card: Card) -> None:
    """Keep a card in the place of the one that was kept first."""
    if len(_kept) >= MOST_KEPT:
        _kept.pop(next(iter(_kept)), None)
    _kept[key] = card


def _card(posting: Posting, at: datetime) -> Card:
    html = render_to_string("jobs/_job.html", {"posting": posting, "at": at, "away": gap("away")})
    return Card(posting.pk, posting.title, posting.published_at, Frame(html))
