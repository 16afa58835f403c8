"""The files that we hand out: templates to start from, and the lines that were refused."""

import csv
import io
from collections.abc import Iterable

from jobboard.cells import guarded
from jobboard.imports.columns import Column, Value, columns
from jobboard.imports.models import Upload
from jobboard.imports.plan import Line
from jobboard.imports.reading.sheet import BECAUSE
from jobboard.xml import element

BOM = "\ufeff"  # by which spreadsheets know UTF-8
EXAMPLE: dict[str, str] = {
    "reference": "REQ-1001",
    "title": "Orthopedic surgery coder",
    "description": "Code operative notes for twelve surgeons.\n\n- Two reviews a month\n- Questions answered at once",
    "roles": "coder",
    "specialties": "orthopedics; spine",
    "setting": "pro-fee",
    "credentials_required": "CPC; COSC",
    "apprentice": "no",
    "years_min": "2",
    "code_families": "CPT 27, ICD-10-CM M54",
    "software": "epic",
    "employment_type": "full-time",
    "workplace": "remote",
    "remote_states": "TX; FL",
    "pay_min": "28",
    "pay_max": "34.50",
    "pay_unit": "hour",
    "benefits": "health; ceu",
    "apply_by": "site",
}


def template_csv() -> str:
    """A header with every column, and one line to write over."""
    return _csv([[*columns()], [EXAMPLE.get(name, "") for name in columns()]])


def template_xml() -> str:
    """The same as XML."""
    lines = [f"    {element(name, EXAMPLE[name])}" for name in columns() if name in EXAMPLE]
    body = "\n".join(["  <posting>", *lines, "  </posting>"])
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<postings>\n{body}\n</postings>\n'


def refused_csv(upload: Upload) -> str:
    """The refused lines with their own cells, and before them why. Corrected, the same file can be sent again."""
    why = {line.number: because(line) for line in upload.report if line.verdict == "refused"}
    rows = [
        [why[number], *(_cell(columns().get(name), values.get(name, "")) for name in upload.columns)]
        for number, values in upload.rows
        if number in why
    ]
    return _csv([[BECAUSE, *upload.columns], *rows])


def because(line: Line) -> str:
    """Why a line was refused, in one text."""
    return " ".join(f"{name}: {what}" if name else what for name, what in line.reasons)


def _cell(column: Column | None, value: Value) -> str:
    if column and column.kind == "truth" and isinstance(value, str):
        return "yes" if value else "no"
    return value if isinstance(value, str) else "; ".join(value)


def _csv(rows: Iterable[Iterable[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows([guarded(cell) for cell in row] for row in rows)
    return BOM + file.getvalue()
