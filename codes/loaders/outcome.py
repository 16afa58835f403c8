"""What a loader answers: what was loaded, what was refused, and why."""

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from codes.models import Release


class FileRefused(Exception):
    """The file as a whole cannot be loaded. The message says why in one sentence; nothing was changed."""


class RefusedLine(NamedTuple):
    """One line that was left out. Lines count from 1."""

    line: int
    reason: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.reason}"


class Tally(NamedTuple):
    """How many rows a release changed."""

    added: int
    changed: int
    ended: int
    unchanged: int


class Licensed(NamedTuple):
    """Under which license an operator loads what is not public: the edition's year, and who holds the license."""

    edition: int
    holder: str


@dataclass(frozen=True)
class Order:
    """What whoever runs a load asks for."""

    at: datetime
    by: str = ""  # who runs it; empty: the site itself
    effective: date | None = None  # where the file does not say it
    dry_run: bool = False  # read, check and compare, then change nothing
    keep_good: Path | None = None  # where bad lines are written, instead of refusing the file
    amend: bool = False  # the files hold repaired lines alone: they are added to the release of their day
    show_progress: bool = False
    license: Licensed | None = None


@dataclass(frozen=True)
class Outcome:
    """The answer of one load."""

    release: Release
    fresh: bool  # False: the very same content was loaded before, so nothing was changed
    refused: list[RefusedLine] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)  # what is not ours to show, and how many rows of it
    tally: Tally | None = None  # for table-like datasets
