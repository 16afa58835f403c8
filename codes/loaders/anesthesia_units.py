"""The base units of each anesthesia code, as CMS's Anesthesiologists Center publishes them.

Layout "Anesthesia Base Units by CPT Code": CSV or XLSX, two columns, code and base units, under a heading spread over
three rows (CODE, then BASE, then UNIT); a heading in one row is read as well. The CSV drops the zeros that codes begin
with. The year stands in the file's name or its first lines. Descriptions, where there are any, are not read (AMA).
"""

import re

from codes.loaders import columns
from codes.loaders.layout import Layout, Read, Refused, fitting, rows, whole
from codes.loaders.localities import effective
from codes.loaders.mpfs import OWNER
from codes.loaders.source import Source
from codes.models import AnesthesiaUnits, Release

PAGE = "https://www.cms.gov/medicare/payment/fee-schedules/physician/anesthesiologists-center"
_HEADINGS = {"code": [r"(.*\s)?CODE"], "units": [r"(.*\s)?BASE[\s_]UNITS?"]}
_CODE = re.compile(r"\d{5}")
_MOST = 60  # published units go up to 30


def read(source: Source) -> Read:
    """The base units of one file."""
    return rows(columns.table(source, _HEADINGS, stacked=True), _units, lambda cells: fitting(_CODE, cells[0].zfill(5)))


def _units(cells: list[str]) -> tuple[object, ...]:
    code, units = cells
    if len(code) < 3 or not _CODE.fullmatch(code.zfill(5)):
        raise Refused("code", f"{code[:10]!r} is no code of five digits")
    return code.zfill(5), whole("base units", units, most=_MOST)


UNITS = Layout(
    dataset=Release.Dataset.ANESTHESIA_UNITS,
    owner=OWNER,
    page=PAGE,
    model=AnesthesiaUnits,
    columns={"code": "text", "units": "smallint"},
    key=("code",),
    read=read,
    effective=effective,
    every=12,
)
