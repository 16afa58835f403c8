"""Invented files in the layouts of their owners."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
TITLES = [
    "An invented file, for tests\t\t\t\t\t\t",
    "Column1/Column2 Edits\t\t\t\t\t\t",
    "Column 1\tColumn 2\t*=in existence\tEffective\tDeletion\tModifier\tPTP Edit Rationale",
    "\t\tprior to 1996\tDate\tDate\t0=not allowed\t",
    "\t\t\t\t*=no data\t1=allowed\t",
    "\t\t\t\t\t9=not applicable\t",
]
JULY, OCTOBER = "ccipra-v322r0-f1.TXT", "ccipra-v323r0-f1.TXT"
Q3, Q4 = date(2026, 7, 1), date(2026, 10, 1)


def edit(one: str, two: str, begins: str = "20200101", ends: str = "*", modifier: str = "1", old: str = "") -> str:
    """One line of a PTP file."""
    return "\t".join([one, two, old, begins, ends, modifier, "Invented rationale"])


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    """Writes a PTP file of these lines under the usual titles."""

    def write(*lines: str, name: str = JULY) -> Path:
        path = tmp_path / name
        path.write_bytes(("\r\n".join([*TITLES, *lines]) + "\r\n").encode("cp1252"))
        return path

    return write


def load(*arguments: object, **options: object) -> list[str]:
    """What the command says."""
    out = StringIO()
    call_command("load", *map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()
