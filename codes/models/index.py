"""The Alphabetic Index of ICD-10-CM and its tables: which words lead to which code."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from codes.models.dated import Dated, DatedQuerySet
from codes.systems import System


class IndexTable(models.TextChoices):
    """One of the four parts of the Index."""

    DISEASES = "diseases", "Alphabetic Index"
    EXTERNAL_CAUSES = "external-causes", "External Cause of Injuries Index"
    NEOPLASMS = "neoplasms", "Table of Neoplasms"
    DRUGS = "drugs", "Table of Drugs and Chemicals"

    def may_hold(self, code: str) -> bool:
        """Whether it leads to codes of the category of a code, such as "T51.3X1A"; as in the files of FY2025."""
        return any(first <= code[:3] <= last for first, last in _CATEGORIES[self])


_CATEGORIES = {
    IndexTable.DISEASES: [("A00", "U99"), ("Z00", "Z99")],
    IndexTable.EXTERNAL_CAUSES: [("T15", "T19"), ("T71", "T76"), ("V00", "Y99"), ("Z57", "Z57"), ("Z77", "Z77")],
    IndexTable.NEOPLASMS: [("C00", "D49")],
    IndexTable.DRUGS: [("T36", "T65")],
}


class IndexEntryQuerySet(DatedQuerySet):
    """Entries by where they lead."""

    def leading_to(self, code: str) -> Self:
        """Those that name a code, such as "M54.50", or a shorter one that it completes: "M54.5-", or "M54" alone.

        What an entry names without being complete, it leaves to the Tabular List to complete, with a dash or without.
        """
        stems = _stems(code)
        return self.filter(Q(code__in=stems) | Q(manifestation__in=stems)).order_by(
            "table", "path", "column", "occurrence"
        )


class IndexEntry(Dated):
    """One code under one term of the Index, or a term that only refers to others or stands above others.

    `path` holds the terms from the main term down, `modifiers` the nonessential modifiers of each as the Index writes
    them, "(acute) (chronic)", empty where there are none. A term of a table has an entry for each column with a code.
    """

    class Column(models.IntegerChoices):
        """What a code stands for: the columns of neoplasms as the XML numbers them, those of drugs with 10 added."""

        CODE = 0, "Code"
        MALIGNANT_PRIMARY = 2, "Malignant, primary"
        MALIGNANT_SECONDARY = 3, "Malignant, secondary"
        IN_SITU = 4, "Carcinoma in situ"
        BENIGN = 5, "Benign"
        UNCERTAIN = 6, "Uncertain behavior"
        UNSPECIFIED = 7, "Unspecified behavior"
        POISONING_ACCIDENTAL = 12, "Poisoning, accidental"
        POISONING_SELF_HARM = 13, "Poisoning, intentional self-harm"
        POISONING_ASSAULT = 14, "Poisoning, assault"
        POISONING_UNDETERMINED = 15, "Poisoning, undetermined"
        ADVERSE_EFFECT = 16, "Adverse effect"
        UNDERDOSING = 17, "Underdosing"

    table = models.CharField(max_length=16, choices=IndexTable)
    path = ArrayField(models.CharField(max_length=600))
    column = models.PositiveSmallIntegerField(choices=Column, default=Column.CODE)
    occurrence = models.PositiveSmallIntegerField(default=1, help_text="Counts terms that stand twice under one term.")
    modifiers = ArrayField(models.CharField(max_length=1000, blank=True))
    code = models.CharField(max_length=8, blank=True, help_text="Without the dash, such as C79.8 for C79.8-.")
    needs_more = models.BooleanField(default=False, help_text="The Index writes a dash: more characters are needed.")
    manifestation = models.CharField(max_length=8, blank=True, help_text="The second code, written in brackets.")
    see = models.CharField(max_length=300, blank=True)
    see_also = models.CharField(max_length=300, blank=True)
    note = models.CharField(max_length=300, blank=True)

    objects = IndexEntryQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name_plural = "index entries"
        constraints = [
            models.UniqueConstraint(
                fields=["table", "path", "column", "occurrence", "valid_from"], name="index_entry_once"
            ),
            Dated.ends_after_it_starts("index_entry_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["code"], condition=~Q(code=""), name="index_by_code"),
            models.Index(fields=["manifestation"], condition=~Q(manifestation=""), name="index_by_manifestation"),
        ]

    def __str__(self) -> str:
        return ", ".join(self.path)

    @property
    def level(self) -> int:
        """How many terms stand above it; a main term has none."""
        return len(self.path) - 1

    @property
    def terms(self) -> list[tuple[str, str]]:
        """Each term from the main term down, with its nonessential modifiers."""
        return list(zip(self.path, self.modifiers, strict=True))

    @property
    def written(self) -> str:
        """Its code as the Index prints it, such as "C79.8-"; a category gets its point: "D24.-"."""
        if not self.needs_more:
            return self.code
        return f"{self.code}{'' if '.' in self.code else '.'}-"


def _stems(code: str) -> list[str]:
    """The codes that a code completes, itself among them, from its category on; none for what is no code.

    >>> _stems("T51.3X1A")
    ['T51', 'T51.3', 'T51.3X', 'T51.3X1', 'T51.3X1A']
    """
    dotted = System.ICD10CM.normalize(code)
    return [dotted[:end] for end in range(3, len(dotted) + 1) if end != 4] if dotted else []
