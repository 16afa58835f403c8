"""What Medicare pays a physician for a code: relative values, places, factors, amounts, as of a date of service."""

import re
from typing import Self

from django.db import models

from codes.models.dated import Dated, DatedQuerySet
from codes.payment import Units


class Status(models.TextChoices):
    """The status letter of a code in the physician fee schedule (RVU26A record layout, attachment A)."""

    ACTIVE = "A", "Active: paid separately under the fee schedule when covered"
    BUNDLED = "B", "Bundled: payment is always part of another service"
    CONTRACTOR = "C", "Contractor-priced: each contractor sets the amount"
    DELETED = "D", "Deleted"
    EXCLUDED = "E", "Excluded from the fee schedule by regulation"
    DISCONTINUED = "F", "Discontinued, without a grace period"
    NOT_VALID_GRACE = "G", "Not valid for Medicare, with a grace period"
    DELETED_MODIFIER = "H", "Deleted modifier"
    NOT_VALID = "I", "Not valid for Medicare: another code is used"
    ANESTHESIA = "J", "Anesthesia: paid by base units, time and the anesthesia conversion factor"
    MEASUREMENT = "M", "Measurement code, for reporting only"
    NON_COVERED = "N", "Not covered by Medicare"
    BUNDLED_EXCLUDED = "P", "Bundled or excluded"
    THERAPY_REPORTING = "Q", "Therapy functional reporting only"
    RESTRICTED = "R", "Restricted coverage: special rules apply"
    INJECTION = "T", "Paid only where no other fee schedule service is paid to the same provider that day"
    STATUTORY = "X", "Excluded by statute from the fee schedule"


PAID = (Status.ACTIVE, Status.RESTRICTED, Status.INJECTION)  # only their relative values are used for payment

NO_FEE = {
    Status.BUNDLED: "It is never paid by itself. Its payment is in that of the service it goes with.",
    Status.DELETED: "The fee schedule no longer pays for it.",
    Status.EXCLUDED: "The physician fee schedule pays nothing for it. Where it is covered, it is paid in another way.",
    Status.DISCONTINUED: "The fee schedule no longer pays for it.",
    Status.NOT_VALID_GRACE: "Medicare takes another code for the service, and pays by that one.",
    Status.DELETED_MODIFIER: "The fee schedule no longer has this component of the code.",
    Status.NOT_VALID: "Medicare takes another code for the service, and pays by that one.",
    Status.MEASUREMENT: "It reports a measure. Nothing is paid for it.",
    Status.NON_COVERED: "Medicare does not cover it, so the physician fee schedule has no fee for it.",
    Status.BUNDLED_EXCLUDED: "The physician fee schedule pays nothing for it. Incident to a physician's service of the "
    "same day, its payment is in that of the service; otherwise, where it is covered, it is paid in another way.",
    Status.THERAPY_REPORTING: "It reports how a patient functions. Nothing is paid for it.",
    Status.STATUTORY: "The law does not count it among the services that the physician fee schedule pays for. Where "
    "Medicare covers it, it is paid in another way.",
}  # why no fee can follow, by status; the other statuses have a fee here or from the contractor


class PcTc(models.IntegerChoices):
    """Whether a code splits into a professional and a technical component."""

    PHYSICIAN = 0, "Physician service: modifiers 26 and TC do not apply"
    DIAGNOSTIC = 1, "Diagnostic test: has professional (26) and technical (TC) components"
    PROFESSIONAL_ONLY = 2, "Professional component only"
    TECHNICAL_ONLY = 3, "Technical component only"
    GLOBAL_ONLY = 4, "Global test only: other codes stand for its components"
    INCIDENT_TO = 5, "Incident to a physician's service"
    LAB_INTERPRETATION = 6, "Physician interpretation of a laboratory test (modifier 26)"
    THERAPY = 7, "Physical therapy for which payment may not be made"
    PHYSICIAN_INTERPRETATION = 8, "Physician interpretation of an inpatient's blood or bone marrow smear"
    NOT_APPLICABLE = 9, "Does not apply"


