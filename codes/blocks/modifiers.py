"""The block of modifiers: which apply to the code, why, and who says so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, ExpressionWrapper, F, Func, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts.reader import Tier
from codes.blocks.block import DataBlock, Fact
from codes.blocks.payment import VALUES
from codes.fees import CodeFees
from codes.gathered import Questions
from codes.models import Modifier, RelativeValue, Release
from codes.models.fees import Assistant, Bilateral, CoSurgeon, MultipleProcedure, PcTc, Team
from codes.sections import SectionKind
from codes.systems import System

_DERIVED = ["24", "25", "26", "50", "51", "54", "55", "57", "58", "62", "66", "78", "79", "80", "81", "82"]
_DERIVED += ["AS", "LT", "RT", "TC"]
_EXACT = ["XE", "XP", "XS", "XU"]  # each says for one reason what 59 says for all of them
_REPORT = ", where the record shows why it was needed"


@dataclass
class Applied:
    """One modifier beside the code: what it means in general, and each reason why it applies."""

    code: str
    title: str
    ncci: bool = False
    by_schedule: list[str] = field(default_factory=list)  # sentences that follow from the fee schedule
    ours: str = ""  # from our own texts


class Modifiers(DataBlock):
    """The modifiers that follow from the fee schedule's indicators, and those that our own texts name."""

    kind = SectionKind(
        "modifiers-that-apply",
        "Modifiers that apply, and why",
        Tier.FREE,
        "Each modifier with its reason: the fee schedule's indicators, or our own texts.",
    )
    template = "codes/_modifiers.html"
    systems = (System.CPT, System.HCPCS)
    datasets = VALUES
    after = "modifiers"

    @classmethod
    def holds(cls, code: Any, releases: Mapping[str, Release]) -> bool:
        """Where our own texts name some, it needs no release."""
        return bool(code.modifiers) or super().holds(code, releases)

    @classmethod
    def facts(cls, on: date) -> Mapping[str, Fact]:  # noqa: ARG003 - the same on every day
        """What is said here of the modifiers that could apply."""
        ours = Func(F("code"), OuterRef("modifiers"), template="%(expressions)s)", arg_joiner=" = ANY(")
        could = Modifier.objects.annotate(ours=ExpressionWrapper(ours, BooleanField()))
        row = JSONObject(code="code", title="title", text="text", ncci="ncci")
        return {
            "modifier_rows": ArraySubquery(could.filter(Q(ours=True) | Q(code__in=_DERIVED + _EXACT)).values(row=row))
        }

    def questions(self) -> Questions:
        """The code's rows of the fee schedule, where one is loaded."""
        if not any(dataset in self.releases for dataset in VALUES):
            return {}
        rows = RelativeValue.objects.on(self.on).filter(code=self.code.code)
        return {"values": rows.order_by("modifier", "qpp")}

    @cached_property
    def applied(self) -> list[Applied]:
        """Each modifier once, figures before letters."""
        known = {row["code"]: row for row in self.code.modifier_rows}
        found: dict[str, Applied] = {}

        def named(code: str) -> Applied:
            about = known.get(code, {"title": "Not described here yet", "ncci": False})
            return found.setdefault(code, Applied(code, about["title"], about["ncci"]))

        rows = CodeFees(self.code.code, self.on, self.answers.get("values", []))
        if row := rows.row():
            for codes, why in _follow(row):
                for code in codes.split():
                    named(code).by_schedule.append(why)
        for code in [*self.ours, *(_EXACT if "59" in self.ours else [])]:
            named(code).ours = known[code]["text"] if code in known else ""
        return sorted(found.values(), key=lambda each: each.code)

    @property
    def ours(self) -> list[str]:
        """Those that our own texts name."""
        return self.code.modifiers

    @property
    def empty(self) -> bool:
        """Whether neither says anything."""
        return not self.applied


def _follow(row: RelativeValue) -> Iterator[tuple[str, str]]:
    """Modifiers that follow from a row's indicators, each with a sentence. Source: the layout RVU26A, attachment A."""
    if row.pc_tc == PcTc.DIAGNOSTIC:
        yield "26", "PC/TC indicator 1: the professional part is paid by itself."
        yield "TC", "PC/TC indicator 1: the technical part is paid by itself."
    if row.pc_tc == PcTc.LAB_INTERPRETATION:
        yield "26", "PC/TC indicator 6: a physician's interpretation of the laboratory test is paid by itself."
    if row.bilateral == Bilateral.ADJUSTED:
        yield "50", "Bilateral indicator 1: both sides in one session pay 150% of one."
        yield "LT RT", "Bilateral indicator 1: it is done on one of two sides, and the claim says which."
    if row.bilateral == Bilateral.EACH_SIDE:
        yield "50 LT RT", "Bilateral indicator 3: each side is paid in full."
    if row.multiple_procedure in (MultipleProcedure.STANDARD, MultipleProcedure.ENDOSCOPY):
        yield "51", f"Multiple procedure indicator {row.multiple_procedure}: a further procedure of the day is reduced."
    yield from _surgeons(row)
    yield from _global(row)


def _surgeons(row: RelativeValue) -> Iterator[tuple[str, str]]:
    if row.assistant in (Assistant.PAID, Assistant.DOCUMENTED):
        report = _REPORT if row.assistant == Assistant.DOCUMENTED else ""
        yield "80 81 82 AS", f"Assistant indicator {row.assistant}: an assistant at surgery may be paid{report}."
    if row.co_surgeon in (CoSurgeon.PERMITTED, CoSurgeon.DOCUMENTED):
        report = _REPORT if row.co_surgeon == CoSurgeon.DOCUMENTED else ""
        yield "62", f"Co-surgeon indicator {row.co_surgeon}: two surgeons may be paid{report}."
    if row.team in (Team.PERMITTED, Team.DOCUMENTED):
        yield "66", f"Team indicator {row.team}: a surgical team may be paid, by report."


def _global(row: RelativeValue) -> Iterator[tuple[str, str]]:
    """What the global period brings: on the visits around the procedure, and on what is done after it."""
    days = {"000": "0", "010": "10", "090": "90"}.get(row.global_days)
    if days is None:
        return
    if days in ("0", "10"):
        yield "25", f"Global period of {days} days: on a visit of the same day that is significant and separate."
    if days == "90":
        yield "57", "Global period of 90 days: on the visit of that day or the day before that led to the surgery."
    if days != "0":
        period = f"Within the {days} days after it"
        yield "24", f"{period}: on a visit for another problem."
        yield "58", f"{period}: on a staged, more extensive or therapeutic procedure that follows it."
        yield "78", f"{period}: on an unplanned return to the operating room for a related problem."
        yield "79", f"{period}: on an unrelated procedure by the same physician."
    if days != "0" and row.postoperative:
        yield (
            "54 55",
            f"Global period of {days} days: where one physician operates and another gives the care after it.",
        )
