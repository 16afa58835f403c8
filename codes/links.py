"""Codes and headings as another page names them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from codes.naming import Called


def with_dates(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """A row, with dates under these names where it was read as JSON and they are text."""
    return row | {name: date.fromisoformat(row[name]) for name in names if isinstance(row[name], str)}


@dataclass(frozen=True)
class CodeLink(Called):
    """Another code, as this one's page names it. Where its title is None it is not loaded here, and has no page."""

    system: str
    code: str
    title: str | None = None

    @property
    def name(self) -> str:
        """As a note names it."""
        return self.code

    @property
    def url(self) -> str:
        """Its page, or an empty string."""
        return reverse("codes:code", args=[self.system, self.code.lower()]) if self.title is not None else ""


@dataclass(frozen=True)
class ListedCode(CodeLink):
    """A code in a list of codes, with what the list says of it."""

    billable: bool = True
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "ListedCode":
        """From JSON, where dates are text."""
        return cls(**with_dates(row, "valid_from", "valid_to"))

    def get_absolute_url(self) -> str:
        """Its page."""
        return self.url


@dataclass(frozen=True)
class HeadingLink:
    """A chapter or block above a code."""

    system: str
    pk: int
    slug: str
    label: str
    title: str

    @property
    def url(self) -> str:
        """Its browse page."""
        return reverse("codes:heading", args=[self.system, self.slug])

    @property
    def name(self) -> str:
        """As a note names it: the number or range, or the title where there is none."""
        return self.label or self.title
