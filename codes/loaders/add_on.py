"""NCCI add-on code edits: which primary codes an add-on code is payable beside.

Layout: `AOC_V2026Q2-MCR.txt` (tab-delimited) or XLSX; a copyright line, a heading, then AOC_Edit_Type (1 listed
codes, 2 contractor-defined, 3 both) | Add-On_Code | AOC_DelDT | Primary_Code (CCCCC: contractor-defined) |
Primary_Code_DelDT | AOC_Edit_EffDT | AOC_Edit_DelDT | Special_Instruction_Notes. Dates are ordinal, YYYYDDD; a deletion
date is the last day.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from codes.loaders.layout import Layout, Read, Refused, day, fitting, rows
from codes.loaders.ptp import CODE, PAGE
from codes.loaders.source import Source
from codes.models import AddOnEdit, Release

_QUARTER = re.compile(r"AOC_V(?P<year>\d{4})Q(?P<quarter>[1-4])", re.IGNORECASE)
_COLUMNS = 7  # the notes after them may be missing


def read(source: Source) -> Read:
    """The edits of one file."""
    return rows(_data(source), _edit, lambda cells: fitting(CODE, *cells[1:4:2]))


def effective(source: Source) -> date | None:
    """The quarter in the file's name."""
    match = _QUARTER.search(source.member) or _QUARTER.search(source.name)
    return date(int(match["year"]), 3 * int(match["quarter"]) - 2, 1) if match else None


def _data(source: Source) -> Iterator[tuple[int, list[str]]]:
    started = False
    for number, cells in source.rows("\t"):
        started = started or (len(cells) > 1 and bool(CODE.fullmatch(cells[1])))
        if started and any(cells):
            yield number, cells


def _edit(cells: list[str]) -> tuple[object, ...]:
    if len(cells) < _COLUMNS:
        raise Refused("the whole line", f"it has {len(cells)} columns where the layout has {_COLUMNS + 1}")
    kind, add_on, add_on_ends, primary, primary_ends, begins, ends = cells[:_COLUMNS]
    if kind not in ("1", "2", "3"):
        raise Refused("AOC_Edit_Type", f"{kind[:10]!r} is not 1, 2 or 3")
    if not CODE.fullmatch(add_on):
        raise Refused("Add-On_Code", f"{add_on[:10]!r} is no code")
    if not CODE.fullmatch(primary) and primary != AddOnEdit.CONTRACTOR_DEFINED:
        raise Refused("Primary_Code", f"{primary[:10]!r} is no code")
    valid_from = day("AOC_Edit_EffDT", begins, "%Y%j")
    last_days = {"AOC_DelDT": add_on_ends, "Primary_Code_DelDT": primary_ends, "AOC_Edit_DelDT": ends}
    found = [day(column, written, "%Y%j") for column, written in last_days.items() if written.strip("*")]
    valid_to = min(found) + timedelta(days=1) if found else None
    if valid_to and valid_to <= valid_from:
        raise Refused("AOC_Edit_DelDT", f"it ends before it takes effect on {valid_from}")
    return add_on, primary, valid_from, valid_to, int(kind), " ".join(cells[_COLUMNS:])[:500].strip()


EDITS = Layout(
    dataset=Release.Dataset.ADD_ON,
    owner="Centers for Medicare & Medicaid Services",
    page=f"{PAGE}/medicare-ncci-add-code-edits",
    model=AddOnEdit,
    columns={
        "add_on": "text",
        "primary": "text",
        "valid_from": "date",
        "valid_to": "date",
        "kind": "smallint",
        "note": "text",
    },
    key=("add_on", "primary", "valid_from"),
    read=read,
    effective=effective,
    dated=True,
)