class MultipleProcedure(models.IntegerChoices):
    """How payment is reduced where several procedures are done on a day (modifier 51)."""

    NONE = 0, "No reduction"
    BEFORE_1995 = 1, "The rules before 1995"
    STANDARD = 2, "Standard: 100%, then 50% for each of the next four by rank"
    ENDOSCOPY = 3, "Endoscopy family: each further endoscopy is paid by its difference from the base"
    IMAGING = 4, "Diagnostic imaging: technical part of each further one -50%, professional part -5%"
    THERAPY = 5, "Therapy: practice expense of each further unit -50%"
    CARDIOVASCULAR = 6, "Diagnostic cardiovascular: technical part of each further one -25%"
    OPHTHALMOLOGY = 7, "Diagnostic ophthalmology: technical part of each further one -20%"
    NOT_APPLICABLE = 9, "Does not apply"


class Bilateral(models.IntegerChoices):
    """What a bilateral procedure pays (modifier 50)."""

    NO = 0, "No 150% adjustment: both sides are paid as one"
    ADJUSTED = 1, "150% of one side"
    INCLUDED = 2, "Already valued as bilateral: 100%"
    EACH_SIDE = 3, "Each side is paid in full"
    NOT_APPLICABLE = 9, "Does not apply"


class Assistant(models.IntegerChoices):
    """Whether an assistant at surgery is paid (modifiers 80, 81, 82, AS)."""

    DOCUMENTED = 0, "Only with documentation of medical necessity"
    NEVER = 1, "Not paid: restricted by statute"
    PAID = 2, "May be paid"
    NOT_APPLICABLE = 9, "Does not apply"


class CoSurgeon(models.IntegerChoices):
    """Whether two surgeons of different specialties are paid (modifier 62)."""

    NO = 0, "Not permitted"
    DOCUMENTED = 1, "Only with documentation of medical necessity"
    PERMITTED = 2, "Permitted where the two have different specialties"
    NOT_APPLICABLE = 9, "Does not apply"


class Team(models.IntegerChoices):
    """Whether a team of surgeons is paid (modifier 66)."""

    NO = 0, "Not permitted"
    DOCUMENTED = 1, "Only with documentation of medical necessity, by report"
    PERMITTED = 2, "Permitted, by report"
    NOT_APPLICABLE = 9, "Does not apply"


GLOBAL_DAYS = {
    "000": "Same day only",
    "010": "10 days after",
    "090": "One day before, 90 days after",
    "MMM": "Maternity: the usual global period does not apply",
    "XXX": "The global concept does not apply",
    "YYY": "The contractor decides",
    "ZZZ": "Part of the global period of the primary service",
}

SUPERVISION = {
    "01": "General supervision by a physician",
    "02": "Direct supervision by a physician",
    "03": "Personal supervision by a physician",
    "04": "Not for a qualified psychologist; otherwise general supervision",
    "05": "Not for a qualified audiologist; otherwise general supervision",
    "06": "By a physician or a certified electrophysiologic clinical specialist (PT)",
    "09": "Does not apply",
    "21": "General supervision with a certified technician; otherwise direct supervision",
    "22": "By a technician with real-time contact with a physician",
    "66": "By a physician or a PT certified for this procedure",
    "6A": "As 66; the certified PT may supervise another PT, but only the certified PT may bill",
    "77": "By a certified PT, by a PT under direct supervision, or by a certified technician under general supervision",
    "7A": "As 77; the certified PT may supervise another PT, but only the certified PT may bill",
}


