"""Medicare's National Correct Coding Initiative: pairs of codes, units of service, add-on codes."""

from django.db import models

from codes.models.dated import Dated


class Setting(models.TextChoices):
    """Whose claims an edit is for."""

    PRACTITIONER = "practitioner", "Practitioner services"
    HOSPITAL = "hospital", "Hospital outpatient services"
    DME = "dme", "DME suppliers"


class Rationale(models.Model):
    """Why an edit exists, in the words of its file. A few dozen sentences stand behind millions of edits."""

    text = models.CharField(max_length=300, unique=True)

    def __str__(self) -> str:
        return self.text


class PtpEdit(Dated):
    """A procedure-to-procedure edit: column 2 is not paid beside column 1, unless a modifier says why it should be."""

    class Indicator(models.IntegerChoices):
        NOT_ALLOWED = 0, "No modifier bypasses it"
        ALLOWED = 1, "A modifier may bypass it"
        NOT_APPLICABLE = 9, "The edit was deleted as of the day it began"

    setting = models.CharField(max_length=12, choices=Setting)
    column1 = models.CharField(max_length=5)
    column2 = models.CharField(max_length=5)
    indicator = models.PositiveSmallIntegerField(choices=Indicator)
    before_1996 = models.BooleanField(default=False, help_text="It existed before 1996.")
    rationale = models.ForeignKey(Rationale, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["setting", "column1", "column2", "valid_from"],
                name="ptp_edit_once",
            ),
            Dated.ends_after_it_starts("ptp_edit_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["setting", "column2", "column1"], name="ptp_by_column2")]

    def __str__(self) -> str:
        return f"{self.column1} / {self.column2}"


class Mue(Dated):
    """A medically unlikely edit: the most units of a code that are payable to one patient, one provider, one day."""

    class Adjudication(models.IntegerChoices):
        LINE = 1, "Line edit"
        DAY_POLICY = 2, "Date of service edit: policy"
        DAY_CLINICAL = 3, "Date of service edit: clinical"

    setting = models.CharField(max_length=12, choices=Setting)
    code = models.CharField(max_length=5)
    units = models.PositiveIntegerField()
    adjudication = models.PositiveSmallIntegerField(choices=Adjudication)
    rationale = models.ForeignKey(Rationale, on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "setting", "valid_from"], name="mue_once"),
            Dated.ends_after_it_starts("mue_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.units}"

    @property
    def meaning(self) -> str:
        """How its units are counted, in words."""
        if not self.units:
            return "No unit is payable in this setting."
        return {
            self.Adjudication.LINE: "Each claim line is compared with it by itself.",
            self.Adjudication.DAY_POLICY: "All lines of a day count together, and policy allows no more.",
            self.Adjudication.DAY_CLINICAL: "All lines of a day count together; more needs a review of the record.",
        }[self.Adjudication(self.adjudication)]


class AddOnEdit(Dated):
    """An add-on code and a primary code that it is payable beside."""

    class Kind(models.IntegerChoices):
        CLOSED = 1, "Payable only beside the listed primary codes"
        CONTRACTOR = 2, "The contractor decides which primary codes are acceptable"
        PARTIAL = 3, "Some primary codes are listed, the contractor may accept others"

    CONTRACTOR_DEFINED = "CCCCC"  # what the file writes for a primary code that the contractor defines

    add_on = models.CharField(max_length=5)
    primary = models.CharField(max_length=5, db_index=True)
    kind = models.PositiveSmallIntegerField(choices=Kind)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["add_on", "primary", "valid_from"], name="add_on_edit_once"),
            Dated.ends_after_it_starts("add_on_edit_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.add_on} beside {self.primary}"

    @property
    def contractor_defined(self) -> bool:
        """Whether the contractor says which primary codes are acceptable."""
        return self.primary == self.CONTRACTOR_DEFINED
