"""The lists of the tracker: one for each stage, then what was hidden and what was seen."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from accounts.models import User
from jobboard.postings.models import Posting
from jobboard.tracker.items import Item, Stage, Standing, counts, items, standing, visible, with_postings
from jobboard.tracker.models import HiddenEmployer, HiddenPosting, Seen, SeenOff

HIDDEN, SEEN = "hidden", "seen"


class Row(NamedTuple):
    """A posting that was hidden or seen, and when; `posting` is None where the public may not see it."""

    pk: int
    moment: datetime
    posting: Posting | None
    standing: Standing


@dataclass(frozen=True)
class List:
    """One list: its rows as they are counted, and how a page of them is made ready to be shown."""

    name: str
    label: str
    rows: Any
    count: int
    shown: Callable[[list, datetime], list]


def of(user: User) -> dict[str, List]:
    """All lists of a person by name, in their order. Four queries, whichever of them is shown."""
    kept = items(user)
    many = counts(kept)
    found = {
        stage.value: List(stage, stage.label, [each for each in kept if each.stage is stage], many[stage], _items)
        for stage in Stage
    }
    hidden, seen = HiddenPosting.objects.filter(user=user), Seen.objects.filter(user=user)
    employers = HiddenEmployer.objects.filter(user=user).count()
    found[HIDDEN] = List(HIDDEN, "Hidden", hidden, hidden.count() + employers, _rows)
    found[SEEN] = List(SEEN, "Seen", seen, seen.count(), _rows)
    return found


def beside(user: User, name: str) -> dict[str, object]:
    """What a list shows besides its rows."""
    if name == HIDDEN:
        return {"employers": HiddenEmployer.objects.filter(user=user).select_related("employer")}
    return {"seen_off": SeenOff.objects.filter(user=user).exists()} if name == SEEN else {}


def address(name: str) -> str:
    """The page of a list."""
    return reverse("tracker") + ("" if name == Stage.SAVED else f"?list={name}")


def _items(page: list[Item], at: datetime) -> list[Item]:
    return with_postings(page, at)


def _rows(page: list[HiddenPosting | Seen], at: datetime) -> list[Row]:
    postings = visible([row.posting_id for row in page], at)
    known = [(row, postings.get(row.posting_id)) for row in page]
    return [Row(row.posting_id, row.at, posting, standing(posting, at)) for row, posting in known]
