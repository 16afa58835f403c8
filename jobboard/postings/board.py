"""What is live, in the memory of each process, so that a page with hundreds of counts costs milliseconds.

A posting has a slot, and a set of postings is a whole number whose bits are slots: 12 kB for a hundred thousand. To
narrow is `&`, and to count is `int.bit_count`. The tables stay the truth: the journal tells what has changed before
each use, so a board knows what is committed, and rows are read from the tables, through `live`.
"""

from array import array
from bisect import bisect_left, bisect_right, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from heapq import merge
from itertools import compress, count, groupby, islice
from math import degrees
from threading import Lock
from time import monotonic
from typing import NamedTuple

from django.db import DatabaseError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from jobboard.places.sphere import RADIUS, miles_between
from jobboard.postings.facets import FACETS, Facet
from jobboard.postings.models import Posting
from jobboard.postings.models.change import FORGOTTEN_AFTER, Reader
from jobboard.postings.models.indexes import SHOWN

MANY_CHANGES = 2_000  # from so many on, reading all anew is quicker
MOST_REMEMBERED = 300  # results of SQL, of up to 12 kB each at a hundred thousand postings
MOST_COUNTED = 500  # sets whose counts by a vocabulary are remembered, of the same size; a search needs 14
FEW = 2_000  # so many are sorted quicker than they are picked out of an order of all
UNKNOWN_PAY = -1.0
OWN_COLUMNS = 8  # of a row, before those of the vocabularies
LATELY = 60  # seconds

type Slots = int  # a set of them, as bits
type Row = tuple

_COLUMNS = [column for facet in FACETS for column in facet.columns]
_TRUTH = bytes.maketrans(b"01", b"\x00\x01")


class Order(NamedTuple):
    """All slots in an order, and the columns that sort it, the highest first; without them only the slots are known."""

    slots: Sequence[int]
    columns: tuple[array, ...] = ()

    def key(self, slot: int) -> tuple[float, ...]:
        """What sorts any slots likewise."""
        return tuple(-column[slot] for column in self.columns)


