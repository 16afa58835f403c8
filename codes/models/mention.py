"""That a public file names a code of CPT, whether or not anything is written of it here."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from codes.models.release import Release


class Mention(models.Model):
    """A data set names a code of CPT for a range of dates of service. Nothing more is claimed: not that it is valid.

    Of several ranges in a data set this is the first day of the first and the last of the last.
    """

    # What names codes, the owner first, then what says most of one.
    SOURCES: ClassVar[list[str]] = [
        Release.Dataset.CPT,
        Release.Dataset.MPFS,
        Release.Dataset.MPFS_QPP,
        Release.Dataset.PFALL,
        Release.Dataset.MUE_PRACTITIONER,
        Release.Dataset.MUE_HOSPITAL,
        Release.Dataset.MUE_DME,
        Release.Dataset.ADD_ON,
        Release.Dataset.PTP_PRACTITIONER,
        Release.Dataset.PTP_HOSPITAL,
        Release.Dataset.COVERAGE_NCD,
        Release.Dataset.COVERAGE_LCD,
        Release.Dataset.COVERAGE_ARTICLE,
    ]

    code = models.CharField(max_length=5)
    dataset = models.SlugField(max_length=40, db_index=False)
    valid_from = models.DateField(help_text="First date of service that it is named for.")
    valid_to = models.DateField(null=True, blank=True, help_text="First date of service it is no longer named for.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", help_text="Read for it last.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["code", "dataset"], name="mention_once_per_dataset"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="mention_ends_after_it_starts",
                violation_error_message="A row must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} in {self.dataset}"
