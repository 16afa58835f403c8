"""What CMS states of each code and modifier of HCPCS Level II besides its wording and the codes it refers to."""

from itertools import groupby

from django.contrib.postgres.fields import ArrayField
from django.db import models

from codes import hcpcs_indicators as words
from codes.hcpcs_indicators import Indicator
from codes.models.dated import Dated


class HcpcsIndicators(Dated):
    """The indicators of one code or modifier, as the HCPCS contractor record has them. Empty: the file states none."""

    code = models.CharField(max_length=5, help_text="A code of five characters, or a modifier of two.")
    coverage = models.CharField(max_length=1)
    pricing = ArrayField(models.CharField(max_length=2), help_text="Up to four methods of pricing.")
    multiple_pricing = models.CharField(max_length=1)
    coverage_manual = ArrayField(models.CharField(max_length=10), help_text="Sections of the Coverage Issues Manual.")
    carriers_manual = ArrayField(models.CharField(max_length=10), help_text="Sections of the Medicare Carriers Manual.")
    statute = models.CharField(max_length=20)
    lab_certifications = ArrayField(models.CharField(max_length=3))
    asc_group = models.CharField(max_length=2, help_text="YY: approved for an ambulatory surgical center.")
    asc_since = models.DateField(null=True)
    processing_note = models.CharField(max_length=4, help_text="Number of a `ProcessingNote`.")
    betos = models.CharField(max_length=3)
    types_of_service = ArrayField(models.CharField(max_length=1))
    anesthesia_units = models.PositiveSmallIntegerField(null=True)
    action = models.CharField(max_length=1)
    action_since = models.DateField(null=True)

    class Meta:
        verbose_name_plural = "HCPCS indicators"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="hcpcs_indicators_once"),
            Dated.ends_after_it_starts("hcpcs_indicators_end_after_they_start"),
        ]

    def __str__(self) -> str:
        return f"indicators of {self.code}"

    @property
    def paid_elsewhere(self) -> str:
        """What pays for it where the physician fee schedule does not; empty where the file does not say."""
        return words.paid_elsewhere(self.coverage, self.pricing)

    @property
    def rows(self) -> list[tuple[str, list[Indicator]]]:
        """Each field that is stated, by its name, with its values."""
        return [(name, list(values)) for name, values in groupby(self.meanings, lambda each: each.name)]

    @property
    def meanings(self) -> list[Indicator]:
        """Each indicator that is stated, with its name and its meaning in words."""
        return [
            *words.meanings("coverage", [self.coverage]),
            *words.meanings("pricing", self.pricing),
            *words.meanings("multiple_pricing", [self.multiple_pricing]),
            *words.meanings("betos", [self.betos]),
            *words.meanings("types_of_service", self.types_of_service),
            *words.meanings("lab_certifications", self.lab_certifications),
            *words.meanings("asc_group", [self.asc_group]),
            *words.meanings("action", [self.action]),
        ]


class ProcessingNote(Dated):
    """A note on how claims are processed, to which the indicators of codes refer by its number."""

    number = models.CharField(max_length=4)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["number", "valid_from"], name="processing_note_once"),
            Dated.ends_after_it_starts("processing_note_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.text}"
