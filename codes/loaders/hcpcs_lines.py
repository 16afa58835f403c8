"""The lines of an ANWEB file of HCPCS Level II, in either of the shapes in which CMS publishes it.

Fixed width (record layout "HCPCS Contractor Record", 320 characters) and, since 2026, CSV or XLSX with the headings
HCPC, SEQNUM, RECID, LONG DESCRIPTION, ... `FIELDS` has the positions and the headings of each. Record ids: 3 starts a
code, 4 continues its long description, 7 starts a modifier, 8 continues it. Lines before the first are a disclaimer.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source

FIRST_OF_CODE, MORE_OF_CODE, FIRST_OF_MODIFIER, MORE_OF_MODIFIER = RECORDS = "3", "4", "7", "8"
_FIRST_RECORD = re.compile(r"[ A-Z0-9]{5}\d{5}[3478]\S")
_LENGTH = 293  # of the first line of a code, up to its action code; the rest is filler
_ROWS_OF_HEAD = 20  # rows in which a table has its headings


@dataclass(frozen=True)
class Field:
    """One field of the layout: where it stands in a fixed-width line, 1-based, and its headings in a table."""

    begin: int
    width: int
    headings: tuple[str, ...]  # more than one where the field occurs several times, one after the other
    pattern: re.Pattern[str] | None = None  # what a value must look like
    required: bool = False  # the table must have the column

    @property
    def column(self) -> str:
        """As a refusal names it."""
        end = self.begin + self.width * len(self.headings) - 1
        return f"{self.headings[0]} ({self.begin}-{end})" if end > self.begin else f"{self.headings[0]} ({end})"


def _field(begin: int, width: int, *headings: str, like: str = "", required: bool = False) -> Field:
    return Field(begin, width, headings, re.compile(like) if like else None, required)


def _numbered(heading: str, count: int) -> list[str]:
    return [f"{heading}{number}" for number in range(1, count + 1)]


FIELDS = {
    "code": _field(1, 5, "HCPC", required=True),
    "sequence": _field(6, 5, "SEQNUM", required=True),
    "record": _field(11, 1, "RECID", required=True),
    "long": _field(12, 80, "LONG DESCRIPTION", required=True),
    "short": _field(92, 28, "SHORT DESCRIPTION", required=True),
    "pricing": _field(120, 2, *_numbered("PRICE", 4), like=r"[0-9A-Z]{2}"),
    "multiple_pricing": _field(128, 1, "MULT_PI", like=r"[0-9A-Z]"),
    "coverage_manual": _field(129, 6, *_numbered("CIM", 3), like=r".{1,10}"),
    "carriers_manual": _field(147, 8, *_numbered("MCM", 3), like=r".{1,10}"),
    "statute": _field(171, 10, "STATUTE", like=r".{1,20}"),
    "lab_certifications": _field(181, 3, *_numbered("LABCERT", 8), like=r"[0-9]{1,3}"),
    "cross_references": _field(205, 5, *_numbered("XREF", 5), like=r"[0-9A-Z]{2,5}"),
    "coverage": _field(230, 1, "COV", like=r"[A-Z]"),
    "asc_group": _field(231, 2, "ASC_GRP", like=r"[0-9A-Z]{1,2}"),
    "asc_since": _field(233, 8, "ASC_DT"),
    "processing_note": _field(253, 4, "PROCNOTE", like=r"[0-9A-Z]{1,4}"),
    "betos": _field(257, 3, "BETOS", like=r"[0-9A-Z]{2,3}"),
    "types_of_service": _field(261, 1, *_numbered("TOS", 5), like=r"[0-9A-Z]"),
    "anesthesia_units": _field(266, 3, "ANEST_BU"),
    "added": _field(269, 8, "ADD DT", required=True),
    "action_since": _field(277, 8, "ACT EFF DT"),
    "last_day": _field(285, 8, "TERM DT", required=True),
    "action": _field(293, 1, "ACTION CD", like=r"[A-Z]"),
}


@dataclass(frozen=True)
class Line:
    """One record line, its fields stripped; `values` has one text for each occurrence of a field."""

    number: int
    values: dict[str, tuple[str, ...]]
    cut_off: str = ""  # why it cannot be whole

    def __getitem__(self, name: str) -> str:
        return self.values[name][0]

    @property
    def starts(self) -> bool:
        """Whether it is the first line of a code or modifier, which holds all but the rest of a long description."""
        return self["record"] in (FIRST_OF_CODE, FIRST_OF_MODIFIER)


def lines(source: Source) -> Iterator[Line]:
    """The record lines of either shape, from the first record on."""
    if source.kind == ".xlsx":
        return _table_lines(source)
    head = next((text for _, text in source.lines() if text.strip()), "")
    if "\x00" in head:
        raise FileRefused(f"{source.name} is not a text file.")
    return _table_lines(source) if head.strip().upper().startswith("HCPC,") else _fixed_lines(source)


def _fixed_lines(source: Source) -> Iterator[Line]:
    started = False
    for number, text in source.lines():
        started = started or bool(_FIRST_RECORD.match(text))
        if started and text.strip("\x1a \t\x00"):
            values = {
                name: tuple(
                    text[begin - 1 : begin - 1 + each.width].strip()
                    for begin in range(each.begin, each.begin + each.width * len(each.headings), each.width)
                )
                for name, each in FIELDS.items()
            }
            cut_off = f"it has {len(text)} characters where the layout has {_LENGTH}" if len(text) < _LENGTH else ""
            yield Line(number, values, cut_off)


def _table_lines(source: Source) -> Iterator[Line]:
    rows = source.rows()
    before = [row for _, row in zip(range(_ROWS_OF_HEAD), rows, strict=False)]
    start = next((place for place, (_, cells) in enumerate(before) if _headings(cells)[:1] == ["HCPC"]), None)
    if start is None:
        return
    headings = _headings(before[start][1])
    for each in FIELDS.values():
        if each.required and each.headings[0] not in headings:
            raise FileRefused(f"{source.name} has no column {each.headings[0]}, which the ANWEB layout has.")
    places = {
        name: [headings.index(heading) for heading in each.headings if heading in headings]
        for name, each in FIELDS.items()
    }
    for number, cells in chain(before[start + 1 :], rows):
        if any(cells):
            padded = [*cells, *[""] * (len(headings) - len(cells))]
            values = {name: tuple(padded[place] for place in found) or ("",) for name, found in places.items()}
            cut_off = f"it has {len(cells)} cells where the headings have {len(headings)}"
            yield Line(number, values, cut_off if len(cells) != len(headings) else "")


def _headings(cells: list[str]) -> list[str]:
    return [" ".join(cell.split()).upper() for cell in cells]