class Board:
    """The live postings as they were when `catch_up` was called last.

    A changed posting gets a new slot and leaves its old one, so that nothing but `live` is ever taken back.
    """

    def __init__(self, at: datetime) -> None:
        self._journal = Reader()  # before the rows, so that no change falls between
        self.live: Slots = 0
        self.number, self._version = next(_numbers), 0
        self._pks = array("q")  # by slot, as the next four
        self._published = array("d")  # seconds
        self._hourly = array("d")  # dollars
        self._expiring: dict[datetime, Slots] = defaultdict(int)
        self._slot: dict[int, int] = {}  # the present one, by the id of the posting
        self._having: dict[tuple[str, str], Slots] = defaultdict(int)
        self._employers: dict[int, list[int]] = defaultdict(list)
        self._families: dict[str, list[int]] = defaultdict(list)  # of codes; the newest first
        self._spots: dict[tuple[float, float], list[int]] = defaultdict(list)
        self._changed: list[int] = []  # ids, since the beginning
        self._found: dict[str, tuple[Slots, int]] = {}
        self._counts: dict[tuple[str, Slots], dict[str, int]] = {}  # stay true: what a slot has never changes
        self._fill(at)
        self.newest = _by(self._published, self._pks)
        self.paying = _by(self._hourly, self._published, self._pks)
        for slots in self._families.values():
            slots.sort(key=self.newest.key)
        self._latitudes = sorted(self._spots)
        self._read_at = monotonic()

    def catch_up(self, at: datetime) -> bool:
        """Take in what was committed since, and what has expired. False: too much, or too long ago; begin anew."""
        if monotonic() - self._read_at > FORGOTTEN_AFTER.total_seconds() / 2:
            return False
        news = self._journal.news()
        self._read_at = monotonic()
        if None in news or len(news) > MANY_CHANGES or len(self._pks) > 2 * len(self._slot) + MANY_CHANGES:
            return False
        if news:
            self._take_in([pk for pk in news if pk is not None], at)
        for moment in [each for each in self._expiring if each <= at]:
            self.live &= ~self._expiring.pop(moment)
            self._version += 1
        return True

    @property
    def age(self) -> float:
        """Seconds since the journal was read."""
        return monotonic() - self._read_at

    @property
    def stamp(self) -> tuple[int, int]:
        """Another one after every change."""
        return self.number, self._version

    def having(self, facet: str, value: str) -> Slots:
        """Those that have a value of a vocabulary, and some that are not live any more, as in all sets but `live`."""
        return self._having.get((facet, value), 0)

    def counts(self, facet: Facet, among: Slots) -> dict[str, int]:
        """How many of a set of live postings have each value of a vocabulary."""
        remembered = self._counts
        counts = remembered.get((facet.name, among))
        if counts is None:
            having = self._having
            counts = {value: (among & having.get((facet.name, value), 0)).bit_count() for value, _ in facet.choices}
            if len(remembered) >= MOST_COUNTED:
                remembered.pop(next(iter(remembered)), None)
            remembered[facet.name, among] = counts
        return counts

    def of_employer(self, pk: int) -> Slots:
        """Those of an employer."""
        return self.set_of(self._employers.get(pk, ()))

    def newest_in(self, families: Iterable[str]) -> Iterator[int]:
        """The ids of the live postings that name any of these code families, the newest first, as far as asked for."""
        live = self.live
        listed = merge(*(self._families.get(family, ()) for family in families), key=self.newest.key)
        return (self._pks[slot] for slot, _ in groupby(slot for slot in listed if live >> slot & 1))

    def paying_at_least(self, hourly: float) -> Slots:
        """Those whose highest pay is known to be this, in dollars an hour, or more."""
        paying = self.paying.slots
        many = bisect_right(paying, -hourly, key=lambda slot: -self._hourly[slot]) if hourly > 0 else 0
        return self.set_of(paying[:many])

    def published_since(self, moment: datetime) -> Slots:
        """Those published after a moment."""
        newest = self.newest.slots
        return self.set_of(newest[: bisect_left(newest, -moment.timestamp(), key=lambda slot: -self._published[slot])])

    def around(self, latitude: float, longitude: float, miles: float) -> dict[int, float]:
        """The slots of those within so many miles of a place, with their distances in miles."""
        band = degrees(miles / RADIUS)
        first = bisect_left(self._latitudes, (latitude - band, -360.0))
        last = bisect_right(self._latitudes, (latitude + band, 360.0))
        near = ((miles_between(latitude, longitude, *spot), spot) for spot in self._latitudes[first:last])
        return {slot: away for away, spot in near if away <= miles for slot in self._spots[spot]}

    def finding(self, postings: QuerySet[Posting], name: str = "") -> Slots:
        """Those that a queryset finds. With a name it is remembered, and only what changed since is asked anew."""
        shown = postings.filter(SHOWN).order_by().values_list("pk", flat=True)
        found, seen = self._found.get(name, (0, -1))
        version = len(self._changed)
        if seen < 0:
            found = self.set_of(self._slots_of(shown))
        elif seen < version:
            found |= self.set_of(self._slots_of(shown.filter(pk__in=self._changed[seen:])))
        if name and seen != version:
            if len(self._found) >= MOST_REMEMBERED:
                self._found.pop(next(iter(self._found)), None)
            self._found[name] = found, version
        return found

    def listed(self, slots: Slots, order: Order, first: int, last: int) -> list[int]:
        """The ids of a set of postings from the first to before the last, in an order that holds them all."""
        everything = order.slots  # first, since another thread may add slots meanwhile
        marks = format(slots, f"0{len(self._pks)}b").encode().translate(_TRUTH)[::-1]
        if order.columns and slots.bit_count() <= FEW:
            return [self._pks[slot] for slot in sorted(_marked(marks), key=order.key)[first:last]]
        in_order = compress(everything, map(marks.__getitem__, everything))
        return [self._pks[slot] for slot in islice(in_order, first, last)]

    def slot(self, pk: int) -> int | None:
        """The slot of a posting."""
        return self._slot.get(pk)

    def _fill(self, at: datetime) -> None:
        slots: dict[tuple[str, str], array[int]] = defaultdict(lambda: array("I"))
        expiring: dict[datetime, list[int]] = defaultdict(list)
        for row in _rows(at).iterator(chunk_size=5_000):
            slot = self._place(row)
            for key in _values(row):
                slots[key].append(slot)
            for family in set(row[OWN_COLUMNS - 1]):
                self._families[family].append(slot)
            expiring[row[2]].append(slot)
        self.live = (1 << len(self._pks)) - 1
        self._having.update((key, self.set_of(each)) for key, each in slots.items())
        self._expiring.update((moment, self.set_of(each)) for moment, each in expiring.items())

    def _take_in(self, pks: list[int], at: datetime) -> None:
        """Forget what these postings were, and see what they are now."""
        for pk in pks:
            if (slot := self._slot.pop(pk, None)) is not None:
                self.live &= ~(1 << slot)
        newest, paying = [*self.newest.slots], [*self.paying.slots]  # other threads go through the present ones
        for row in _rows(at).filter(pk__in=pks):
            slot = self._place(row)
            for key in _values(row):
                self._having[key] |= 1 << slot
            self._expiring[row[2]] |= 1 << slot
            for family in set(row[OWN_COLUMNS - 1]):
                slots = self._families[family].copy()  # as above
                insort(slots, slot, key=self.newest.key)
                self._families[family] = slots
            insort(newest, slot, key=self.newest.key)
            insort(paying, slot, key=self.paying.key)
            self.live |= 1 << slot
        self.newest, self.paying = self.newest._replace(slots=newest), self.paying._replace(slots=paying)
        self._latitudes = sorted(self._spots) if len(self._spots) != len(self._latitudes) else self._latitudes
        self._changed += pks
        self._version += 1

    def _place(self, row: Row) -> int:
        """Give a posting the next slot."""
        pk, published, _, hourly, latitude, longitude, employer, _ = row[:OWN_COLUMNS]
        slot = self._slot[pk] = len(self._pks)
        self._pks.append(pk)
        self._published.append(published.timestamp())
        self._hourly.append(UNKNOWN_PAY if hourly is None else float(hourly))
        self._employers[employer].append(slot)
        if latitude is not None:
            self._spots[latitude, longitude].append(slot)
        return slot

    def set_of(self, slots: Iterable[int]) -> Slots:
        """Slots as a set."""
        known = list(slots)  # first, since another thread may add slots meanwhile
        digits = bytearray(b"0") * (len(self._pks) or 1)
        for slot in known:
            digits[~slot] = 49  # "1"; the last digit is slot 0
        return int(digits, 2)

    def _slots_of(self, pks: Iterable[int]) -> Iterator[int]:
        return (slot for pk in pks if (slot := self._slot.get(pk)) is not None)


