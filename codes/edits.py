"""What Medicare's NCCI says of one code on a date of service: partners, units, and the codes it is added to.

A page names the release behind each answer, and an empty answer is worded as what it is: no edit in that release on
that day, which is not the same as payable.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.db.models import Q, QuerySet

from codes.models import AddOnEdit, Code, Mue, PtpEdit, Release, Setting
from codes.systems import System

FIRST = 10  # partners that a code's own page shows of each column

DATASETS = {
    Setting.PRACTITIONER: Release.Dataset.PTP_PRACTITIONER,
    Setting.HOSPITAL: Release.Dataset.PTP_HOSPITAL,
}
UNITS = [Release.Dataset.MUE_PRACTITIONER, Release.Dataset.MUE_HOSPITAL, Release.Dataset.MUE_DME]
NCCI = [*DATASETS.values(), *UNITS, Release.Dataset.ADD_ON]


@dataclass(frozen=True)
class Partner:
    """A code that an edit pairs with the one asked for."""

    code: str
    title: str
    url: str  # empty where the code is not loaded here
    edit: PtpEdit


class CodeEdits:
    """The edits of one code, such as "20670", on a date of service."""

    def __init__(self, code: str, on: date, releases: Mapping[str, Release]) -> None:
        self.code, self.on = code, on
        self.releases = releases  # the newest of each dataset

    def ptp(self, setting: Setting, column: int) -> QuerySet[PtpEdit]:
        """Edits on the day in which the code stands in a column, 1 or 2, in the order of the other code."""
        other = 3 - column
        edits: QuerySet[PtpEdit] = PtpEdit.objects.on(self.on).filter(setting=setting, **{f"column{column}": self.code})
        return (
            edits.exclude(indicator=PtpEdit.Indicator.NOT_APPLICABLE)
            .order_by(f"column{other}")
            .select_related("rationale")
        )

    @cached_property
    def settings(self) -> "list[SettingEdits]":
        """The edits of each setting whose release is loaded."""
        return [
            SettingEdits(self, setting, self.releases[dataset])
            for setting, dataset in DATASETS.items()
            if dataset in self.releases
        ]

    @cached_property
    def units(self) -> list[Mue]:
        """The most units a day in each setting."""
        return list(Mue.objects.on(self.on).filter(code=self.code).select_related("rationale", "release"))

    @cached_property
    def primaries(self) -> list[AddOnEdit]:
        """For an add-on code: the primary codes it is payable beside."""
        return list(
            AddOnEdit.objects.on(self.on).filter(add_on=self.code).order_by("primary").select_related("release")
        )

    @cached_property
    def add_ons(self) -> list[AddOnEdit]:
        """For a primary code: the add-on codes that may accompany it."""
        return list(
            AddOnEdit.objects.on(self.on).filter(primary=self.code).order_by("add_on").select_related("release")
        )


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

    @cached_property
    def count(self) -> int:
        """How many there are on the day."""
        return self.of.edits.ptp(self.of.setting, self.column).order_by().count()

    @property
    def first(self) -> list[Partner]:
        """The first few."""
        return partners(self.of.edits.ptp(self.of.setting, self.column)[:FIRST], self.column)


def partners(edits: Iterable[PtpEdit], column: int) -> list[Partner]:
    """The other code of each edit, with its title and page where it is loaded here. Two queries."""
    listed = list(edits)
    others = [edit.column2 if column == 1 else edit.column1 for edit in listed]
    known = Code.objects.filter(Q(system=System.CPT) | Q(system=System.HCPCS), code__in=others)
    titles = {code.code: code for code in known.only("system", "code", "title")}
    return [
        Partner(other, titles[other].title, titles[other].get_absolute_url(), edit)
        if other in titles
        else Partner(other, "", "", edit)
        for other, edit in zip(others, listed, strict=True)
    ]
