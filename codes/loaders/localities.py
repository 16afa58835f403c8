"""Payment localities: their cost indices (GPCI), their counties, and the anesthesia conversion factors.

Layouts, all found by the words of their headings, in CSV, XLSX or tab-delimited text:
- "Addendum E. GPCIs by State and Medicare Locality" (`GPCI2026.csv`): contractor, state, locality number and name, the
  indices of work ("with 1.0 Floor" where there is one), practice expense and malpractice. In 2022 the first column is
  "Medicare Administrative Contractor", from 2026 with "(MAC)"; short names (mac, gpci_work) are read as well.
- "Counties included in localities" (`26LOCCO.csv`): contractor, locality number, state, fee schedule area, counties. A
  state stands once, above all its localities. A locality of two contractors is listed twice.
- Anesthesia conversion factors (`ANES2026.csv`): contractor, locality, conversion factor; from 2026 one for qualifying
  APM participants and one for all others, in two columns or two files.
All hold for a calendar year, which stands in the heading, the title or the file's name.
"""

import re
from collections.abc import Callable
from datetime import date

from codes.loaders import columns
from codes.loaders.layout import Layout, Read, Refused, decimal, rows
from codes.loaders.mpfs import OWNER, PAGE
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Rows, Source
from codes.models import AnesthesiaFactor, Gpci, LocalityCounties, Release

_CONTRACTOR = [r"(MEDICARE )?ADMIN\w* CONTRACTOR.*", "MAC", "(CONTRACTOR|CARRIER)( NUMBER)?"]
_LOCALITY = ["LOCALITY( NUMBER| NO\\.?)?"]
_YEAR = re.compile(r"(?:^|\D)(20\d\d)(?:\D|$)")
_SHORT_YEAR = re.compile(r"(?:^|\D)(\d\d)LOCCO", re.IGNORECASE)
_TITLES = 5

_GPCI = {
    "contractor": _CONTRACTOR,
    "state": ["STATE"],
    "locality": _LOCALITY,
    "name": ["LOCALITY[ _]NAME"],
    "work": [r".*(PW|WORK) GPCI.*\(WITH 1\.0 FLOOR\).*", r".*(PW|WORK) GPCI.*", "GPCI_WORK"],
    "pe": [r".*\bPE GPCI.*", "GPCI_PE"],
    "malpractice": [r".*\bMP GPCI.*", "GPCI_MP"],
}
_COUNTIES = {
    "contractor": _CONTRACTOR,
    "locality": _LOCALITY,
    "state_name": ["STATE([ _]NAME)?"],
    "area": ["FEE[ _]SCHEDULE[ _]AREA.*"],
    "counties": ["COUNT(Y|IES).*"],
}
_FACTOR = [r".*CONVERSION FACTOR.*", r".*ANES.*[ _]CF.*"]
_ANESTHESIA = {"contractor": _CONTRACTOR, "locality": _LOCALITY, "factor": [r".*\bNON.*(QPP|QUALIF|APM).*", *_FACTOR]}
_ANESTHESIA_QPP = {**_ANESTHESIA, "factor": [r"(?!.*\bNON).*(QPP|QUALIF|APM).*", *_FACTOR]}


def effective(source: Source) -> date | None:
    """January 1 of the year in the file's name, else in its first lines."""
    for name in (source.member, source.name):
        if match := _SHORT_YEAR.search(name):
            return date(2000 + int(match[1]), 1, 1)
        if match := _YEAR.search(re.sub(r"(?i)gpci|anes", " ", name)):
            return date(int(match[1]), 1, 1)
    for line, cells in source.rows():
        if match := _YEAR.search(" ".join(cells)):
            return date(int(match[1]), 1, 1)
        if line >= _TITLES:
            break
    return None


def gpci(source: Source) -> Read:
    """The indices of one file."""
    return rows(_table(source, _GPCI), _index, _key)


def counties(source: Source) -> Read:
    """The counties of each locality of one file."""
    return rows(_filled_down(_table(source, _COUNTIES)), _covered, _key)


def anesthesia(source: Source) -> Read:
    """The factors of one file, of those who are not qualifying APM participants."""
    return rows(_table(source, _ANESTHESIA), _factor, _key)


