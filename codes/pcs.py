"""What the seven characters of an ICD-10-PCS code stand for.

The names of sections and axes are those of the official tables (CMS, ICD-10-PCS Reference Manual). What a character
means within its table is not in the order file, so no value is given for it here.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import Left

from codes.models import PcsCode

PATTERN = re.compile("[0-9A-HJ-NP-Z]{1,7}")  # without I and O
TABLE, COMPLETE = 3, 7  # characters
_FIXED = 3  # the characters of a table; the others vary within it

SECTIONS = {
    "0": "Medical and Surgical",
    "1": "Obstetrics",
    "2": "Placement",
    "3": "Administration",
    "4": "Measurement and Monitoring",
    "5": "Extracorporeal or Systemic Assistance and Performance",
    "6": "Extracorporeal or Systemic Therapies",
    "7": "Osteopathic",
    "8": "Other Procedures",
    "9": "Chiropractic",
    "B": "Imaging",
    "C": "Nuclear Medicine",
    "D": "Radiation Therapy",
    "F": "Physical Rehabilitation and Diagnostic Audiology",
    "G": "Mental Health",
    "H": "Substance Abuse Treatment",
    "X": "New Technology",
}
_SURGICAL = ["Body System", "Operation", "Body Part", "Approach", "Device", "Qualifier"]
_BY_HAND = ["Body System", "Operation", "Body Region", "Approach", "Method", "Qualifier"]
_TALKED = ["Body System", "Type", "Qualifier", "Qualifier", "Qualifier", "Qualifier"]
_AXES = {
    "0": _SURGICAL,
    "1": _SURGICAL,
    "2": ["Body System", "Operation", "Body Region", "Approach", "Device", "Qualifier"],
    "3": ["Body System", "Operation", "Body System / Region", "Approach", "Substance", "Qualifier"],
    "4": ["Body System", "Operation", "Body System", "Approach", "Function / Device", "Qualifier"],
    "5": ["Body System", "Operation", "Body System", "Duration", "Function", "Qualifier"],
    "6": ["Body System", "Operation", "Body System", "Duration", "Qualifier", "Qualifier"],
    "7": _BY_HAND,
    "8": _BY_HAND,
    "9": _BY_HAND,
    "B": ["Body System", "Type", "Body Part", "Contrast", "Qualifier", "Qualifier"],
    "C": ["Body System", "Type", "Body Part", "Radionuclide", "Qualifier", "Qualifier"],
    "D": ["Body System", "Modality", "Treatment Site", "Modality Qualifier", "Isotope", "Qualifier"],
    "F": ["Section Qualifier", "Type", "Body System / Region", "Type Qualifier", "Equipment", "Qualifier"],
    "G": _TALKED,
    "H": _TALKED,
    "X": ["Body System", "Operation", "Body Part", "Approach", "Device / Substance / Technology", "Qualifier"],
}


@dataclass(frozen=True)
class Character:
    """One character of a code, and the codes that differ from it in this one alone."""

    place: int  # from 1
    axis: str
    value: str
    others: list[PcsCode]

    @property
    def section(self) -> str:
        """Of the first character, the name of the section."""
        return SECTIONS.get(self.value, "") if self.place == 1 else ""


def normalize(written: str) -> str | None:
    """The one form of a table or a code, from any case, spaced or not; None if it cannot be one."""
    bare = "".join(written.split()).upper()
    return bare if PATTERN.fullmatch(bare) and len(bare) in (TABLE, COMPLETE) else None


def characters(code: str, on: date) -> list[Character]:
    """The characters of a complete code or a table, each with the codes on the day that differ in it alone."""
    axes = ["Section", *_AXES.get(code[0], [""] * (COMPLETE - 1))]
    varied = _varied(code, on) if len(code) == COMPLETE else {}
    return [
        Character(place + 1, axis, value, varied.get(place, []))
        for place, (axis, value) in enumerate(zip(axes, code, strict=False))
    ]


def _varied(code: str, on: date) -> dict[int, list[PcsCode]]:
    patterns = [f"{code[:place]}.{code[place + 1 :]}" for place in range(_FIXED, COMPLETE)]
    found = PcsCode.objects.on(on).filter(code__startswith=code[:_FIXED], code__regex=f"^({'|'.join(patterns)})$")
    varied: dict[int, list[PcsCode]] = {}
    for each in found.exclude(code=code).order_by("code"):
        place = next(place for place in range(_FIXED, COMPLETE) if each.code[place] != code[place])
        varied.setdefault(place, []).append(each)
    return varied


def sections(on: date) -> Sequence[tuple[str, str, int]]:
    """The sections that have codes on a day: character, name, how many."""
    complete = PcsCode.objects.on(on).filter(billable=True).order_by()
    counts = complete.values(section=Left("code", 1)).annotate(count=Count("pk")).order_by("section")
    return [(row["section"], SECTIONS.get(row["section"], ""), row["count"]) for row in counts]


def found(written: str, on: date) -> QuerySet[PcsCode]:
    """Codes by their start, of fewer than three characters the tables; else by the words of their titles."""
    listed: Any = PcsCode.objects.on(on)
    bare = "".join(written.split()).upper()
    rows: QuerySet[PcsCode] = listed.matching(written)
    if PATTERN.fullmatch(bare) and listed.starting(bare).exists():
        rows = listed.starting(bare)
        return rows if len(bare) >= TABLE else rows.filter(billable=False)
    return rows


def beside(code: PcsCode, on: date) -> tuple[PcsCode | None, PcsCode | None]:
    """The code before it and the code after it, on the day; of a table, the tables."""
    same = PcsCode.objects.on(on).filter(billable=code.billable)
    before = same.filter(code__lt=code.code).order_by("-code").first()
    return before, same.filter(code__gt=code.code).order_by("code").first()


def named(code: str, on: date) -> PcsCode | None:
    """A code or table as it was listed last until the day; before its first day, as it is listed first."""
    rows = PcsCode.objects.filter(code=code)
    last: PcsCode | None = rows.filter(valid_from__lte=on).order_by("-valid_from").first()
    return last or rows.order_by("valid_from").first()
