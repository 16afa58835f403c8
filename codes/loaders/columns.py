"""Tables whose columns are found by the words of their headings, since their places change from year to year."""

import re
from collections.abc import Iterator, Mapping, Sequence

from codes.loaders.outcome import FileRefused
from codes.loaders.source import Rows, Source

type Wanted = Mapping[str, Sequence[str]]
"""Each column's name, and the patterns of its heading, the best one first. A heading is compared in capitals, with
single spaces, from its first to its last word."""

_SEARCHED = 200  # rows in which a heading is looked for; a license may stand before it
_END_OF_FILE = "\x1a"  # what DOS ended a text with; the published files of 2022 still do


class Torn(list[str]):
    """The cells of a row that ends before the last column that is read, filled up with empty ones."""


def table(source: Source, wanted: Wanted, optional: Wanted | None = None, *, stacked: bool = False) -> Rows:
    """The rows under the heading: the wanted cells, then the optional ones ("" where the file has no such column).

    Where `stacked`, a column's heading is spread over several rows, and these are read from above to below. Notes under
    a table (one text alone, or one that starts with an asterisk) and empty rows are left away. Raises FileRefused where
    the heading is not found, naming what it lacks.
    """
    rows = source.rows("\t" if source.kind == ".txt" else ",")
    places = _places(source, rows, wanted, optional or {}, stacked=stacked)
    for line, cells in rows:
        if cells[:1] == [_END_OF_FILE]:
            return
        if any(cells) and not _note(cells):
            found = [cells[place] if 0 <= place < len(cells) else "" for place in places]
            # A workbook leaves empty cells at the end of a row away, text does not.
            yield line, Torn(found) if source.kind != ".xlsx" and len(cells) <= max(places) else found


def fits(source: Source, wanted: Wanted) -> bool:
    """Whether a file has a heading with these columns."""
    rows = source.rows("\t" if source.kind == ".txt" else ",")
    headings = ([_plain(cell) for cell in cells] for _, cells in _first(rows, _SEARCHED))
    return any(all(_place(labels, patterns) is not None for patterns in wanted.values()) for labels in headings)


def _places(source: Source, rows: Rows, wanted: Wanted, optional: Wanted, *, stacked: bool) -> list[int]:
    above: list[str] = []
    closest = list(wanted)
    for _, cells in _first(rows, _SEARCHED):
        labels = [_plain(cell) for cell in cells]
        if stacked:
            above = labels = [_plain(f"{over} {label}") for over, label in _paired(above, labels)]
        found = {name: _place(labels, patterns) for name, patterns in {**wanted, **optional}.items()}
        missing = [name for name in wanted if found[name] is None]
        if not missing:
            return [-1 if (place := found[name]) is None else place for name in (*wanted, *optional)]
        closest = min(closest, missing, key=len)
    raise FileRefused(
        f"{source.name} has no heading with one column each for {', '.join(closest)}: "
        "is it another file, or another year's layout?"
    )


def _place(labels: Sequence[str], patterns: Sequence[str]) -> int | None:
    """The one column that a pattern fits; None where there is none, or several for each pattern."""
    for pattern in patterns:
        fitting = [place for place, label in enumerate(labels) if re.fullmatch(pattern, label)]
        if len(fitting) == 1:
            return fitting[0]
    return None


def _first(rows: Rows, count: int) -> Rows:
    for _ in range(count):
        row = next(rows, None)
        if row is None:
            return
        yield row


def _paired(one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    width = max(len(one), len(other))
    for place in range(width):
        yield (one[place] if place < len(one) else ""), (other[place] if place < len(other) else "")


def _plain(label: str) -> str:
    return " ".join(label.upper().split())


def _note(cells: Sequence[str]) -> bool:
    """A remark under the table, and no row of it."""
    first, *others = [cell for cell in cells if cell]
    return first.startswith("*") or (not others and not first.isdigit())
