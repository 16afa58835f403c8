"""The block of payment: relative values, indicators in words, and fees worked out step by step."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from typing import Any

from django import forms

from accounts.reader import Tier
from codes import payment
from codes.blocks.block import DataBlock
from codes.fees import COMPONENTS, NATIONAL, CodeFees, Terms, with_base
from codes.gathered import Questions
from codes.models import (
    AnesthesiaFactor,
    AnesthesiaUnits,
    Gpci,
    HcpcsIndicators,
    LocalityAmount,
    RelativeValue,
    Release,
)
from codes.models.fees import Bilateral, CoSurgeon, MultipleProcedure, Status
from codes.payment import ANESTHESIA_SHARES, Payment, Step
from codes.sections import SectionKind
from codes.systems import System

VALUES = (Release.Dataset.MPFS, Release.Dataset.MPFS_QPP)
_PLACE = re.compile(r"(\d{5})-(\d{2})")
_COMPONENT_NAMES = {"": "Whole service", "26": "Professional part", "TC": "Technical part", "53": "Stopped early"}
_ANESTHETISTS = {
    "AA": "AA, the anesthesiologist alone",
    "QZ": "QZ, a CRNA without medical direction",
    "QK": "QK, directing two to four cases",
    "QX": "QX, a CRNA with medical direction",
    "QY": "QY, directing one CRNA",
}


class FeeForm(forms.Form):
    """For whom and where a fee is asked. Without a choice: national, outside a facility."""

    locality = forms.ChoiceField(
        label="Payment locality",
        required=False,
        error_messages={"invalid_choice": "There is no payment locality “%(value)s” on this day. Choose one below."},
    )
    setting = forms.ChoiceField(
        label="Setting",
        choices=[("nonfacility", "Office, non-facility"), ("facility", "Facility")],
        required=False,
        error_messages={"invalid_choice": "Choose the office or a facility."},
    )
    apm = forms.ChoiceField(
        label="Clinician",
        choices=[("", "All other clinicians"), ("qualifying", "Qualifying APM participant")],
        required=False,
    )
    base = forms.IntegerField(
        label="Base units",
        min_value=0,
        max_value=60,
        required=False,
        error_messages={"invalid": "Write the base units as a whole number, such as 4."},
    )
    minutes = forms.IntegerField(
        label="Minutes of anesthesia",
        min_value=1,
        max_value=1440,
        required=False,
        error_messages={"invalid": "Write the time in whole minutes, such as 75."},
    )
    anesthetist = forms.ChoiceField(
        label="Who gave it", choices=[(code, _ANESTHETISTS[code]) for code in ANESTHESIA_SHARES], required=False
    )

    def __init__(self, chosen: Mapping[str, str], places: list[Gpci], *, apm: bool, anesthesia: bool) -> None:
        super().__init__(chosen, auto_id="fee-%s")
        listed = [(key(place), f"{place.state}: {in_letters(place.name)}") for place in places]
        locality = self.fields["locality"]
        assert isinstance(locality, forms.ChoiceField)  # noqa: S101 - declared above
        locality.choices = [("", "National, before any locality"), *listed]
        unused = [*([] if apm else ["apm"]), *([] if anesthesia else ["base", "minutes", "anesthetist"])]
        for name in [*unused, *(["setting"] if anesthesia else [])]:
            del self.fields[name]


def key(place: Gpci) -> str:
    """A locality as addresses name it: "10112-00"."""
    return f"{place.contractor}-{place.locality}"


def in_letters(name: str) -> str:
    """A name in capitals, as CMS writes it, in ordinary letters.

    >>> in_letters("NYC SUBURBS/LONG ISLAND"), in_letters("SEATTLE (KING CNTY)"), in_letters("DC + MD/VA SUBURBS")
    ('NYC Suburbs/Long Island', 'Seattle (King County)', 'DC + MD/VA Suburbs')
    """
    return re.sub(r"[A-Za-z']+", lambda word: _WRITTEN.get(word[0].upper(), word[0].capitalize()), name).rstrip("* ")


_WRITTEN = {word.upper(): word for word in ("of", "and", "the", "DC", "MD", "VA", "NJ", "NYC")} | {
    "CNTY": "County",
    "CNTYS": "Counties",
}


@dataclass(frozen=True)
class Valued:
    """One component of the code in one setting: its relative values, and its fee where one follows from them."""

    component: str
    facility: bool
    row: RelativeValue
    fee: Payment | None
    chosen: bool

    @property
    def practice(self) -> Decimal:
        """Practice expense RVUs."""
        return self.row.pe_facility if self.facility else self.row.pe_nonfacility

    @property
    def total(self) -> Decimal:
        """All RVUs."""
        return self.row.total_facility if self.facility else self.row.total_nonfacility

    @property
    def rare(self) -> bool:
        """Whether it is rarely or never done there, and the values are those of the other setting."""
        return self.row.na_facility if self.facility else self.row.na_nonfacility


@dataclass(frozen=True)
class Indicator:
    """One payment indicator: what it is about, what its value means, and the value."""

    name: str
    meaning: str
    value: str


class PaymentTerms(DataBlock):
    """What Medicare's physician fee schedule says of the code on the day, and what it pays for it."""

    kind = SectionKind(
        "payment",
        "Payment",
        Tier.REGISTERED,
        "RVUs, global days and indicators in words, and the fee for your locality, step by step.",
    )
    template = "codes/_payment.html"
    systems = (System.CPT, System.HCPCS)
    datasets = VALUES
    parameters = ("locality", "setting", "apm", "base", "minutes", "anesthetist")
    remembered = ("locality", "setting", "apm", "anesthetist")

    def questions(self) -> Questions:
        """Its rows and those of its endoscopic base, the localities, and what is known of the chosen one."""
        code, on = self.code.code, self.on
        asked: dict[str, Any] = {
            "values": with_base(code, on),
            "places": Gpci.objects.on(on).order_by("state", "name"),
        }
        if chosen := _PLACE.fullmatch(self.chosen.get("locality", "")):
            amounts = LocalityAmount.objects.at(*chosen.groups()).on(on)
            asked["published"] = amounts.filter(code=code).order_by("modifier")
            asked["factors"] = AnesthesiaFactor.objects.at(*chosen.groups()).on(on).order_by("qpp")
        if self.code.system == System.CPT:
            asked["units"] = AnesthesiaUnits.objects.on(on).filter(code=code)
        else:
            asked["indicators"] = HcpcsIndicators.objects.on(on).filter(code=code)[:1]
        return asked

    @property
    def sources(self) -> list[Release]:
        """The relative values, and what the fee was worked out with besides."""
        used = [*VALUES]
        if not self.empty and self.place is not NATIONAL:
            used += [Release.Dataset.GPCI]
            used += [Release.Dataset.PFALL] if self.published else []
            used += [Release.Dataset.ANESTHESIA] if self.anesthesia else []
        if not self.empty and self.anesthesia and self.answers.get("units"):
            used += [Release.Dataset.ANESTHESIA_UNITS]
        if not self.empty and self.paid_elsewhere:
            used += [Release.Dataset.HCPCS]
        return [self.releases[each] for each in used if each in self.releases]

    @property
    def empty(self) -> bool:
        """Whether the fee schedule does not list the code on the day."""
        return not self.fees.rows

    # What was asked.

    @cached_property
    def fees(self) -> CodeFees:
        """The code's own rows and what they pay."""
        return CodeFees(self.code.code, self.on, self.answers["values"])

    @cached_property
    def form(self) -> FeeForm:
        """The choice of the reader, with what is wrong with it."""
        default = {"setting": "facility" if self.row.na_nonfacility and not self.row.na_facility else "nonfacility"}
        units = {"base": f"{self.base_units}"} if self.base_units else {}
        chosen = {name: value for name, value in self.chosen.items() if value or name == "locality"}
        apm = any(row.qpp for row in self.fees.rows)
        form = FeeForm({**default, **units, **chosen}, self.answers["places"], apm=apm, anesthesia=self.anesthesia)
        form.is_valid()
        return form

    @cached_property
    def place(self) -> Gpci:
        """The chosen locality; without a choice the whole country, all indices 1."""
        chosen = self.form.cleaned_data.get("locality")
        return next((place for place in self.answers["places"] if key(place) == chosen), NATIONAL)

    @property
    def place_name(self) -> str:
        """The chosen locality in words; empty: national."""
        return "" if self.place is NATIONAL else f"{in_letters(self.place.name)}, {self.place.state}"

    @property
    def facility(self) -> bool:
        """Whether the fee of a facility is asked."""
        return self.form.cleaned_data.get("setting") == "facility"

    @property
    def qpp(self) -> bool:
        """Whether the clinician is a qualifying APM participant."""
        return self.form.cleaned_data.get("apm") == "qualifying"

    # What the schedule says.

    @property
    def row(self) -> RelativeValue:
        """The row of the whole service, or the only one."""
        return self.fees.row() or self.fees.rows[0]

    @cached_property
    def valued(self) -> list[Valued]:
        """Each component in each setting."""
        listed = []
        for component in ("", *COMPONENTS):
            row = self.fees.row(component, qpp=self.qpp)
            if row is None or row.modifier != component:
                continue
            for facility in (False, True):
                fee = self.fees.fee(self._terms(facility), component)
                chosen = not component and facility == self.facility
                listed.append(Valued(_COMPONENT_NAMES[component], facility, row, fee, chosen))
        return listed

    @property
    def stale(self) -> str:
        """What stands beside each amount whose relative values are older than the day; empty where they hold."""
        release = self.releases.get(Release.Dataset.MPFS) or self.releases[Release.Dataset.MPFS_QPP]
        return f"Out of date: {release.version}" if release.overdue(self.on) else ""

    @property
    def paid_elsewhere(self) -> str:
        """What pays for a code that the schedule excludes, as far as CMS's pricing indicator says so."""
        rows: list[HcpcsIndicators] = self.answers.get("indicators", [])
        excluded = self.row.status in (Status.EXCLUDED, Status.STATUTORY)
        return next((row.paid_elsewhere for row in rows), "") if excluded else ""

    @property
    def components(self) -> bool:
        """Whether it splits into a professional and a technical part."""
        return any(each.row.modifier for each in self.valued)

    @cached_property
    def fee(self) -> Payment | None:
        """The fee of the whole service as it was asked."""
        return self.fees.fee(self._terms(self.facility))

    @property
    def derived(self) -> list[Step]:
        """What follows from the fee: both sides, a further procedure, other surgeons, nonparticipation."""
        return list(self._derived(self.fee)) if self.fee else []

    def _derived(self, fee: Payment) -> Iterator[Step]:
        row = self.row
        if row.bilateral in (Bilateral.ADJUSTED, Bilateral.INCLUDED, Bilateral.EACH_SIDE):
            yield _named("Both sides (modifier 50)", payment.bilateral(fee, row.bilateral))
        if row.multiple_procedure not in (MultipleProcedure.NONE, MultipleProcedure.NOT_APPLICABLE):
            line = self.fees.line(self._terms(self.facility))
            if line and (further := payment.multiple([line, line])[1]) != line.payment:
                yield _named("Once more on the day, or beside one that pays as much", further)
        if row.assistant in (0, 2):
            yield _named("Assistant at surgery, a physician (80, 81, 82)", payment.assistant(fee, row.assistant))
            other = payment.assistant(fee, row.assistant, physician=False)
            yield _named("Assistant at surgery, a PA, NP or CNS (AS)", other)
        if row.co_surgeon in (CoSurgeon.DOCUMENTED, CoSurgeon.PERMITTED):
            yield _named("Each of two surgeons (62)", payment.co_surgeon(fee, row.co_surgeon))
        yield _named("Fee of a nonparticipating clinician", payment.nonparticipating(fee))
        yield _named("Limiting charge", payment.limiting_charge(fee))

    @property
    def published(self) -> LocalityAmount | None:
        """The amount that CMS itself states for the chosen locality."""
        amounts: list[LocalityAmount] = self.answers.get("published", [])
        return next((amount for amount in amounts if not amount.modifier), None)

    @property
    def published_amount(self) -> Decimal | None:
        """That amount in the chosen setting."""
        if self.published is None:
            return None
        return self.published.facility if self.facility else self.published.nonfacility

    @property
    def indicators(self) -> list[Indicator]:
        """The payment indicators that say something."""
        return [each for each in self._indicators if each.meaning != _DOES_NOT_APPLY]

    @property
    def not_applicable(self) -> list[str]:
        """Names of the indicators that do not apply."""
        return [each.name.lower() for each in self._indicators if each.meaning == _DOES_NOT_APPLY]

    @property
    def _indicators(self) -> list[Indicator]:
        row = self.row
        named = [
            Indicator("Global days", row.get_global_days_display(), row.global_days),
            Indicator("Share of the global fee", self._shares, ""),
            Indicator("Multiple procedures", row.get_multiple_procedure_display(), f"{row.multiple_procedure}"),
            Indicator("Both sides", row.get_bilateral_display(), f"{row.bilateral}"),
            Indicator("Assistant at surgery", row.get_assistant_display(), f"{row.assistant}"),
            Indicator("Co-surgeons", row.get_co_surgeon_display(), f"{row.co_surgeon}"),
            Indicator("Surgical team", row.get_team_display(), f"{row.team}"),
            Indicator("Professional and technical part", row.get_pc_tc_display(), f"{row.pc_tc}"),
            Indicator("Endoscopic base", row.endoscopic_base and "The code whose fee the family shares", ""),
            Indicator("Supervision", row.get_supervision_display(), row.supervision),
            Indicator("Imaging family", _FAMILIES.get(row.imaging_family, ""), row.imaging_family),
        ]
        return [each for each in named if each.meaning]

    @property
    def _shares(self) -> str:
        parts = (self.row.preoperative, self.row.intraoperative, self.row.postoperative)
        if not any(parts):
            return ""
        before, during, after = (f"{part * 100:.0f}%" for part in parts)
        return f"{before} before, {during} for the procedure, {after} after it"

    # Anesthesia.

    @cached_property
    def base_units(self) -> int:
        """The anesthesia base units that a loaded release states; 0: none does."""
        listed: list[AnesthesiaUnits] = self.answers.get("units", [])
        rows: list[HcpcsIndicators] = self.answers.get("indicators", [])
        return next((each.units for each in listed), next((row.anesthesia_units or 0 for row in rows), 0))

    @property
    def anesthesia(self) -> bool:
        """Whether it is paid by base units and time."""
        return self.row.status == Status.ANESTHESIA

    @property
    def factor(self) -> AnesthesiaFactor | None:
        """The anesthesia factor of the chosen locality."""
        factors: list[AnesthesiaFactor] = self.answers.get("factors", [])
        return next((factor for factor in factors if factor.qpp == self.qpp), next(iter(factors), None))

    @property
    def anesthesia_fee(self) -> Payment | None:
        """What anesthesia of the given time pays; None while something is missing."""
        given = self.form.cleaned_data
        base, minutes = given.get("base"), given.get("minutes")
        if not self.anesthesia or self.factor is None or not base or not minutes:
            return None
        return payment.anesthesia(base, minutes, self.factor.factor, given.get("anesthetist") or "AA")

    def _terms(self, facility: bool) -> Terms:
        return Terms(self.place, facility, self.qpp)


def _named(label: str, paid: Payment) -> Step:
    """The last step of a payment under a name of its own."""
    return paid.steps[-1]._replace(label=label)


_DOES_NOT_APPLY = "Does not apply"
_FAMILIES = {"99": _DOES_NOT_APPLY, "88": "Counts with the other diagnostic imaging of the day"}
