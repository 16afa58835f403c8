"""What Medicare's NCCI says of one code on a date of service: partners, units, and the codes it is added to.

A page names the release behind each answer, and an empty answer is worded as what it is: no edit in that release on
that day, which is not the same as payable.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import JSONObject

from codes.gathered import Answers, Questions, gather
from codes.links import CodeLink
from codes.models import AddOnEdit, Code, Mue, PtpEdit, Release, Setting
from codes.systems import System

FIRST = 10  # partners that a code's own page shows of each column

DATASETS = {
    Setting.PRACTITIONER: Release.Dataset.PTP_PRACTITIONER,
    Setting.HOSPITAL: Release.Dataset.PTP_HOSPITAL,
}
UNITS = {
    Setting.PRACTITIONER: Release.Dataset.MUE_PRACTITIONER,
    Setting.HOSPITAL: Release.Dataset.MUE_HOSPITAL,
    Setting.DME: Release.Dataset.MUE_DME,
}
_NOT_APPLICABLE = PtpEdit.Indicator.NOT_APPLICABLE
NCCI = [*DATASETS.values(), *UNITS.values(), Release.Dataset.ADD_ON]


@dataclass(frozen=True)
class Partner:
    """A code that an edit pairs with the one asked for."""

    code: str
    title: str
    url: str  # empty where the code is not loaded here
    indicator: int
    rationale: str
    since: date

    @classmethod
    def of(cls, row: dict[str, Any]) -> "Partner":
        """From a row of `partners`."""
        known = row["known"] or {}
        link = CodeLink(known.get("system", ""), row["other"], known.get("title"))
        since = row["valid_from"]  # as text where the row was gathered
        since = date.fromisoformat(since) if isinstance(since, str) else since
        return cls(row["other"], link.title or "", link.url, row["indicator"], row["reason"], since)


class CodeEdits:
    """The edits of one code, such as "20670", on a date of service.

    `answers` gives the rows to its `questions` where somebody else asks them; without it, each is asked when needed.
    """

    def __init__(
        self, code: str, on: date, releases: Mapping[str, Release], answers: Callable[[], Answers] | None = None
    ) -> None:
        self.code, self.on = code, on
        self.releases = releases  # the newest of each dataset
        self.answers = answers

    def questions(self) -> Questions:
        """What a code's own page shows: units, add-on pairs, how many partners there are, and the first of them."""
        either = Q(add_on=self.code) | Q(primary=self.code)
        units = Mue.objects.on(self.on).filter(code=self.code)
        asked: dict[str, QuerySet[Any, Any]] = {
            "units": units.annotate(reason=F("rationale__text"), version=F("release__version")),
            "pairs": AddOnEdit.objects.on(self.on).filter(either).order_by("add_on", "primary"),
        }
        sides = [(self.ptp(group.setting, column), column) for group in self.settings for column in (1, 2)]
        if sides:
            counts = [_counted(edits).annotate(side=Value(column)) for edits, column in sides]
            first = [partners(edits, column).annotate(side=Value(column))[:FIRST] for edits, column in sides]
            asked["counts"] = counts[0].union(*counts[1:], all=True)
            asked["first"] = first[0].union(*first[1:], all=True)
        return asked

    def _rows(self, name: str) -> list[Any]:
        asked = self.answers() if self.answers else gather({name: self.questions()[name]})
        return asked[name]

    def ptp(self, setting: Setting, column: int) -> QuerySet[PtpEdit]:
        """Edits on the day in which the code stands in a column, 1 or 2, in the order of the other code.

        Those of indicator 9, deleted as of the day they began, never held.
        """
        other = 3 - column
        edits: QuerySet[PtpEdit] = PtpEdit.objects.on(self.on).filter(setting=setting, **{f"column{column}": self.code})
        return edits.exclude(indicator=_NOT_APPLICABLE).order_by(f"column{other}").select_related("rationale")

    @cached_property
    def settings(self) -> "list[SettingEdits]":
        """The edits of each setting whose release is loaded."""
        return [
            SettingEdits(self, setting, self.releases[dataset])
            for setting, dataset in DATASETS.items()
            if dataset in self.releases
        ]

    @property
    def missing(self) -> list[str]:
        """Names of the NCCI data sets of which no release is loaded: of these, nothing is known here."""
        return [dataset.label for dataset in NCCI if dataset not in self.releases]

    @property
    def unit_sources(self) -> list[Release]:
        """The releases of units that hold on the day or held last: none of a later day."""
        loaded = (self.releases[dataset] for dataset in UNITS.values() if dataset in self.releases)
        return [release for release in loaded if release.effective <= self.on]

    @cached_property
    def units(self) -> list[Mue]:
        """The most units a day in each setting, each with its `reason` and the `version` of its release."""
        return self._rows("units")

    @cached_property
    def pairs(self) -> list[AddOnEdit]:
        """The pairs of add-on and primary code on the day in which it is either."""
        return self._rows("pairs")

    @property
    def primaries(self) -> list[AddOnEdit]:
        """For an add-on code: the primary codes it is payable beside."""
        return [pair for pair in self.pairs if pair.add_on == self.code]

    @property
    def add_ons(self) -> list[AddOnEdit]:
        """For a primary code: the add-on codes that may accompany it."""
        return [pair for pair in self.pairs if pair.add_on != self.code]

    @cached_property
    def counts(self) -> dict[tuple[str, int], int]:
        """How many edits on the day have the code in a column, by setting and column."""
        rows = self._rows("counts") if self.settings else []
        return {(row["setting"], row["side"]): row["many"] for row in rows}

    @cached_property
    def first(self) -> dict[tuple[str, int], list[Partner]]:
        """The first few partners of each setting and column."""
        found: dict[tuple[str, int], list[Partner]] = {}
        rows = self._rows("first") if self.settings else []
        for row in sorted(rows, key=lambda row: row["other"]):
            found.setdefault((row["setting"], row["side"]), []).append(Partner.of(row))
        return found


@dataclass(frozen=True)
class SettingEdits:
    """The edits of one code in one setting."""

    edits: CodeEdits
    setting: Setting
    release: Release

    @property
    def columns(self) -> "list[ColumnEdits]":
        """First those in which the code stands in column 1, then the others."""
        return [ColumnEdits(self, 1), ColumnEdits(self, 2)]


@dataclass(frozen=True)
class ColumnEdits:
    """The edits in which the code stands in one column."""

    of: SettingEdits
    column: int

    @property
    def count(self) -> int:
        """How many there are on the day."""
        return self.of.edits.counts.get((self.of.setting, self.column), 0)

    @property
    def first(self) -> list[Partner]:
        """The first few."""
        return self.of.edits.first.get((self.of.setting, self.column), [])


def _counted(edits: QuerySet[PtpEdit]) -> QuerySet[PtpEdit, Any]:
    """How many edits of one column there are, read from its own index."""
    return edits.select_related(None).order_by().values("setting").annotate(many=Count("pk"))


def partners(edits: QuerySet[PtpEdit], column: int) -> QuerySet[PtpEdit, Any]:
    """Edits as rows that `Partner.of` reads: the other code of each, with its title where it is loaded here."""
    other = f"column{3 - column}"
    known = Code.objects.filter(Q(system=System.CPT) | Q(system=System.HCPCS), code=OuterRef(other))
    return edits.select_related(None).values(
        "setting",
        "indicator",
        "valid_from",
        other=F(other),
        reason=F("rationale__text"),
        known=Subquery(known.values(row=JSONObject(system="system", title="title"))[:1]),
    )
