"""The physician fee schedule's relative value file (PPRRVU): what each code is worth, and how it is paid.

Layout "National Physician Fee Schedule Relative Value File" (document RVU26A). Text: lines that begin with HDR, then
records of 200 characters at the places below (`_PLACES`, counted from 1). CSV and XLSX: titles, then a heading spread
over several rows, whose last one repeats words (RVU, IND, OP), so that columns are found by all their words from above
to below: 31 columns in 2022 and 2024, 32 from 2026, when a pricing indicator was put before the endoscopic base.

Each row is checked against itself: totals are the sums of their parts within a cent, the shares of a global package are
0 or 1 together, and the conversion factor is the same in the whole file. Descriptions (AMA) are not read; dental codes
are left out.
"""

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from codes.loaders import columns
from codes.loaders.layout import Layout, LeftOut, Read, Refused, decimal, fitting, one_of, rows
from codes.loaders.outcome import FileRefused
from codes.loaders.ptp import CODE
from codes.loaders.source import Rows, Source
from codes.models import RelativeValue, Release
from codes.models.fees import (
    GLOBAL_DAYS,
    SUPERVISION,
    Assistant,
    Bilateral,
    CoSurgeon,
    MultipleProcedure,
    PcTc,
    Status,
    Team,
)

PAGE = "https://www.cms.gov/medicare/payment/fee-schedules/physician/pfs-relative-value-files"
OWNER = "Centers for Medicare & Medicaid Services"
DENTAL = "dental codes of the American Dental Association"

_RELEASE = re.compile(r"(?P<year>20\d\d) National Physician Fee Schedule Relative Value File (?P<month>[A-Z][a-z]+)")
_NAMED = re.compile(r"PPRRVU(?:20)?(?P<year>\d\d)_(?P<month>[A-Z]{3})", re.IGNORECASE)
_MONTHS = {"jan": 1, "apr": 4, "jul": 7, "oct": 10}
_TITLES = 15  # lines in which the release is named
_CENT = Decimal("0.01")
_MODIFIER = re.compile(r"([0-9A-Z]{2})?")


class _Record(NamedTuple):
    """One row, as written."""

    code: str
    modifier: str
    status: str
    work: str
    pe_nonfacility: str
    na_nonfacility: str
    pe_facility: str
    na_facility: str
    malpractice: str
    total_nonfacility: str
    total_facility: str
    pc_tc: str
    global_days: str
    preoperative: str
    intraoperative: str
    postoperative: str
    multiple_procedure: str
    bilateral: str
    assistant: str
    co_surgeon: str
    team: str
    endoscopic_base: str
    conversion_factor: str
    supervision: str
    imaging_family: str
    opps_pe_nonfacility: str
    opps_pe_facility: str
    opps_malpractice: str


_HEADINGS = {
    "code": ["HCPCS"],
    "modifier": ["MOD"],
    "status": ["STATUS CODE"],
    "work": ["WORK RVU"],
    "pe_nonfacility": ["NON-FAC PE RVU"],
    "na_nonfacility": ["NON-FAC NA INDICATOR"],
    "pe_facility": ["FACILITY PE RVU"],
    "na_facility": ["FACILITY NA INDICATOR"],
    "malpractice": ["MP RVU"],
    "total_nonfacility": ["NON-FACILITY TOTAL"],
    "total_facility": ["FACILITY TOTAL"],
    "pc_tc": ["PCTC IND"],
    "global_days": ["GLOB DAYS"],
    "preoperative": ["PRE OP"],
    "intraoperative": ["INTRA OP"],
    "postoperative": ["POST OP"],
    "multiple_procedure": ["MULT PROC"],
    "bilateral": ["BILAT SURG"],
    "assistant": ["ASST SURG"],
    "co_surgeon": ["CO- SURG"],
    "team": ["TEAM SURG"],
    "endoscopic_base": ["ENDO BASE"],
    "conversion_factor": ["CONV FACTOR"],
    "supervision": ["PHYSICIAN SUPERVISION OF DIAGNOSTIC PROCEDURES"],
    "imaging_family": ["DIAGNOSTIC IMAGING FAMILY INDICATOR"],
    "opps_pe_nonfacility": ["NON-FACILITY PE USED FOR OPPS PAYMENT AMOUNT"],
    "opps_pe_facility": ["FACILITY PE USED FOR OPPS PAYMENT AMOUNT"],
    "opps_malpractice": ["MP USED FOR OPPS PAYMENT AMOUNT"],
}

