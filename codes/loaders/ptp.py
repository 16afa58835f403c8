"""NCCI procedure-to-procedure edits, practitioner and hospital, as CMS publishes them each quarter.

Layout "Column1/Column2 Edits": tab-delimited text (`ccipra-v322r0-f1.TXT`), the same columns in XLSX, or either in a
zip; about six title lines, then Column 1 | Column 2 | * where it existed before 1996 | effective date YYYYMMDD |
deletion date (* where there is none) | modifier indicator 0, 1 or 9 | rationale. The first row of two codes ends the
titles. A release has several files, f1 to f4, and is a cumulative snapshot: the deletion date is the last day of an
edit. The version in the file's name gives the quarter: v322 is 2026 Q3 (the year is 2026 at 320 to 323).
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta

from codes.loaders.layout import Layout, Read, Refused, day, fitting, rows
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source
from codes.models import PtpEdit, Release, Setting

CODE = re.compile(r"[0-9A-Z][0-9]{3}[0-9A-Z]")
_VERSION = re.compile(r"v(?P<year>\d{2})(?P<quarter>[0-3])r\d", re.IGNORECASE)
_FIRST_YEAR = 1994  # version 320 is the first quarter of 2026: the tens count years from here
_SETTINGS = {"ccipra": Setting.PRACTITIONER, "ccioph": Setting.HOSPITAL}
PAGE = "https://www.cms.gov/medicare/coding-billing/national-correct-coding-initiative-ncci-edits"


def read(source: Source) -> Read:
    """The edits of one file."""
    return rows(_data(source), _edit, lambda cells: fitting(CODE, cells[0], cells[1]))


def effective(source: Source) -> date | None:
    """The quarter that the version in the file's name stands for."""
    match = _VERSION.search(source.member or source.name) or _VERSION.search(source.name)
    return date(_FIRST_YEAR + int(match["year"]), 1 + 3 * int(match["quarter"]), 1) if match else None


def named_for(settings: Mapping[str, Setting], setting: Setting) -> Callable[[Source, date], None]:
    """Refuses a file whose name, by one of these words, is of another setting; nothing inside the file tells."""

    def verify(source: Source, _: date) -> None:
        name = f"{source.name} {source.member}".lower()
        found = next((each for word, each in settings.items() if word in name), setting)
        if found is not setting:
            raise FileRefused(f"{source.name} is by its name of {found.label.lower()}, not of {setting.label.lower()}.")

    return verify


def _data(source: Source) -> Iterator[tuple[int, list[str]]]:
    started = False
    for number, cells in source.rows("\t"):
        started = started or (len(cells) > 1 and bool(CODE.fullmatch(cells[0]) and CODE.fullmatch(cells[1])))
        if started and any(cells):
            yield number, cells


def _edit(cells: list[str]) -> tuple[object, ...]:
    if len(cells) < 7:
        raise Refused("the whole line", f"it has {len(cells)} columns where the layout has 7")
    column1, column2, old, begins, ends, indicator, rationale = cells[:7]
    if not CODE.fullmatch(column1):
        raise Refused("Column 1", f"{column1[:10]!r} is no code")
    if not CODE.fullmatch(column2):
        raise Refused("Column 2", f"{column2[:10]!r} is no code")
    if indicator not in ("0", "1", "9"):
        raise Refused("Modifier", f"{indicator[:10]!r} is not 0, 1 or 9")
    if not rationale:
        raise Refused("PTP Edit Rationale", "it is empty")
    valid_from = day("Effective Date", begins)
    valid_to = None if ends in ("*", "") else day("Deletion Date", ends) + timedelta(days=1)
    if valid_to and valid_to <= valid_from:
        raise Refused("Deletion Date", f"{ends} lies before the effective date {begins}")
    return column1, column2, valid_from, valid_to, int(indicator), old == "*", rationale[:300]


def _layout(dataset: Release.Dataset, setting: Setting) -> Layout:
    return Layout(
        dataset=dataset,
        owner="Centers for Medicare & Medicaid Services",
        page=PAGE,
        model=PtpEdit,
        columns={
            "column1": "text",
            "column2": "text",
            "valid_from": "date",
            "valid_to": "date",
            "indicator": "smallint",
            "before_1996": "boolean",
            "rationale": "text",
        },
        key=("column1", "column2", "valid_from"),
        read=read,
        effective=effective,
        verify=named_for(_SETTINGS, setting),
        scope={"setting": setting},
        dated=True,
    )


PRACTITIONER = _layout(Release.Dataset.PTP_PRACTITIONER, Setting.PRACTITIONER)
HOSPITAL = _layout(Release.Dataset.PTP_HOSPITAL, Setting.HOSPITAL)
