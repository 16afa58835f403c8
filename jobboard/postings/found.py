"""What a search finds on the board: how many, in which order, and how many each other choice would find."""

from collections.abc import Sequence
from datetime import datetime
from functools import cached_property, reduce
from operator import and_, or_
from typing import NamedTuple, overload

from django.contrib.postgres.search import SearchRank
from django.db.models import F, Q
from django.db.models.expressions import RawSQL
from django.http import QueryDict

from jobboard.postings import asked, spelling
from jobboard.postings.board import FEW, Board, Order, Slots
from jobboard.postings.cards import Card, cards
from jobboard.postings.facets import FACETS, POSTED, Facet
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter
from jobboard.postings.slotted import Slotted

FIRST = 5  # jobs that are shown of a search with its words put right
RANKED = 500  # so many of the newest that have the words are put in order by how well they match
MOST_RANKS = 20_000  # that are kept, of some words with some posting


class Correction(NamedTuple):
    """A search with misspelt words put right: the words, its query string, how many it finds, and the first few."""

    words: str
    query: str
    jobs: int
    first: list[Card]


class Found(Sequence[Card]):
    """The live postings that a search finds, in its order, for a paginator; without those that a person has hidden.

    It finds what `PostingFilter.qs` finds, which is set-based and knows no order.
    """

    def __init__(self, search: PostingFilter, on: Board, at: datetime, hidden: Q | None = None) -> None:
        self._search, self._board, self._at = search, on, at
        self._visible = self._board.live
        self._hidden = hidden
        if hidden is not None:
            self._visible &= ~self._board.finding(Posting.objects.filter(hidden))

    def __len__(self) -> int:
        return self._all.bit_count()

    @overload
    def __getitem__(self, part: int) -> Card: ...
    @overload
    def __getitem__(self, part: slice) -> list[Card]: ...
    def __getitem__(self, part: int | slice) -> Card | list[Card]:
        """The cards of some of them."""
        if isinstance(part, int):
            return self[part : part + 1][0]
        pks = self._listed(part.start or 0, len(self) if part.stop is None else part.stop)
        return cards(pks, self._board, self._at)

    def newest(self, most: int) -> list[int]:
        """The ids of the newest of them, whatever order is asked for."""
        return self._board.listed(self._all, self._board.newest, 0, most)

    def counts(self, facet: Facet) -> dict[str, int]:
        """How many each choice of a vocabulary would find together with all that is asked of other things."""
        others = self._all if facet.name not in self._parts else self._together(facet.name)
        if facet is POSTED:
            return {value: (others & self._since[value]).bit_count() for value, _ in POSTED.choices}
        return self._board.counts(facet, others)

    @property
    def facets(self) -> dict[str, dict[str, int]]:
        """The counts of all vocabularies, by their names."""
        return {facet.name: self.counts(facet) for facet in FACETS}

    @cached_property
    def did_you_mean(self) -> Correction | None:
        """Where nothing was found: the search with misspelt words put right, if that finds something."""
        words = "" if self._all else spelling.corrected(self._search.asked.get("q") or "")
        if not words:
            return None
        query = self._search.changed(q=words)
        better = self.asking(query)
        return Correction(words, query, len(better), better[:FIRST]) if better else None

    def asking(self, query: str) -> "Found":
        """What another search would find, for the same reader."""
        return Found(PostingFilter(QueryDict(query)), self._board, self._at, self._hidden)

    def distance(self, pk: int) -> str:
        """How far a posting is from the place asked for, such as "about 12 miles"; empty where there is none."""
        slot = self._board.slot(pk)
        miles = self._around.get(slot) if slot is not None else None
        return "" if miles is None else asked.distance(miles)

    @cached_property
    def _all(self) -> Slots:
        return self._together()

    def _together(self, without: str = "") -> Slots:
        parts = (slots for name, slots in self._parts.items() if name != without)
        return reduce(and_, parts, self._visible)

    @cached_property
    def _parts(self) -> dict[str, Slots]:
        """What each part of the search finds by itself."""
        wanted = self._search.asked
        parts = {
            facet.name: self._any(facet, values if isinstance(values, list) else [values])
            for facet in FACETS
            if (values := wanted.get(facet.name))
        }
        if wanted.get("pay"):
            parts["pay"] = self._board.paying_at_least(float(asked.hourly(wanted)))
        if place := wanted.get("near"):
            parts["near"] = self._board.set_of(self._around)
            if wanted.get("remote"):
                having = self._board.having
                parts["near"] |= having("workplace", "remote") & having("state", place.state)
        if by_sql := self._search.looked_up:
            parts["looked up"] = self._board.finding(self._search.found_by_sql(Posting.objects.all()), by_sql)
        return parts

    def _any(self, facet: Facet, values: list[str]) -> Slots:
        if facet is POSTED:
            return reduce(or_, map(self._since.__getitem__, values))
        return reduce(lambda some, value: some | self._board.having(facet.name, value), values, 0)

    @cached_property
    def _since(self) -> dict[str, Slots]:
        """Those published within each choice of days, as of now: unlike other values, they pass with the clock."""
        return {value: self._board.published_since(self._at - POSTED.reach([value])) for value, _ in POSTED.choices}

    @cached_property
    def _around(self) -> dict[int, float]:
        place = self._search.asked.get("near")
        return self._board.around(place.latitude, place.longitude, self._search.miles) if place else {}

    def _listed(self, first: int, last: int) -> list[int]:
        """The ids of a part, in the order of the search; the second half is counted off from the end."""
        if self._search.order == "relevance":
            return self._by_relevance(first, last)
        order = self._order
        if first * 2 < len(self) or len(self) <= FEW:
            return self._board.listed(self._all, order, first, last)
        last = min(last, len(self))
        backwards = Order(order.slots[::-1])
        return self._board.listed(self._all, backwards, len(self) - last, len(self) - first)[::-1]

    @property
    def _order(self) -> Order:
        match self._search.order:
            case "pay":
                return self._board.paying
            case "distance":
                return Order(self._by_distance)
        return self._board.newest

    @property
    def _by_distance(self) -> list[int]:
        """The nearest first, the newest first where it is equally far; work from home comes last."""
        away = self._around
        near = sorted(away, key=lambda slot: (away[slot], self._board.newest.key(slot)))
        if not self._search.asked.get("remote"):
            return near
        return [*near, *(slot for slot in self._board.newest.slots if slot not in away)]

    def _by_relevance(self, first: int, last: int) -> list[int]:
        """The newest few hundred by how well they match the words, then the rest by date."""
        newest = self._board.listed(self._all, self._board.newest, 0, max(RANKED, last))
        ranks = _ranks.of(newest[:RANKED], self._board, self._ranks_of, self._search.asked.get("q"))
        best = sorted(ranks, key=lambda each: -each.rank)  # which keeps the newest first among equals
        return [*(each.pk for each in best), *newest[RANKED:]][first:last]

    def _ranks_of(self, pks: list[int]) -> dict[int, "Rank"]:
        """How well each of some postings matches the words."""
        these = Posting.objects.filter(pk__in=RawSQL("SELECT unnest(%s::bigint[])", [pks]))  # one value, not hundreds
        ranked = these.order_by().values_list("pk", SearchRank(F("search"), self._search.words))
        return {pk: Rank(pk, rank) for pk, rank in ranked}


class Rank(NamedTuple):
    """How well a posting matches some words."""

    pk: int
    rank: float


_ranks = Slotted[Rank](MOST_RANKS)
