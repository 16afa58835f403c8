"""The block of changes: what each release changed on the code, and the way to any two dates side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from itertools import pairwise
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.reader import Tier
from codes.blocks.block import DataBlock, Fact
from codes.gathered import Questions, with_release
from codes.links import with_dates
from codes.models import Change, Release
from codes.sections import SectionKind
from codes.systems import System
from codes.wording import Piece, words


@dataclass(frozen=True)
class Event:
    """One change: since when it holds, what it is in words, and the release that brought it."""

    day: date
    words: str
    release: Release
    marked: list[Piece] = field(default_factory=list)  # a title before and after


class Changes(DataBlock):
    """Every change that the loaded releases made, the newest first."""

    kind = SectionKind(
        "changes",
        "Changes by release",
        Tier.REGISTERED,
        "Each change with its date and release, and what differs between any two dates of service.",
    )
    template = "codes/_changes.html"
    systems = tuple(System)
    datasets = (Release.Dataset.ICD10CM, Release.Dataset.HCPCS, Release.Dataset.OWN_TEXTS)
    after = "history"

    @classmethod
    def facts(cls, on: date) -> Mapping[str, Fact]:  # noqa: ARG003 - the same on every day
        """The oldest release of its code set that is loaded, and whether any release changed the code."""
        row = JSONObject(title="title", version="version", effective="effective", dataset="dataset")
        oldest = Release.objects.filter(dataset=OuterRef("system")).order_by("effective", "pk")
        return {
            "oldest_release": Subquery(oldest.values(row=row)[:1]),
            "changed": Exists(Change.objects.filter(code=OuterRef("pk"))),
        }

    @classmethod
    def holds(cls, code: Any, releases: Mapping[str, Release]) -> bool:  # noqa: ARG003 - `changed` and the oldest tell
        """A code that only our texts know has none before a text of it changed."""
        return code.changed or (code.oldest_release is not None and not code.release.own)

    def questions(self) -> Questions:
        """Its changes, each with the release that brought it."""
        return {"changes": with_release(Change.objects.filter(code=self.code.pk))}

    @property
    def sources(self) -> list[Release]:
        """The release of its code set; of a code that only our texts know, theirs."""
        named = self.code.system if self.code.system in self.releases else Release.Dataset.OWN_TEXTS
        return [self.releases[named]]

    @cached_property
    def events(self) -> list[Event]:
        """All changes, the newest first."""
        return sorted(map(self._event, self.answers["changes"]), key=lambda event: event.day, reverse=True)

    @property
    def begins(self) -> bool:
        """Whether one of the changes is that it was added."""
        return any(event.words == Change.Kind.ADDED.label for event in self.events)

    @property
    def oldest(self) -> Release | None:
        """The oldest release of its code set that is loaded, before which nothing is known here."""
        row = self.code.oldest_release
        return Release(**with_dates(row, "effective")) if row else None

    @property
    def first(self) -> date:
        """What the comparison starts from: the day before the day of the page's last change, or before its release."""
        newest = self.events[0].day if self.events else self.sources[0].effective
        return newest - timedelta(days=1)

    def _event(self, change: Change) -> Event:
        release = change.release
        day = change.at.date() if release.own else release.effective
        before, after = self._listings(release.effective)
        kind = Change.Kind(change.kind)
        if kind == Change.Kind.RENAMED and before:
            return Event(day, "Title changed", release, words(before["title"], after["title"]))
        if kind == Change.Kind.BILLABLE and before:
            return Event(day, _BILLABLE[after["billable"]], release)
        return Event(day, f"{kind.label}: {change.note}" if change.note else kind.label, release)

    def _listings(self, day: date) -> tuple[dict[str, Any] | None, dict[str, Any]]:
        """How the code was listed until a day, and from that day on."""
        today = {"title": self.code.official_title, "billable": self.code.billable}
        rows = [*(with_dates(row, "valid_from", "valid_to") for row in self.code.former_rows)]
        for row, following in pairwise([*rows, today]):
            if row["valid_to"] == day:
                return row, following
        return None, today


_BILLABLE = {True: "Billable", False: "No longer billable: it was divided and needs more characters"}
