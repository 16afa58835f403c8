"""ICD-10-PCS, the procedures of hospital inpatients, from its order file (layout: `codes.loaders.order_file`).

Headers are the tables, by their first three characters; every code that can be submitted has seven. The letters I and O
do not occur.
"""

import re

from codes.loaders import order_file
from codes.loaders.layout import Layout, Read, Refused, fitting, rows
from codes.loaders.source import Source
from codes.models import PcsCode, Release

PAGE = "https://www.cms.gov/medicare/coding-billing/icd-10-codes"
_PATTERN = re.compile(r"[0-9A-HJ-NP-Z]{3}([0-9A-HJ-NP-Z]{4})?")


def read(source: Source) -> Read:
    """The codes of one file."""
    return rows(order_file.lines(source), _code, lambda cells: fitting(_PATTERN, order_file.code(cells[0])))


def _code(cells: list[str]) -> tuple[object, ...]:
    listed = order_file.listed(cells[0], _PATTERN, "ICD-10-PCS")
    if listed.billable != (len(listed.code) == 7):
        raise Refused("column 15, flag", f"it is {int(listed.billable)}, but {listed.code} is {_kind(listed.code)}")
    return listed.code, listed.billable, listed.short, listed.long


def _kind(code: str) -> str:
    return "a complete code" if len(code) == 7 else "a table"


CODES = Layout(
    dataset=Release.Dataset.ICD10PCS,
    owner="Centers for Medicare & Medicaid Services",
    page=PAGE,
    model=PcsCode,
    columns={"code": "text", "billable": "boolean", "short": "text", "long": "text"},
    key=("code",),
    read=read,
    effective=order_file.effective,
    every=12,
)
