"""What a loader says of the layout it reads, and the rows it makes of a file."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from codes.loaders.columns import Torn
from codes.loaders.source import Source
from codes.models import Dated, Release


class BadLine(NamedTuple):
    """A line that cannot be loaded: where, and what is wrong with it in words.

    `key` are the first values of the layout's key, or all, that name the rows it is about; None: it does not tell.
    """

    line: int
    column: str  # as the file calls it
    reason: str
    key: tuple[object, ...] | None = None

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.reason}"


class Refused(Exception):
    """Raised by a parser of one cell; the reader makes a `BadLine` of it."""

    def __init__(self, column: str, reason: str) -> None:
        super().__init__(reason)
        self.column, self.reason = column, reason


class LeftOut(Exception):
    """A row that is not ours to show, such as a dental code; the message says whose it is."""


class Staged(NamedTuple):
    """A row to load: the line it stands in, and its values in the order of the layout's columns."""

    line: int
    values: tuple[object, ...]


class Skipped(NamedTuple):
    """A row that is left out, and whose it is."""

    owner: str


type Read = Iterator[Staged | BadLine | Skipped]


@dataclass(frozen=True)
class Layout:
    """A table-like dataset. `bulk.load` brings what `read` yields into `model`.

    `columns` are the staged columns with their PostgreSQL types, `key` those that name a row, `scope` the columns that
    are alike in all rows of the dataset. Where `dated`, rows bring `valid_from` and `valid_to` themselves, `valid_from`
    being part of the key; else a release holds from its effective date until a later one changes or drops a row.
    """

    dataset: Release.Dataset
    owner: str
    page: str  # the public page on which its owner publishes it
    model: type[Dated]
    columns: Mapping[str, str]
    key: tuple[str, ...]
    read: Callable[[Source], Read]
    effective: Callable[[Source], date | None]
    verify: Callable[[Source, date], None] | None = None  # refuses a file that cannot hold from that day
    every: int = 3  # months from one release to the next
    scope: Mapping[str, str | bool | int] = field(default_factory=dict)
    dated: bool = False
    partial: Callable[[Source], bool] = lambda _: False  # a file that holds no more than what it changes
    alone: bool = False  # releases stand beside one another, each in a scope of its own

    @property
    def values(self) -> tuple[str, ...]:
        """The columns that are not part of the key."""
        return tuple(column for column in self.columns if column not in self.key)


type Values = tuple[object, ...]


def rows(
    read: Iterator[tuple[int, list[str]]],
    parse: Callable[[list[str]], Values],
    key: Callable[[list[str]], Values] | None = None,
) -> Read:
    """What a parser of one row makes of rows: staged, bad or skipped. NUL characters and torn rows are bad.

    `key` reads the first values of the layout's key, or all, of a row that is bad.
    """
    for line, cells in read:
        try:
            if isinstance(cells, Torn):
                raise Refused("the whole line", "it ends before the last column")
            if "\x00" in "".join(cells):
                raise Refused("any column", "it holds NUL characters")
            yield Staged(line, parse(cells))
        except Refused as bad:
            yield BadLine(line, bad.column, bad.reason, _key(cells, key))
        except LeftOut as owner:
            yield Skipped(str(owner))


def _key(cells: list[str], key: Callable[[list[str]], Values] | None) -> Values | None:
    """What a bad row is about, where that can be read."""
    try:
        return key(cells) if key else None
    except (Refused, LeftOut, IndexError, ValueError):
        return None


def fitting(pattern: re.Pattern[str], *written: str) -> Values:
    """Values of a key that look like what they should be. Raises Refused."""
    if not all(pattern.fullmatch(each) for each in written):
        raise Refused("key", "it cannot be read")
    return written


def day(column: str, written: str, pattern: str = "%Y%m%d") -> date:
    """A date as a file writes it. Raises Refused."""
    try:
        return _parsed(written, pattern)
    except ValueError:
        raise Refused(column, f"{written[:20]!r} is no date") from None


@lru_cache(maxsize=4096)  # a release has millions of rows and a few hundred dates; parsing one is slow
def _parsed(written: str, pattern: str) -> date:
    return datetime.strptime(written, pattern).date()  # noqa: DTZ007 - a date of service has no time zone


def whole(column: str, written: str, least: int = 0, most: int = 999_999) -> int:
    """A whole number in its bounds. Raises Refused."""
    if not (written.isascii() and written.isdigit()) or len(written) > 9 or not least <= int(written) <= most:
        raise Refused(column, f"{written[:20]!r} is no whole number from {least} to {most:,}")
    return int(written)


_NUMBER = re.compile(r"[0-9]{0,9}(\.[0-9]{1,20})?")
_TREMOR = Decimal("1e-9")  # what a spreadsheet makes of 0.869: 0.8690000000000001


def decimal(column: str, written: str, places: int, most: int = 999_999) -> Decimal:
    """A number from 0, of so many decimal places; what a spreadsheet's arithmetic adds to it does not count.

    Raises Refused.
    """
    plain = written.replace(",", "")
    if not plain or plain == "." or not _NUMBER.fullmatch(plain):
        raise Refused(column, f"{written[:20]!r} is no number")
    exact = Decimal(plain)
    rounded = exact.quantize(Decimal(1).scaleb(-places))
    if abs(exact - rounded) > _TREMOR:
        raise Refused(column, f"{written[:20]!r} has more than {places} decimal places")
    if rounded > most:
        raise Refused(column, f"{written[:20]!r} is more than {most:,}")
    return rounded


def one_of(column: str, written: str, allowed: Collection[str]) -> str:
    """One of the values that a layout lists. Raises Refused."""
    if written not in allowed:
        raise Refused(column, f"{written[:20]!r} is none of {', '.join(allowed)}")
    return written
