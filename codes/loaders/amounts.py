"""What the physician fee schedule pays in each locality, as CMS worked it out: the carrier files PFALL and PFREV.

Layout "Physician Fee Schedule Payment Amount File" (`PFALL26A.txt`, quoted CSV without a heading, sixteen columns):
year | contractor | locality | HCPCS | modifier | non-facility amount | facility amount | filler | PC/TC | status |
multiple procedure | therapy reduction, non-facility | facility | OPPS indicator | OPPS non-facility | OPPS facility.
The data end with a trailer that begins with TRL; a file without one is cut off. About a million rows. The revisions
PFREV26B to D (April, July, October) have the same layout and hold no more than what they change.
"""

import re
from datetime import date

from codes.loaders.layout import Layout, LeftOut, Read, Refused, decimal, fitting, one_of, rows
from codes.loaders.localities import place
from codes.loaders.mpfs import DENTAL, OWNER
from codes.loaders.outcome import FileRefused
from codes.loaders.ptp import CODE
from codes.loaders.source import Rows, Source
from codes.models import LocalityAmount, Release
from codes.models.fees import MultipleProcedure, PcTc, Status

PAGE = "https://www.cms.gov/medicare/payment/fee-schedules/physician/carrier-specific-files"
_NAMED = re.compile(r"PF(?P<kind>ALL|REV)(?P<year>\d\d)(?P<release>[A-D])?", re.IGNORECASE)
_MODIFIER = re.compile(r"([0-9A-Z]{2})?")
_COLUMNS = 16
_TRAILER = "TRL"


def read(source: Source) -> Read:
    """The amounts of one file. Raises FileRefused where its trailer is missing."""
    return rows(_data(source), _amount, _key)


def effective(source: Source) -> date | None:
    """The quarter that the letter in the file's name stands for, A to D; without a letter, January 1."""
    match = _named(source)
    return (
        date(2000 + int(match["year"]), 1 + 3 * "ABCD".index((match["release"] or "A").upper()), 1) if match else None
    )


def revision(source: Source) -> bool:
    """Whether a file holds no more than what it changes."""
    match = _named(source)
    return match is not None and match["kind"].upper() == "REV"


def _named(source: Source) -> re.Match[str] | None:
    return _NAMED.search(source.member) or _NAMED.search(source.name)


def _data(source: Source) -> Rows:
    for line, cells in source.rows():
        if cells and cells[0].upper().startswith(_TRAILER):
            return
        if any(cells):
            yield line, cells
    raise FileRefused(f"{source.name} does not end with its trailer, {_TRAILER}: it looks cut off.")


def _amount(cells: list[str]) -> tuple[object, ...]:
    if len(cells) != _COLUMNS:
        raise Refused("the whole line", f"it has {len(cells)} columns where the layout has {_COLUMNS}")
    year, contractor, locality, code, modifier, nonfacility, facility, _, pc_tc, status, multiple, *others = cells
    if not re.fullmatch(r"20\d\d", year):
        raise Refused("year", f"{year[:10]!r} is no year")
    if not CODE.fullmatch(code):
        raise Refused("HCPCS", f"{code[:10]!r} is no code")
    if code.startswith("D"):
        raise LeftOut(DENTAL)
    if not _MODIFIER.fullmatch(modifier):
        raise Refused("modifier", f"{modifier[:10]!r} is no modifier")
    therapy_nonfacility, therapy_facility, capped, opps_nonfacility, opps_facility = others
    return (
        *place(contractor, locality),
        code,
        modifier,
        _dollars("non-facility amount", nonfacility),
        _dollars("facility amount", facility),
        int(one_of("PC/TC", pc_tc, [f"{value}" for value in PcTc.values])),
        one_of("status", status, Status.values),
        int(one_of("multiple procedure", multiple, [f"{value}" for value in MultipleProcedure.values])),
        _dollars("therapy reduction, non-facility", therapy_nonfacility),
        _dollars("therapy reduction, facility", therapy_facility),
        one_of("OPPS indicator", capped, ("", "1", "9")) == "1",
        _dollars("OPPS non-facility", opps_nonfacility),
        _dollars("OPPS facility", opps_facility),
    )


def _key(cells: list[str]) -> tuple[object, ...]:
    _, contractor, locality, code, modifier = cells[:5]
    return *fitting(CODE, code), *fitting(_MODIFIER, modifier), *place(contractor, locality)


def _dollars(column: str, written: str) -> object:
    return decimal(column, written or "0", 2, 99_999_999)


AMOUNTS = Layout(
    dataset=Release.Dataset.PFALL,
    owner=OWNER,
    page=PAGE,
    model=LocalityAmount,
    columns={
        "contractor": "text",
        "locality": "text",
        "code": "text",
        "modifier": "text",
        "nonfacility": "numeric",
        "facility": "numeric",
        "pc_tc": "smallint",
        "status": "text",
        "multiple_procedure": "smallint",
        "therapy_nonfacility": "numeric",
        "therapy_facility": "numeric",
        "capped": "boolean",
        "opps_nonfacility": "numeric",
        "opps_facility": "numeric",
    },
    key=("code", "modifier", "contractor", "locality"),
    read=read,
    effective=effective,
    partial=revision,
)
