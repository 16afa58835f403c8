"""What the site map lists (sitemaps.org, protocol 0.9), as sections that any app registers when it starts.

A section is split into parts of at most 10,000 pages. Rows of a table go by their id, part 3 holding the ids from
30,000 on: a page stays in its part for good, nothing is counted, and a part that did not change says so by its date.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import NamedTuple, Protocol

from django.db.models import BigIntegerField, ExpressionWrapper, F, Max, Model, QuerySet, Value

from jobboard.chunks import by_id

PAGES_A_PART = 10_000
MOST_PARTS = 1_000_000  # beyond any table; keeps what an address asks for within a bigint
CHUNK = 1_000


class Page(NamedTuple):
    """An address without the site's name, and when what it shows last changed, where that is known."""

    path: str
    changed: datetime | None = None


class Part(NamedTuple):
    """A file of a section: its number and when a page in it last changed."""

    number: int
    changed: datetime | None = None


class Section(Protocol):
    """Pages of one kind. `name` stands in the addresses of its files."""

    @property
    def name(self) -> str: ...

    def parts(self, at: datetime) -> Iterable[Part]:
        """The files that have pages at a moment. One query."""

    def pages(self, at: datetime, number: int) -> Iterator[Page]:
        """The pages of a file, none where there is no such file."""


@dataclass(frozen=True)
class Rows[Row: Model]:
    """The pages of the rows of a table, each with its `get_absolute_url`.

    `public` answers those that the public sees at a moment, each with the column `changed`.
    """

    name: str
    public: Callable[[datetime], QuerySet[Row]]

    def parts(self, at: datetime) -> Iterable[Part]:
        """One for each range of ids that holds a row."""
        number = ExpressionWrapper(F("pk") / Value(PAGES_A_PART), output_field=BigIntegerField())
        ranges = self.public(at).order_by().annotate(part=number).values("part")
        return [
            Part(*each)
            for each in ranges.annotate(latest=Max("changed")).order_by("part").values_list("part", "latest")
        ]

    def pages(self, at: datetime, number: int) -> Iterator[Page]:
        """The rows with ids in the range."""
        first = number * PAGES_A_PART
        rows = self.public(at).filter(pk__gte=first, pk__lt=first + PAGES_A_PART)
        for row in by_id(rows, CHUNK):
            yield Page(row.get_absolute_url(), row.changed)  # type: ignore[attr-defined]  # see `public`


@dataclass(frozen=True)
class Listed:
    """Pages that are no rows of a table: `every` answers all of them in an order that stays."""

    name: str
    every: Callable[[datetime], Iterable[Page]]

    def parts(self, at: datetime) -> Iterable[Part]:
        """As many as the pages fill."""
        for number, batch in enumerate(batched(self.every(at), PAGES_A_PART)):
            yield Part(number, max((page.changed for page in batch if page.changed), default=None))

    def pages(self, at: datetime, number: int) -> Iterator[Page]:
        """Those from number × 10,000 on."""
        for place, batch in enumerate(batched(self.every(at), PAGES_A_PART)):
            if place == number:
                yield from batch


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    """List a section in the site map. A second one of the same name takes the place of the first."""
    _sections[section.name] = section


def sections() -> list[Section]:
    """Every section, in the order in which they were registered."""
    return list(_sections.values())


def section(name: str) -> Section | None:
    """The section of a name, if there is one."""
    return _sections.get(name)