def _by(*columns: array) -> Order:
    """All slots by some columns."""
    order = Order([], columns)
    return order._replace(slots=sorted(range(len(columns[0])), key=order.key))


def _marked(marks: bytes) -> Iterator[int]:
    """Where the ones stand among zeros."""
    found = marks.find(1)
    while found >= 0:
        yield found
        found = marks.find(1, found + 1)


def _rows(at: datetime) -> QuerySet[Posting, Row]:
    """What a board keeps of each live posting."""
    live = Posting.objects.live(at).order_by()
    when, where = ("published_at", "expires_at"), ("latitude", "longitude")
    return live.values_list("pk", *when, "pay_hourly_max", *where, "employer_id", "code_families", *_COLUMNS)


def _values(row: Row) -> Iterator[tuple[str, str]]:
    """The values that a posting has of each vocabulary, as (facet, value)."""
    stored = iter(row[OWN_COLUMNS:])
    for facet in FACETS:
        for value in facet.held(*islice(stored, len(facet.columns))):
            yield facet.name, value


_numbers = count()  # of boards
_lock = Lock()  # one thread reads the journal, the others wait for what it finds
_board: Board | None = None


def current(at: datetime) -> Board:
    """The board of this process, as of now."""
    global _board
    with _lock:
        if _board is None or not _board.catch_up(at):
            _board = Board(at)
        return _board


def lately(at: datetime) -> Board:
    """The board as somebody had it read within the last minute: no query, for what is read through `live` anyway."""
    known = _board
    return known if known is not None and known.age < LATELY else current(at)


def build_ahead() -> None:
    """Build the board before anybody waits for it: seconds, with a hundred thousand live postings.

    Where the database cannot be asked yet, the first request that needs the board builds it.
    """
    with suppress(DatabaseError):
        current(timezone.now())


def board_for(request: HttpRequest, at: datetime) -> Board:
    """The board as a request finds it first: the journal is read once for each."""
    if not hasattr(request, "_board"):
        request._board = current(at)  # type: ignore[attr-defined]
    return request._board  # type: ignore[attr-defined]


def forget() -> None:
    """Begin anew with the next use; for tests, whose changes are taken back without a trace."""
    global _board
    with _lock:
        _board = None
