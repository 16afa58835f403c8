"""The order file, in which CMS and CDC publish ICD-10-CM and ICD-10-PCS: every code with its short and long title.

Layout "order file", positions 1-based: order number 1-5, blank 6, code without its point 7-13, blank 14, flag 15
(0 a header, 1 valid for submission), blank 16, short title 17-76, blank 77, long title from 78 on. The names give the
fiscal year (`icd10pcs_order_2027.txt`) or the day (`icd10cm-order-April-1-2027.txt`). An addenda file, whose lines
start with what is done to a code, is refused.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from codes.loaders import fiscal_year
from codes.loaders.layout import Refused
from codes.loaders.source import Source

_BLANKS = (6, 14, 16, 77)
_LONGEST = 300  # characters of a long title; as the columns


class Listed(NamedTuple):
    """One line of an order file."""

    order: int
    code: str  # without a point
    billable: bool
    short: str
    long: str


def lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, each as the one cell that `listed` takes."""
    return ((number, [line]) for number, line in source.lines() if line.strip(" \x1a"))


def listed(line: str, pattern: re.Pattern[str], system: str) -> Listed:
    """What one line states. Raises Refused, with the columns as the layout counts them."""
    for column in _BLANKS:
        if line[column - 1 : column].strip():
            raise Refused(f"column {column}", f"it holds {line[column - 1]!r} where the layout has a blank")
    number, found, flag = line[:5], code(line), line[14:15]
    if not (number.isascii() and number.isdigit() and len(number) == 5):
        raise Refused("columns 1-5, order number", f"{number!r} is not five digits")
    if not pattern.fullmatch(found):
        raise Refused("columns 7-13, code", f"{found!r} is no code of {system}")
    if flag not in ("0", "1"):
        raise Refused("column 15, flag", f"{flag!r} is not 0 or 1")
    short, long = " ".join(line[16:76].split()), " ".join(line[77:].split())
    if not short or not long:
        raise Refused("columns 17-76, short title" if not short else "columns 78 on, long title", "it is empty")
    if len(long) > _LONGEST:
        raise Refused("columns 78 on, long title", f"it has {len(long):,} characters where {_LONGEST} are allowed")
    return Listed(int(number), found, flag == "1", short, long)


def code(line: str) -> str:
    """The code that stands in a line, without its point, whatever else does."""
    return line[6:13].rstrip()


def effective(source: Source) -> date | None:
    """The day in the file's name, or the first of the fiscal year in it."""
    year = fiscal_year.year_in_name(source)
    return fiscal_year.day_in_name(source) or (fiscal_year.start(year) if year else None)
