"""Tables that are opened with a spreadsheet, and cells on their way there and back."""

import csv
from collections.abc import Iterable, Sequence
from itertools import chain

from django.http import HttpResponse

# What a spreadsheet takes for a formula or for the end of a cell (OWASP, "CSV injection").
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # noqa: RUF001 - full-width signs too


def guarded(text: str) -> str:
    """A cell that a spreadsheet shows and does not run: an apostrophe goes before what begins like a formula."""
    return f"'{text}" if _runs(text) else text


def unguarded(text: str) -> str:
    """A cell without the apostrophe that `guarded` has put before it."""
    return text[1:] if text.startswith("'") and _runs(text[1:]) else text


def _runs(text: str) -> bool:
    return text.lstrip(" ").startswith(_STARTS_A_FORMULA)


def csv_file(name: str, head: Sequence[str], rows: Iterable[Sequence[object]]) -> HttpResponse:
    """A table as a file to download (RFC 4180), with a byte order mark, by which spreadsheets know UTF-8."""
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    writer = csv.writer(response)
    writer.writerows([guarded(cell) if isinstance(cell, str) else cell for cell in row] for row in chain([head], rows))
    return response