def anesthesia_qpp(source: Source) -> Read:
    """The factors of one file, of qualifying APM participants."""
    return rows(_table(source, _ANESTHESIA_QPP), _factor, _key)


def _table(source: Source, wanted: columns.Wanted) -> Rows:
    """The rows of a table. Raises FileRefused for the text beside it in the same archive, which has no headings."""
    if source.kind == ".txt" and not columns.fits(source, wanted):
        raise FileRefused(f"{source.name} is text without headings: load the CSV or the XLSX of the same archive.")
    return columns.table(source, wanted)


def place(contractor: str, locality: str) -> tuple[str, str]:
    """A contractor's number of five digits and a locality's of two, with the zeros that a spreadsheet drops.

    Raises Refused.
    """
    if not re.fullmatch(r"\d{4,5}", contractor):
        raise Refused("contractor", f"{contractor[:20]!r} is no contractor's number")
    if not re.fullmatch(r"\d{1,2}", locality):
        raise Refused("locality", f"{locality[:20]!r} is no locality's number")
    return contractor.zfill(5), locality.zfill(2)


def _key(cells: list[str]) -> tuple[object, ...]:
    """The locality of a row, whether its number stands in the second column or, after a state, in the third."""
    contractor, second, third, *_ = cells
    return place(contractor, second if second.isdigit() else third)


def _index(cells: list[str]) -> tuple[object, ...]:
    contractor, state, locality, name, work, pe, malpractice = cells
    if not re.fullmatch("[A-Z]{2}", state):
        raise Refused("state", f"{state[:20]!r} is no state of two letters")
    if not name:
        raise Refused("locality name", "it is empty")
    indices = (_ratio("work GPCI", work), _ratio("PE GPCI", pe), _ratio("MP GPCI", malpractice))
    return *place(contractor, locality), state, name.rstrip("*")[:120], *indices


def _ratio(column: str, written: str) -> object:
    value = decimal(column, written, 3, 10)
    if not value:
        raise Refused(column, "it is 0")
    return value


def _covered(cells: list[str]) -> tuple[object, ...]:
    contractor, locality, state, area, names = cells
    if not state:
        raise Refused("state", "it is empty, and so is that of each row above")
    if not area or not names:
        raise Refused("fee schedule area, counties", "one of them is empty")
    return *place(contractor, locality), state.rstrip("* "), area.rstrip("* ")[:120], " ".join(names.split())[:500]


def _factor(cells: list[str]) -> tuple[object, ...]:
    contractor, locality, factor = cells
    value = decimal("conversion factor", factor, 4, 1000)
    if not value:
        raise Refused("conversion factor", "it is 0")
    return *place(contractor, locality), value


def _filled_down(read: Rows) -> Rows:
    """Rows with the state of the one above where theirs is empty; a row that stands twice in the same words, once."""
    state, seen = "", set()
    for line, (contractor, locality, written, *others) in read:
        state = written or state
        row = (contractor, locality, state, *others)
        if row not in seen:
            seen.add(row)
            yield line, list(row)


def _layout(
    dataset: Release.Dataset,
    model: type[Gpci | LocalityCounties | AnesthesiaFactor],
    read: Callable[[Source], Read],
    values: dict[str, str],
    scope: dict[str, str | bool] | None = None,
) -> Layout:
    return Layout(
        dataset=dataset,
        owner=OWNER,
        page=PAGE,
        model=model,
        columns={"contractor": "text", "locality": "text", **values},
        key=("contractor", "locality"),
        read=read,
        effective=effective,
        every=12,
        scope=scope or {},
    )


INDICES = _layout(
    Release.Dataset.GPCI,
    Gpci,
    gpci,
    {"state": "text", "name": "text", "work": "numeric", "pe": "numeric", "malpractice": "numeric"},
)
COUNTIES = _layout(
    Release.Dataset.LOCALITIES,
    LocalityCounties,
    counties,
    {"state_name": "text", "area": "text", "counties": "text"},
)
ANESTHESIA = _layout(Release.Dataset.ANESTHESIA, AnesthesiaFactor, anesthesia, {"factor": "numeric"}, {"qpp": False})
ANESTHESIA_QPP = _layout(
    Release.Dataset.ANESTHESIA_QPP, AnesthesiaFactor, anesthesia_qpp, {"factor": "numeric"}, {"qpp": True}
)
