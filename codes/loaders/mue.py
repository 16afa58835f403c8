"""NCCI medically unlikely edits: practitioner, outpatient hospital, and DME supplier services.

Layout: `MCR_MUE_PractitionerServices_Eff_MM-DD-YYYY.csv` (or XLSX, or either in a zip) and its sisters; a copyright
head over several lines, then HCPCS/CPT Code | MUE Values | MUE Adjudication Indicator ("2 Date of Service Edit:
Policy") | MUE Rationale. The first row whose first cell is a code ends the head. Since when it holds stands in the
file's name alone, and a row that a quarter drops holds no longer.
"""

import re
from collections.abc import Iterator
from datetime import date

from codes.loaders.layout import Layout, Read, Refused, fitting, rows, whole
from codes.loaders.ptp import CODE, PAGE, named_for
from codes.loaders.source import Source
from codes.models import Mue, Release, Setting

_EFFECTIVE = re.compile(r"Eff[_ ](?P<month>\d\d)-(?P<day>\d\d)-(?P<year>\d{4})", re.IGNORECASE)
_ADJUDICATION = re.compile("[123] (Line|Date of Service) Edit.*", re.IGNORECASE)

_SETTINGS = {
    "practitionerservices": Setting.PRACTITIONER,
    "outpatienthospitalservices": Setting.HOSPITAL,
    "dmesupplierservices": Setting.DME,
}


def read(source: Source) -> Read:
    """The edits of one file."""
    return rows(_data(source), _edit, lambda cells: fitting(CODE, cells[0]))


def effective(source: Source) -> date | None:
    """The day in the file's name; None where it names none, or one that is no day."""
    match = _EFFECTIVE.search(source.member) or _EFFECTIVE.search(source.name)
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])) if match else None
    except ValueError:
        return None


def _data(source: Source) -> Iterator[tuple[int, list[str]]]:
    started = False
    for number, cells in source.rows():
        started = started or bool(cells and CODE.fullmatch(cells[0]))
        if started and any(cells):
            yield number, cells


def _edit(cells: list[str]) -> tuple[object, ...]:
    if len(cells) < 4:
        raise Refused("the whole line", f"it has {len(cells)} columns where the layout has 4")
    code, units, adjudication, rationale = cells[:4]
    if not CODE.fullmatch(code):
        raise Refused("HCPCS/CPT Code", f"{code[:10]!r} is no code")
    if any(cells[4:]):
        raise Refused("the whole line", f"it has {len(cells)} columns where the layout has 4")
    if not _ADJUDICATION.fullmatch(adjudication):
        raise Refused("MUE Adjudication Indicator", f"{adjudication[:20]!r} is no indicator such as '1 Line Edit'")
    if not rationale:
        raise Refused("MUE Rationale", "it is empty")
    return code, whole("MUE Values", units), int(adjudication[0]), rationale[:300]


def _layout(dataset: Release.Dataset, setting: Setting) -> Layout:
    return Layout(
        dataset=dataset,
        owner="Centers for Medicare & Medicaid Services",
        page=f"{PAGE}/medicare-ncci-medically-unlikely-edits-mues",
        model=Mue,
        columns={"code": "text", "units": "int", "adjudication": "smallint", "rationale": "text"},
        key=("code",),
        read=read,
        effective=effective,
        verify=named_for(_SETTINGS, setting),
        scope={"setting": setting},
    )


PRACTITIONER = _layout(Release.Dataset.MUE_PRACTITIONER, Setting.PRACTITIONER)
HOSPITAL = _layout(Release.Dataset.MUE_HOSPITAL, Setting.HOSPITAL)
DME = _layout(Release.Dataset.MUE_DME, Setting.DME)
