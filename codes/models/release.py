"""Where each row of the reference came from, and what each release changed."""

from datetime import date, timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Case, Q, When

from codes.systems import System


def day_before(effective: date, months: int) -> date:
    """The last day of a release that takes effect on a date and is renewed every so many months."""
    years, month = divmod(effective.month - 1 + months, 12)
    return date(effective.year + years, month + 1, min(effective.day, 28)) - timedelta(days=1)


class ReleaseQuerySet(models.QuerySet["Release"]):
    """Releases by what they hold."""

    def current(self, dataset: str) -> "Release | None":
        """The newest release of a dataset; of two of one day, the one that was loaded last."""
        return self.filter(dataset=dataset).newest_of_each().first()

    def standing(self, dataset: str, checksum: str, effective: date) -> "Release | None":
        """The release that was loaded from some content for a day, unless another one of it was loaded since."""
        of_that_day = self.filter(dataset=dataset, effective=effective)
        found = of_that_day.filter(checksum=checksum).first()
        if found is None:
            return None
        return found if of_that_day.filter(partial=found.partial).latest("loaded_at", "pk") == found else None

    def newest(self) -> "dict[str, Release]":
        """The newest release of each dataset, by dataset."""
        return {release.dataset: release for release in self.newest_of_each()}

    def notice(self, system: System) -> str:
        """What a list with codes of a system must say: of the newest edition that is loaded, or our own texts'."""
        if not system.rules.rights:
            return ""
        own = Release.Dataset.OWN_TEXTS
        newest = self.filter(dataset__in=[system, own]).newest()
        release = newest.get(system) or newest.get(own)
        return system.rules.notice(release.edition) if release else ""

    def newest_of_each(self) -> "ReleaseQuerySet":
        """The newest release of each dataset; of two of one day, the one that was loaded last."""
        return self.order_by("dataset", "-effective", "partial", "-loaded_at", "-pk").distinct("dataset")

    def of_each_on(self, day: date) -> "ReleaseQuerySet":
        """The release of each dataset that holds on a date of service; before the first day of all, the oldest."""
        begun = Q(effective__lte=day)
        order = [Case(When(begun, then=0), default=1), Case(When(begun, then="effective")).desc(nulls_last=True)]
        return self.order_by("dataset", *order, "effective", "partial", "-loaded_at", "-pk").distinct("dataset")


