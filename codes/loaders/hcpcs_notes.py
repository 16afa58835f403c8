"""The processing notes of HCPCS Level II, to which the ANWEB files refer by their numbers.

Layout `proc_notes_2019.txt`: a title, then notes in the order of their numbers. Each begins with four digits and two
dashes and goes on in indented lines; an asterisk at the end of a line is part of a frame. Notes that CMS has deleted
say so, and are left out.
"""

import re
from collections.abc import Iterator
from datetime import date

from codes.loaders.hcpcs_anweb import EVERY, PAGE, QUARTERS
from codes.loaders.layout import Layout, LeftOut, Read, Refused, rows
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Rows, Source
from codes.models import ProcessingNote, Release
from codes.systems import System

_NUMBERED = re.compile(r"\s*(\d{4})--(.*)")
_DELETED = re.compile(r"THIS PROCESSING NOTE (WAS )?DELETED\b.*", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_QUARTER = re.compile("|".join(QUARTERS), re.IGNORECASE)
_LONGEST = 4_000  # characters; published notes have some 700


def read(source: Source) -> Read:
    """The notes of one file. Raises FileRefused where it holds none."""
    return rows(_notes(source), _note, lambda cells: (cells[0],))


def _notes(source: Source) -> Rows:
    """Each note: the line it begins in, its number and its text. What stands above the first is a title."""
    begins, number, pieces = 0, "", [""]
    for line, text in source.lines():
        if match := _NUMBERED.match(text):
            yield from _ended(begins, number, pieces)
            begins, number, pieces = line, match[1], [match[2]]
        else:
            pieces.append(text)
    yield from _ended(begins, number, pieces)
    if not number:
        raise FileRefused(f"{source.name} holds no processing note, such as 0017--SEE SECTION 3170.5.")


def _ended(begins: int, number: str, pieces: list[str]) -> Iterator[tuple[int, list[str]]]:
    if number:
        yield begins, [number, " ".join(" ".join(piece.rstrip("* \t\x1a") for piece in pieces).split())]


def _note(cells: list[str]) -> tuple[object, ...]:
    number, text = cells
    if not text:
        raise Refused("note", f"number {number} has no text")
    if len(text) > _LONGEST:
        raise Refused("note", f"number {number} has {len(text):,} characters where {_LONGEST:,} are allowed")
    if _DELETED.fullmatch(text):
        raise LeftOut("notes that CMS has deleted")
    return number, text


def effective(source: Source) -> date | None:
    """The first day of the quarter that the file's name states; of a year alone, January 1."""
    for name in (source.member, source.name):
        if year := _YEAR.search(name):
            quarter = _QUARTER.search(name)
            return date(int(year[0]), QUARTERS[quarter[0].upper()] if quarter else 1, 1)
    return None


NOTES = Layout(
    dataset=Release.Dataset.HCPCS_NOTES,
    owner=System.HCPCS.rules.owner,
    page=PAGE,
    model=ProcessingNote,
    columns={"number": "text", "text": "text"},
    key=("number",),
    read=read,
    effective=effective,
    every=EVERY,
)
