"""CMS's set of place-of-service codes, with the rate that each pays.

Layout: a table (CSV, XLSX or tab-delimited text) with a code, a name, a description, and, where the file has it, a
type: Facility, Non-Facility or Unassigned. Where it has none, the rate is that of the Medicare Claims Processing
Manual, chapter 12, section 20.4.2. Numbers that CMS has not assigned are left out.
"""

import re
from datetime import date

from codes.loaders import columns
from codes.loaders.layout import Layout, LeftOut, Read, Refused, fitting, rows
from codes.loaders.mpfs import OWNER
from codes.loaders.source import Source
from codes.models import PlaceOfService, Release

PAGE = "https://www.cms.gov/medicare/coding-billing/place-of-service-codes/code-sets"
FACILITY = frozenset(
    ["02", "06", "08", "19", "21", "22", "23", "24", "26", "31", "34", "41", "42", "51", "52", "53", "56", "61"]
)
_WANTED = {
    "code": [r"POS_CODE", r"PLACE OF SERVICE CODE.*", "CODE"],
    "name": [r"POS_NAME", r"PLACE OF SERVICE NAME.*", "NAME"],
    "description": [r"POS_DESCRIPTION", r"PLACE OF SERVICE DESCRIPTION.*", "DESCRIPTION"],
}
_TYPE = {"type": [r"POS_TYPE", "TYPE"]}
_NUMBER = re.compile(r"\d\d")
_TYPES = {"FACILITY": True, "NON-FACILITY": False, "NONFACILITY": False}


def read(source: Source) -> Read:
    """The places of one file."""
    return rows(columns.table(source, _WANTED, _TYPE), _place, lambda cells: fitting(_NUMBER, cells[0].zfill(2)))


def _place(cells: list[str]) -> tuple[object, ...]:
    code, name, description, kind = cells
    if name.upper() == "UNASSIGNED":
        raise LeftOut("numbers that CMS has not assigned")
    if not _NUMBER.fullmatch(code.zfill(2)):
        raise Refused("code", f"{code[:10]!r} is no code of two digits")
    if not name or not description:
        raise Refused("name, description", "one of them is empty")
    code = code.zfill(2)
    if kind and kind.upper() not in _TYPES:
        raise Refused("type", f"{kind[:20]!r} is neither Facility nor Non-Facility")
    return code, _TYPES[kind.upper()] if kind else code in FACILITY, name[:120], description


def _effective(_: Source) -> date | None:
    """The set does not say since when it holds."""
    return None


PLACES = Layout(
    dataset=Release.Dataset.PLACES,
    owner=OWNER,
    page=PAGE,
    model=PlaceOfService,
    columns={"code": "text", "facility": "boolean", "name": "text", "description": "text"},
    key=("code",),
    read=read,
    effective=_effective,
    every=12,
)