class Release(models.Model):
    """One file of one dataset, as loaded: the provenance that a page names under each block."""

    class Dataset(models.TextChoices):
        ICD10CM = "icd-10-cm", "ICD-10-CM"
        HCPCS = "hcpcs", "HCPCS Level II"
        HCPCS_NOTES = "hcpcs-notes", "HCPCS Level II, processing notes"
        PTP_PRACTITIONER = "ptp-practitioner", "NCCI PTP edits, practitioner services"
        PTP_HOSPITAL = "ptp-hospital", "NCCI PTP edits, hospital outpatient services"
        MUE_PRACTITIONER = "mue-practitioner", "NCCI MUE, practitioner services"
        MUE_HOSPITAL = "mue-hospital", "NCCI MUE, hospital outpatient services"
        MUE_DME = "mue-dme", "NCCI MUE, DME suppliers"
        ADD_ON = "add-on", "NCCI add-on code edits"
        INDEX = "icd-10-cm-index", "ICD-10-CM Alphabetic Index"
        EXTERNAL_CAUSES = "icd-10-cm-eindex", "ICD-10-CM External Cause of Injuries Index"
        NEOPLASMS = "icd-10-cm-neoplasm", "ICD-10-CM Table of Neoplasms"
        DRUGS = "icd-10-cm-drug", "ICD-10-CM Table of Drugs and Chemicals"
        ICD10PCS = "icd-10-pcs", "ICD-10-PCS"
        MPFS = "mpfs", "Physician fee schedule, relative values"
        MPFS_QPP = "mpfs-qpp", "Physician fee schedule, relative values for qualifying APM participants"
        GPCI = "gpci", "Geographic practice cost indices"
        LOCALITIES = "localities", "Counties of payment localities"
        PFALL = "pfall", "Physician fee schedule, amounts by locality"
        ANESTHESIA = "anesthesia", "Anesthesia conversion factors"
        ANESTHESIA_QPP = "anesthesia-qpp", "Anesthesia conversion factors for qualifying APM participants"
        ANESTHESIA_UNITS = "anesthesia-units", "Anesthesia base units"
        COVERAGE_NCD = "coverage-ncd", "National coverage determinations"
        COVERAGE_LCD = "coverage-lcd", "Local coverage determinations"
        COVERAGE_ARTICLE = "coverage-article", "Coverage articles and their codes"
        CPT = "cpt", "CPT wordings of the American Medical Association, licensed"
        PLACES = "place-of-service", "Place-of-service codes"
        OWN_TEXTS = "own-texts", "Our own texts"

    NAMED = ("pk", "dataset", "version", "title", "owner", "effective", "last_day", "file_name")  # as pages name it

    dataset = models.SlugField(max_length=40, choices=Dataset)
    version = models.CharField(max_length=40, help_text="As its owner names it, such as FY2026 April.")
    title = models.CharField(max_length=120, help_text="As shown to readers.")
    owner = models.CharField(max_length=120)
    effective = models.DateField(help_text="First date of service it holds for; of our own texts, when last written.")
    last_day = models.DateField(
        null=True, blank=True, help_text="Last date of service before a newer release is due; empty: none is."
    )
    file_name = models.CharField(max_length=200)
    checksum = models.CharField(max_length=64, help_text="SHA-256 of what was loaded.")
    rows = models.PositiveIntegerField(default=0, help_text="Codes and modifiers in it.")
    left_out = models.PositiveIntegerField(default=0, help_text="Rows that are not ours to show, such as dental codes.")
    refused = models.PositiveIntegerField(default=0, help_text="Lines that could not be read; the loader says why.")
    partial = models.BooleanField(default=False, help_text="It holds no more than what it changes.")
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=120, blank=True, help_text="Who ran the load; empty: the site itself.")

    objects: ClassVar[ReleaseQuerySet] = ReleaseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["dataset", "-effective"]
        constraints = [
            models.UniqueConstraint(
                fields=["dataset", "checksum", "effective"],
                name="release_loaded_once",
                violation_error_message="This file is loaded already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.version}"

    def overdue(self, on: date) -> bool:
        """Whether a newer release should hold on a date of service."""
        return self.last_day is not None and self.last_day < on

    def caution(self, on: date) -> str:
        """What a reader must know who asks it for a day that it was not made for; empty where it was."""
        if self.own:
            return ""
        if self.last_day and self.overdue(on):
            return f"{self}, holds through {self.last_day:%B %-d, %Y}. A newer release is due, and not loaded here."
        if on < self.effective:
            return f"{self}, takes effect on {self.effective:%B %-d, %Y}. Nothing older is loaded here."
        return ""

    @property
    def own(self) -> bool:
        """Whether it was written here, and no owner of a code system stands behind it."""
        return self.dataset == self.Dataset.OWN_TEXTS

    @property
    def edition(self) -> int:
        """Year of the edition it belongs to; an ICD-10-CM year starts on October 1 of the year before."""
        if self.dataset == self.Dataset.ICD10CM and self.effective >= date(self.effective.year, 10, 1):
            return self.effective.year + 1
        return self.effective.year


class Change(models.Model):
    """What one release changed on one code, in words that anyone may read: no descriptor, no text of ours.

    The first release of a dataset changes nothing: its codes are simply listed.
    """

    class Kind(models.TextChoices):
        ADDED = "added", "Added"
        RENAMED = "renamed", "Title changed"
        BILLABLE = "billable", "Billable again or no longer"
        DATED = "dated", "Dates changed"
        NOTES = "notes", "Notes changed"
        TEXTS = "texts", "Our texts changed"
        ENDED = "ended", "Deleted"

    code = models.ForeignKey("codes.Code", on_delete=models.CASCADE, related_name="changes")
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(max_length=10, choices=Kind)
    note = models.CharField(max_length=300, blank=True, help_text="Such as the headings of the texts that changed.")
    at = models.DateTimeField(help_text="When it was loaded here.")

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["code", "release", "kind", "at"], name="change_told_once")]
        indexes = [models.Index(fields=["-at"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.code_id} by {self.release_id}"
