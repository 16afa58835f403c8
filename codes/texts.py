"""The texts that apply to a code: its own, and those that it inherits from what stands above it.

The text of a locked kind does not even leave the database.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Case, F, Q, Value, When

from codes.gathered import Asking, Questions, with_release
from codes.links import CodeLink, HeadingLink
from codes.models import Section
from codes.models.dated import holding
from codes.sections import INHERITED

type Above = Mapping[tuple[int | None, int | None], HeadingLink | CodeLink]  # by heading id and code id, nearest first


@dataclass(frozen=True)
class Inherited:
    """Notes that apply because they stand on a category, block or chapter above."""

    source: HeadingLink | CodeLink
    section: Section


class Texts(Asking):
    """The sections of a code and of what stands `above` it, on a day.

    `shown` is the HTML of a section whose kind is `opened`, else None.
    """

    def __init__(self, code: Any, above: Above, opened: Collection[str], day: date) -> None:
        super().__init__()
        self.code, self.above, self.opened, self.day = code, above, opened, day

    def questions(self) -> Questions:
        """Which there are, and the text of those that are opened."""
        inherited = Q(code__in=self.code.lineage) | Q(heading__in=[*self.code.heading.lineage, self.code.heading_id])
        sections = Section.objects.filter(
            Q(code=self.code.pk) | (inherited & Q(kind__in=INHERITED)), holding(self.day)
        ).annotate(shown=Case(When(kind__in=self.opened, then=F("html")), default=Value(None)))
        return {"sections": with_release(sections.defer("text", "html"))}

    @cached_property
    def sections(self) -> list[Section]:
        """All of them, the code's own first, then those of what stands above it, the nearest first."""
        order = {(None, self.code.pk): -1} | {place: number for number, place in enumerate(self.above)}
        return sorted(self.answers["sections"], key=lambda section: order[section.heading_id, section.code_id])

    def own(self, kind: str) -> Section | None:
        """The code's own section of a kind."""
        return next((each for each in self._of(kind) if each.code_id == self.code.pk), None)

    def inherited(self, kind: str) -> list[Inherited]:
        """What it inherits of a kind."""
        above = [
            Inherited(self.above[each.heading_id, each.code_id], each)
            for each in self._of(kind)
            if each.code_id != self.code.pk
        ]
        if kind == "seventh-character":  # the nearest table decides, the ones above it are void
            return [] if self.own(kind) else above[:1]
        return above

    def hold(self, kind: str) -> bool:
        """Whether there is one of a kind, open or not."""
        return any(section.kind == kind for section in self.sections)

    def _of(self, kind: str) -> list[Section]:
        return [section for section in self.sections if section.kind == kind]