class RelativeValue(Dated):
    """A row of the physician fee schedule's relative value file (PPRRVU): a code, with or without a component modifier.

    From 2026 there are two files, for qualifying participants in advanced payment models (`qpp`) and for all others,
    with a conversion factor each. Files before 2026 are those of everybody, `qpp` false.
    """

    qpp = models.BooleanField(default=False, help_text="From the file of qualifying APM participants.")
    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True, help_text="26, TC or 53; empty: the whole service.")
    status = models.CharField(max_length=1, choices=Status)
    work = models.DecimalField(max_digits=9, decimal_places=2)
    pe_nonfacility = models.DecimalField(max_digits=9, decimal_places=2)
    pe_facility = models.DecimalField(max_digits=9, decimal_places=2)
    malpractice = models.DecimalField(max_digits=9, decimal_places=2)
    total_nonfacility = models.DecimalField(max_digits=9, decimal_places=2)
    total_facility = models.DecimalField(max_digits=9, decimal_places=2)
    na_nonfacility = models.BooleanField(help_text="Rarely or never done outside of a facility.")
    na_facility = models.BooleanField(help_text="Rarely or never done in a facility.")
    pc_tc = models.PositiveSmallIntegerField(choices=PcTc)
    global_days = models.CharField(max_length=3, choices=list(GLOBAL_DAYS.items()))
    preoperative = models.DecimalField(max_digits=9, decimal_places=2, help_text="Share of the global package, 0 to 1.")
    intraoperative = models.DecimalField(max_digits=9, decimal_places=2)
    postoperative = models.DecimalField(max_digits=9, decimal_places=2)
    multiple_procedure = models.PositiveSmallIntegerField(choices=MultipleProcedure)
    bilateral = models.PositiveSmallIntegerField(choices=Bilateral)
    assistant = models.PositiveSmallIntegerField(choices=Assistant)
    co_surgeon = models.PositiveSmallIntegerField(choices=CoSurgeon)
    team = models.PositiveSmallIntegerField(choices=Team)
    endoscopic_base = models.CharField(max_length=5, blank=True)
    conversion_factor = models.DecimalField(max_digits=8, decimal_places=4, help_text="Dollars per RVU.")
    supervision = models.CharField(max_length=2, choices=list(SUPERVISION.items()))
    imaging_family = models.CharField(max_length=2, help_text="88 since 2011; 99: none.")
    opps_pe_nonfacility = models.DecimalField(
        max_digits=9, decimal_places=2, help_text="RVUs of the cap on imaging; 0: no cap."
    )
    opps_pe_facility = models.DecimalField(max_digits=9, decimal_places=2)
    opps_malpractice = models.DecimalField(max_digits=9, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "modifier", "qpp", "valid_from"], name="relative_value_once"),
            Dated.ends_after_it_starts("relative_value_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.code}-{self.modifier}" if self.modifier else self.code

    @property
    def paid(self) -> bool:
        """Whether its relative values are used for payment."""
        return self.status in PAID

    @property
    def no_fee(self) -> str:
        """Why the fee schedule can pay nothing for it; empty where a fee may follow."""
        return NO_FEE.get(Status(self.status), "")

    @property
    def valued(self) -> bool:
        """Whether it has any relative values; those of a status that is not paid are for information."""
        return bool(self.total_nonfacility or self.total_facility)

    def units(self, *, facility: bool) -> Units:
        """Its relative values in a setting."""
        return Units(self.work, self.pe_facility if facility else self.pe_nonfacility, self.malpractice)

    def cap(self, *, facility: bool) -> Units | None:
        """The relative values by which the hospital rate limits imaging; None where there is no such limit."""
        practice = self.opps_pe_facility if facility else self.opps_pe_nonfacility
        return Units(self.work, practice, self.opps_malpractice) if practice else None


class LocalityQuerySet(DatedQuerySet):
    """Rows by the payment locality they are of."""

    def at(self, contractor: str, locality: str) -> Self:
        """Those of one payment locality, such as ("10112", "00"). Locality numbers repeat between contractors."""
        return self.filter(contractor=contractor, locality=locality)


class InLocality(Dated):
    """A dated row of one payment locality: a Medicare contractor's number and a locality number of its own."""

    contractor = models.CharField(max_length=5)
    locality = models.CharField(max_length=2)

    objects = LocalityQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        abstract = True


class Gpci(InLocality):
    """Geographic practice cost indices of a payment locality, with the floors of the law."""

    state = models.CharField(max_length=2)
    name = models.CharField(max_length=120)
    work = models.DecimalField(max_digits=6, decimal_places=3)
    pe = models.DecimalField(max_digits=6, decimal_places=3)
    malpractice = models.DecimalField(max_digits=6, decimal_places=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contractor", "locality", "valid_from"], name="gpci_once"),
            Dated.ends_after_it_starts("gpci_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["state", "locality"], name="gpci_by_state")]

    def __str__(self) -> str:
        return f"{self.name}, {self.state}"

    @property
    def indices(self) -> Units:
        """Its three indices."""
        return Units(self.work, self.pe, self.malpractice)


class LocalityCounties(InLocality):
    """Which counties of a state a payment locality covers, in the words of the file."""

    state_name = models.CharField(max_length=40)
    area = models.CharField(max_length=120)
    counties = models.CharField(max_length=500)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contractor", "locality", "valid_from"], name="locality_counties_once"),
            Dated.ends_after_it_starts("locality_counties_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.state_name}: {self.area}"

    def names(self, county: str, state_name: str) -> bool:
        """Whether it names a county of a state, both as in "PRINCE GEORGE'S", "MARYLAND"."""
        return any(state == state_name and county in listed for state, listed in self._areas)

    def takes_the_rest(self, county: str, state_name: str) -> bool:
        """Whether it covers the counties of a state that no locality names, and does not except this one."""
        if self.state_name != state_name or not self.counties.startswith("ALL "):
            return False
        _, _, excepted = self.counties.partition("EXCEPT")
        return county not in _listed(excepted)

    @property
    def _areas(self) -> list[tuple[str, set[str]]]:
        """States and their named counties. A locality may reach into others: "ARLINGTON IN VIRGINIA; ..."."""
        areas = []
        for part in self.counties.partition("EXCEPT")[0].split(";"):
            counties, elsewhere, state = part.rpartition(" IN ")
            areas.append((state.strip(), _listed(counties)) if elsewhere else (self.state_name, _listed(part)))
        return areas


def _listed(counties: str) -> set[str]:
    return {name.strip() for name in re.split(r"[,/;]|\bAND\b", counties) if name.strip()}


class LocalityAmount(InLocality):
    """What a code pays in a locality, as CMS worked it out (PFALL); contractor-priced codes stand here alone."""

    code = models.CharField(max_length=5)
    modifier = models.CharField(max_length=2, blank=True)
    nonfacility = models.DecimalField(max_digits=10, decimal_places=2)
    facility = models.DecimalField(max_digits=10, decimal_places=2)
    pc_tc = models.PositiveSmallIntegerField(choices=PcTc)
    status = models.CharField(max_length=1, choices=Status)
    multiple_procedure = models.PositiveSmallIntegerField(choices=MultipleProcedure)
    therapy_nonfacility = models.DecimalField(max_digits=10, decimal_places=2, help_text="Therapy, reduced.")
    therapy_facility = models.DecimalField(max_digits=10, decimal_places=2)
    capped = models.BooleanField(help_text="The cap on imaging was looked at.")
    opps_nonfacility = models.DecimalField(max_digits=10, decimal_places=2)
    opps_facility = models.DecimalField(max_digits=10, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "modifier", "contractor", "locality", "valid_from"], name="locality_amount_once"
            ),
            Dated.ends_after_it_starts("locality_amount_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.contractor} {self.locality}"


class AnesthesiaFactor(InLocality):
    """Dollars per anesthesia unit in a payment locality."""

    qpp = models.BooleanField(default=False, help_text="For qualifying APM participants.")
    factor = models.DecimalField(max_digits=7, decimal_places=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["contractor", "locality", "qpp", "valid_from"], name="anesthesia_once"),
            Dated.ends_after_it_starts("anesthesia_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.factor} in {self.contractor} {self.locality}"


class AnesthesiaUnits(Dated):
    """The base units of an anesthesia code."""

    code = models.CharField(max_length=5)
    units = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name_plural = "anesthesia units"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="anesthesia_units_once"),
            Dated.ends_after_it_starts("anesthesia_units_end_after_they_start"),
        ]

    def __str__(self) -> str:
        return f"{self.units} for {self.code}"


class PlaceOfService(Dated):
    """A place of service of CMS's two-digit set, and which of the two rates it pays."""

    code = models.CharField(max_length=2)
    facility = models.BooleanField(help_text="Pays the facility rate.")
    name = models.CharField(max_length=120)
    description = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="place_of_service_once"),
            Dated.ends_after_it_starts("place_of_service_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.name}"
