"""The fiscal years of ICD-10: one starts on October 1 of the year before, and may be updated on April 1."""

import re
from datetime import date

from codes.loaders.source import Source

_DAY = re.compile(r"-(?P<month>January|April|July|October)-((?P<day>\d\d?)-)?(?P<year>20\d\d)\b", re.IGNORECASE)
_YEAR = re.compile(r"[-_](?P<year>20\d\d)(?![0-9])")
_MONTHS = {"january": 1, "april": 4, "july": 7, "october": 10}


def start(year: int) -> date:
    """The first day of a fiscal year."""
    return date(year - 1, 10, 1)


def year_of(day: date) -> int:
    """The fiscal year that a day lies in."""
    return day.year + (day.month >= 10)


def day_in_name(source: Source) -> date | None:
    """The day that a file's name states: `icd10cm-order-April-1-2027.txt`, or `-April-2027`, which is its first day."""
    match = _DAY.search(source.member) or _DAY.search(source.name)
    try:
        return date(int(match["year"]), _MONTHS[match["month"].lower()], int(match["day"] or 1)) if match else None
    except ValueError:
        return None


def year_in_name(source: Source) -> int | None:
    """The fiscal year that a file's name states: `icd10pcs_order_2027.txt`."""
    match = _YEAR.search(source.member) or _YEAR.search(source.name)
    return int(match["year"]) if match else None
