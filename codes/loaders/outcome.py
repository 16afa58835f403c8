"""What a loader answers: what was loaded, what was refused, and why."""

from dataclasses import dataclass, field
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


@dataclass(frozen=True)
class Outcome:
    """The answer of one load."""

    release: Release
    fresh: bool  # False: the very same content was loaded before, so nothing was changed
    refused: list[RefusedLine] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=dict)  # what is not ours to show, and how many rows of it