_PLACES = {  # first and last character of each field, from 1
    "code": (1, 5),
    "modifier": (6, 7),
    "status": (58, 58),
    "work": (60, 65),
    "pe_nonfacility": (67, 72),
    "na_nonfacility": (73, 74),
    "pe_facility": (76, 81),
    "na_facility": (82, 83),
    "malpractice": (85, 89),
    "total_nonfacility": (91, 96),
    "total_facility": (97, 102),
    "pc_tc": (103, 103),
    "global_days": (104, 106),
    "preoperative": (107, 109),
    "intraoperative": (110, 112),
    "postoperative": (113, 115),
    "multiple_procedure": (116, 116),
    "bilateral": (117, 117),
    "assistant": (118, 118),
    "co_surgeon": (119, 119),
    "team": (120, 120),
    "endoscopic_base": (128, 132),
    "conversion_factor": (133, 140),
    "supervision": (142, 143),
    "imaging_family": (146, 147),
    "opps_pe_nonfacility": (152, 157),
    "opps_pe_facility": (159, 164),
    "opps_malpractice": (166, 171),
}

_STORED = {
    "code": "text",
    "modifier": "text",
    "status": "text",
    "work": "numeric",
    "pe_nonfacility": "numeric",
    "pe_facility": "numeric",
    "malpractice": "numeric",
    "total_nonfacility": "numeric",
    "total_facility": "numeric",
    "na_nonfacility": "boolean",
    "na_facility": "boolean",
    "pc_tc": "smallint",
    "global_days": "text",
    "preoperative": "numeric",
    "intraoperative": "numeric",
    "postoperative": "numeric",
    "multiple_procedure": "smallint",
    "bilateral": "smallint",
    "assistant": "smallint",
    "co_surgeon": "smallint",
    "team": "smallint",
    "endoscopic_base": "text",
    "conversion_factor": "numeric",
    "supervision": "text",
    "imaging_family": "text",
    "opps_pe_nonfacility": "numeric",
    "opps_pe_facility": "numeric",
    "opps_malpractice": "numeric",
}
_INDICATORS = {
    "pc_tc": PcTc,
    "multiple_procedure": MultipleProcedure,
    "bilateral": Bilateral,
    "assistant": Assistant,
    "co_surgeon": CoSurgeon,
    "team": Team,
}
_SHARES = ("preoperative", "intraoperative", "postoperative")


def _read(qpp: bool, source: Source) -> Read:
    """The rows of one file. Raises FileRefused where its name says that it is the file of the others."""
    named = (source.member or source.name).upper()
    if "QPP" in named and ("NONQPP" in named) is qpp:
        raise FileRefused(f"{source.name} is the file of {'other' if qpp else 'qualifying APM'} participants.")
    checked = _Checked()
    cells = _text(source) if source.kind == ".txt" else _sheet(source)
    return rows(cells, lambda row: checked.row(_Record(*row)), _key)


def read(source: Source) -> Read:
    """The rows of a file that holds for all, or from 2026 for those who are not qualifying APM participants."""
    return _read(False, source)


def read_qpp(source: Source) -> Read:
    """The rows of a file for qualifying APM participants."""
    return _read(True, source)


def effective(source: Source) -> date | None:
    """The first day of the release that the titles name, or the file's name."""
    named = _NAMED.search(source.member or source.name) or _NAMED.search(source.name)
    for match in (*_titles(source), named):
        if match and (month := _MONTHS.get(match["month"][:3].lower())):
            return date(2000 + int(match["year"][-2:]), month, 1)
    return None


def _titles(source: Source) -> Iterator[re.Match[str]]:
    lines = source.rows() if source.kind == ".xlsx" else ((line, [text]) for line, text in source.lines())
    for line, cells in lines:
        yield from _RELEASE.finditer(" ".join(cells))
        if line >= _TITLES:
            return


