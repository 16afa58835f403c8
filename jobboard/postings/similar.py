"""Live postings like another one: by the same employer or in the same specialties, those that share most first.

The board is asked, since SQL would sort tens of thousands for each page where a hundred thousand are live.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from functools import reduce
from operator import or_

from jobboard.postings import board
from jobboard.postings.board import Slots
from jobboard.postings.models import Posting, PostingQuerySet

LOOKED_AT = 25  # so many, since one may be the posting itself, or hidden from the reader


def similar(posting: Posting, among: PostingQuerySet, most: int, at: datetime) -> list[Posting]:
    """The nearest few of live postings as cards show them, the newest first where they share as much. One query."""
    on = board.lately(at)

    def any_of(facet: str, values: Iterable[str]) -> Slots:
        return reduce(or_, (on.having(facet, value) for value in values), 0)

    specialties = any_of("specialty", posting.specialties)
    employer = on.of_employer(posting.employer_id)
    shared = [
        (specialties, 4),
        (employer, 3),
        (any_of("role", posting.roles), 2),
        (any_of("workplace", [posting.workplace]), 1),
    ]
    near = on.live & (specialties | employer)
    pks: list[int] = []
    for _, alike in sorted(_by_score(near, shared).items(), reverse=True):
        if alike and len(pks) < LOOKED_AT:
            pks += on.listed(alike, on.newest, 0, LOOKED_AT)
    return among.exclude(pk=posting.pk).as_cards(pks[:LOOKED_AT])[:most]


def _by_score(near: Slots, shared: list[tuple[Slots, int]]) -> dict[int, Slots]:
    """What shares how much: each by the sum of the weights of the sets that it is in."""
    levels = {0: near}
    for slots, weight in shared:
        raised: dict[int, Slots] = defaultdict(int)
        for score, some in levels.items():
            raised[score + weight] |= some & slots
            raised[score] |= some & ~slots
        levels = raised
    return levels
