"""The block of codes that are taken for each other: what each is, and what tells them apart."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.reader import Tier
from codes.blocks.block import DataBlock, Fact
from codes.edits import DATASETS
from codes.gathered import Questions
from codes.links import ListedCode
from codes.models import Code, Distinction, PtpEdit, RelativeValue, Release, Setting
from codes.models.fees import GLOBAL_DAYS
from codes.sections import SectionKind
from codes.systems import System

_FLAGS = "Flags"
_FIGURES = (Release.Dataset.MPFS, *DATASETS.values())


@dataclass(frozen=True)
class Difference:
    """One fact that is not the same of both codes."""

    label: str
    here: str
    there: str


@dataclass
class Neighbor:
    """A code that is taken for this one."""

    link: ListedCode
    drawn: Distinction | None = None  # our own sentence
    differences: list[Difference] = field(default_factory=list)
    edits: list[str] = field(default_factory=list)  # a sentence for each NCCI edit between the two

    @property
    def told(self) -> bool:
        """Whether anything is said of the two; flags alone, as of a visit and a surgery, tell nothing."""
        return bool(self.drawn or self.edits) or any(row.label != _FLAGS for row in self.differences)


class ToldApart(DataBlock):
    """Neighbors with our own sentence on what tells them apart, and with what loaded facts say of both."""

    kind = SectionKind(
        "told-apart",
        "Codes it is confused with",
        Tier.REGISTERED,
        "Its neighbors, what tells each of them apart from it, and whether the NCCI pairs the two.",
    )
    template = "codes/_told_apart.html"
    systems = (System.CPT, System.HCPCS)
    datasets = (Release.Dataset.OWN_TEXTS, *_FIGURES)
    after = "history"

    @classmethod
    def facts(cls, on: date) -> Mapping[str, Fact]:  # noqa: ARG003 - the same on every day
        """Whether we have a sentence on it."""
        return {"told_apart": Exists(Distinction.objects.filter(system=OuterRef("system"), code=OuterRef("code")))}

    @classmethod
    def holds(cls, code: Any, releases: Mapping[str, Release]) -> bool:
        """Where we have a sentence, or where related codes can be set beside it by figures."""
        related = any(row["kind"] == "related" for row in code.relation_rows)
        beside = related and any(dataset in releases for dataset in _FIGURES)
        return System(code.system) in cls.systems and bool(code.told_apart or beside)

    @property
    def _related(self) -> list[str]:
        return [row["code"] for row in self.code.relation_rows if row["kind"] == "related"]

    def questions(self) -> Questions:
        """Our sentences, what is known of the neighbors, and the figures and edits that are loaded."""
        code = self.code.code
        drawn = Distinction.objects.filter(system=self.code.system, code=code)
        others = drawn.values("other_code")
        near = Q(code__in=self._related) | Q(code__in=others)
        asked: dict[str, Any] = {
            "drawn": drawn.order_by("other_code"),
            "codes": Code.objects.order_by()
            .filter(near)
            .values("system", "code", "title", "own_title", "flags", "unit", "billable", "valid_from", "valid_to"),
        }
        if Release.Dataset.MPFS in self.releases:
            values = RelativeValue.objects.on(self.on).filter(near | Q(code=code), modifier="", qpp=False)
            asked["values"] = values.order_by().values("code", "global_days")
        if any(dataset in self.releases for dataset in DATASETS.values()):
            first = Q(column1=code) & (Q(column2__in=self._related) | Q(column2__in=others))
            second = Q(column2=code) & (Q(column1__in=self._related) | Q(column1__in=others))
            edits = PtpEdit.objects.on(self.on).exclude(indicator=PtpEdit.Indicator.NOT_APPLICABLE)
            asked["edits"] = (
                edits.filter(first | second).order_by().values("column1", "column2", "indicator", "setting")
            )
        return asked

    @cached_property
    def neighbors(self) -> list[Neighbor]:
        """Those of which something is said: first the ones that our own texts relate, in their order."""
        drawn = {row.other_code: row for row in self.answers["drawn"]}
        known = {row["code"]: row for row in self.answers["codes"]}
        days = {row["code"]: row["global_days"] for row in self.answers.get("values", [])}
        found = []
        for code in dict.fromkeys([*self._related, *drawn]):
            row = known.get(code)
            neighbor = Neighbor(_link(row) if row else ListedCode("", code), drawn.get(code))
            neighbor.differences += self._differences(row) if row else []
            neighbor.differences += self._days(days.get(self.code.code), days.get(code))
            neighbor.edits += list(self._edits(code))
            found.append(neighbor)
        return [neighbor for neighbor in found if neighbor.told]

    def _differences(self, row: Mapping[str, Any]) -> list[Difference]:
        """What our own texts state of both, where it is not the same."""
        if not (row["own_title"] and self.code.own_title):
            return []
        flags = Difference(_FLAGS, _flags(self.code.flags), _flags(row["flags"]))
        unit = Difference("One billed unit", self.code.unit, row["unit"])
        differs = [flags] if flags.here != flags.there else []
        return [*differs, unit] if unit.here and unit.there and unit.here != unit.there else differs

    def _days(self, here: str | None, there: str | None) -> list[Difference]:
        """The global days, where the fee schedule lists both codes."""
        if not here or not there or here == there:
            return []
        return [Difference("Global days", GLOBAL_DAYS.get(here, here), GLOBAL_DAYS.get(there, there))]

    def _edits(self, code: str) -> Iterator[str]:
        for row in self.answers.get("edits", []):
            if code in (row["column1"], row["column2"]):
                allowed = row["indicator"] == PtpEdit.Indicator.ALLOWED
                unless = ", unless an NCCI-associated modifier says why it should be" if allowed else ""
                closed = "" if allowed else " No modifier bypasses it."
                setting = Setting(row["setting"]).label.lower()
                yield f"NCCI, {setting}: {row['column2']} is not paid beside {row['column1']}{unless}.{closed}"

    @property
    def sentences(self) -> Distinction | None:
        """One of our own sentences, to say whose they are."""
        return next((neighbor.drawn for neighbor in self.neighbors if neighbor.drawn), None)

    @property
    def empty(self) -> bool:
        """Whether nothing is said of it and any other code."""
        return not self.neighbors


def _flags(flags: list[str]) -> str:
    return ", ".join(Code.Flag(flag).label for flag in sorted(flags) if flag != Code.Flag.HEADER) or "None"


def _link(row: Mapping[str, Any]) -> ListedCode:
    names = ("system", "code", "title", "billable", "valid_from", "valid_to")
    return ListedCode.of({name: row[name] for name in names})