def _sheet(source: Source) -> Rows:
    return columns.table(source, _HEADINGS, stacked=True)


def _text(source: Source) -> Rows:
    for number, line in source.lines():
        if line.startswith("\x1a"):
            return
        if line.strip() and not line.startswith("HDR"):
            yield number, [line[first - 1 : last].strip() for first, last in _PLACES.values()]


def _key(cells: list[str]) -> tuple[object, ...]:
    return *fitting(CODE, cells[0]), *fitting(_MODIFIER, cells[1])


class _Checked:
    """Rows of one file, each checked against itself and against the conversion factor of the first."""

    def __init__(self) -> None:
        self.factor: Decimal | None = None

    def row(self, record: _Record) -> tuple[object, ...]:
        """The row as it is staged. Raises Refused, LeftOut."""
        if not CODE.fullmatch(record.code):
            raise Refused("HCPCS", f"{record.code[:10]!r} is no code")
        if record.code.startswith("D"):
            raise LeftOut(DENTAL)
        values = _values(record)
        self._same_factor(values)
        for total in ("nonfacility", "facility"):
            _check_total(values, total)
        shares = sum((_number(values, share) for share in _SHARES), Decimal(0))
        if shares and abs(shares - 1) > 2 * _CENT:
            raise Refused("PRE OP, INTRA OP, POST OP", f"they add up to {shares}, not to 0 or 1")
        return tuple(values[name] for name in _STORED)

    def _same_factor(self, values: dict[str, object]) -> None:
        factor = _number(values, "conversion_factor")
        self.factor = self.factor or factor
        if factor != self.factor or not factor:
            raise Refused(_label("conversion_factor"), f"{factor} where the rows before it have {self.factor}")


def _values(record: _Record) -> dict[str, object]:
    values: dict[str, object] = {}
    for name, kind in _STORED.items():
        written = getattr(record, name)
        if kind == "numeric":
            values[name] = decimal(_label(name), written, 4 if name == "conversion_factor" else 2, 10_000)
        elif kind == "boolean":
            values[name] = one_of(_label(name), written, ("", "NA")) == "NA"
        elif choices := _INDICATORS.get(name):
            values[name] = int(one_of(_label(name), written, [f"{value}" for value in choices.values]))
        else:
            values[name] = written
    one_of(_label("status"), record.status, Status.values)
    one_of(_label("global_days"), record.global_days, GLOBAL_DAYS)
    one_of(_label("supervision"), record.supervision, SUPERVISION)
    if not _MODIFIER.fullmatch(record.modifier):
        raise Refused(_label("modifier"), f"{record.modifier[:10]!r} is no modifier")
    if record.endoscopic_base and not CODE.fullmatch(record.endoscopic_base):
        raise Refused(_label("endoscopic_base"), f"{record.endoscopic_base[:10]!r} is no code")
    if not re.fullmatch(r"\d\d", record.imaging_family):
        raise Refused(_label("imaging_family"), f"{record.imaging_family[:10]!r} is no family of two digits")
    return values


def _check_total(values: dict[str, object], setting: str) -> None:
    parts = sum((_number(values, part) for part in ("work", f"pe_{setting}", "malpractice")), Decimal(0))
    total = _number(values, f"total_{setting}")
    if abs(parts - total) > _CENT:
        raise Refused(_label(f"total_{setting}"), f"{total} is not the sum of its parts, {parts}")


def _number(values: dict[str, object], name: str) -> Decimal:
    value = values[name]
    assert isinstance(value, Decimal)  # noqa: S101 - staged as numeric, see _STORED
    return value


def _label(name: str) -> str:
    return _HEADINGS[name][0]


def _layout(dataset: Release.Dataset, *, qpp: bool) -> Layout:
    return Layout(
        dataset=dataset,
        owner=OWNER,
        page=PAGE,
        model=RelativeValue,
        columns=_STORED,
        key=("code", "modifier"),
        read=read_qpp if qpp else read,
        effective=effective,
        scope={"qpp": qpp},
    )


STANDARD = _layout(Release.Dataset.MPFS, qpp=False)
QPP = _layout(Release.Dataset.MPFS_QPP, qpp=True)
