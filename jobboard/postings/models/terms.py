"""The terms that coders ask about and postings seldom state: typed columns, to be counted and compared."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from jobboard.postings.vocabulary import (
    UNPAID_CHOICES,
    EmploymentType,
    Equipment,
    PaidAs,
    SecondMonitor,
    SoftwareCodes,
    WorkStays,
)

MOST_STEPS = 1_000  # characters


def choices_array(choices: list[tuple[str, str]]) -> ArrayField:
    """A column that holds several values of a vocabulary."""
    return ArrayField(models.CharField(max_length=40, choices=choices), default=list, blank=True)


def one_choice(label: str, choices: type[models.TextChoices]) -> models.CharField:
    """A column for one value of a vocabulary; empty where it is not stated."""
    return models.CharField(label, max_length=20, choices=choices, blank=True)


def number(label: str, least: int, most: int) -> models.PositiveSmallIntegerField:
    """A column for a whole number between two limits; null where it is not stated."""
    limits = [MinValueValidator(least), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=limits)


class Terms(models.Model):
    """What is expected of a coder and what a coder is given, beside the pay."""

    accuracy_percent = number("accuracy standard, %", 50, 100)
    audit_percent = number("share of the work that is audited, %", 0, 100)
    credential_within_months = number("months to earn the credential", 1, 36)
    paid_as = one_choice("paid as", PaidAs)
    starts_on = models.DateField("planned first day", null=True, blank=True)
    equipment = one_choice("computer", Equipment)
    second_monitor = one_choice("second monitor", SecondMonitor)
    work_stays = one_choice("where the charts are coded", WorkStays)
    software_codes = one_choice("AI-assisted coding", SoftwareCodes)
    employment_type = models.CharField(max_length=20, choices=EmploymentType, blank=True)
    unpaid = choices_array(UNPAID_CHOICES)
    interview_steps = models.TextField(blank=True, max_length=MOST_STEPS, help_text="One step on each line.")

    class Meta:
        abstract = True

    @property
    def tax_form(self) -> str:
        """ "W-2" or "1099", as said by itself or by the kind of employment; empty where neither says it."""
        if self.paid_as:
            return "1099" if self.paid_as == PaidAs.CONTRACTOR else "W-2"
        if self.employment_type in (EmploymentType.FULL_TIME, EmploymentType.PART_TIME):
            return "W-2"
        return "1099" if self.employment_type == EmploymentType.CONTRACT else ""

    @property
    def hiring_steps(self) -> list[str]:
        """The steps from application to offer, one phrase each."""
        return [" ".join(line.split()) for line in self.interview_steps.splitlines() if line.strip()]
