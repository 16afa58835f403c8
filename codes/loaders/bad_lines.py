"""Bad lines: named in a refusal of the whole file, or written to a file of their own where the good ones are loaded.

That file is in the layout of the one they came from, its head before them, so that they can be repaired and loaded;
the reasons stand beside it. Of XML, whose lines mean nothing alone, there are the reasons only.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from codes.loaders.layout import BadLine
from codes.loaders.outcome import FileRefused, Order
from codes.loaders.source import Source

SHOWN = 20  # bad lines that a refusal names; without leave to go on, no more are read


@dataclass
class Found:
    """The bad lines of one file. What stands before the line of its first row is its head."""

    source: Source
    first: int = 0
    lines: list[BadLine] = field(default_factory=list)
    torn: set[int] = field(default_factory=set)  # further lines that are of no use without a bad one

    def row(self, line: int) -> None:
        """A row, good or bad, stands in a line."""
        self.first = min(self.first or line, line)


def settle(found: Sequence[Found], order: Order) -> None:
    """Refuse the files where they have bad lines, or write these to where the order says. Raises FileRefused."""
    bad = [each for each in found if each.lines]
    if not bad:
        return
    if not order.keep_good:
        refuse(bad[0].source.name, [line for each in bad for line in each.lines])
    else:
        for each in bad:
            _write(order.keep_good if len(bad) == 1 else _of(order.keep_good, each.source), each)


def refuse(name: str, bad: Sequence[BadLine]) -> None:
    """Say which lines are bad. Raises FileRefused."""
    more = " and more" if len(bad) > SHOWN else ""
    lines = "; ".join(str(each) for each in bad[:SHOWN])
    raise FileRefused(f"{name} has bad lines{more}: {lines}. --keep-good FILE loads the others.")


def reasons(path: Path) -> Path:
    """Where the reasons of the bad lines in a file stand."""
    return path.with_name(f"{path.name}.reasons.csv")


def _of(path: Path, source: Source) -> Path:
    return path.with_name(f"{path.stem}-{source.path.stem}{path.suffix}")


def _write(path: Path, found: Found) -> None:
    try:
        with reasons(path).open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(["line", "column", "reason"])
            writer.writerows((bad.line, bad.column, bad.reason) for bad in found.lines)
        with path.open("w", newline="", encoding="utf-8") as stream:
            _copy(found, stream)
    except OSError as error:
        raise FileRefused(f"The bad lines cannot be written to {path}: {error.strerror}.") from None


def _copy(found: Found, stream: Any) -> None:
    wanted = {bad.line for bad in found.lines} | found.torn
    if found.source.kind == ".xlsx":
        rows = found.source.rows()
        csv.writer(stream).writerows(cells for number, cells in rows if number < found.first or number in wanted)
    elif found.source.kind != ".xml":
        stream.writelines(f"{text}\n" for text in _texts(found.source, found.first, wanted))


def _texts(source: Source, first: int, wanted: set[int]) -> Iterator[str]:
    """The head, and the lines that are wanted, with those over which a quoted cell goes on."""
    goes_on = False
    for number, text in source.lines():
        if number < first:
            yield text
        elif goes_on or number in wanted:
            goes_on = goes_on is not (source.kind == ".csv" and text.count('"') % 2 == 1)
            yield text
