"""What Medicare covers: national and local determinations, articles, and the codes that they name."""

from typing import Self

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from codes.models.dated import Dated, DatedQuerySet


class CoverageQuerySet(DatedQuerySet):
    """Documents by what they name, and where they hold."""

    def naming(self, code: str) -> Self:
        """Those that name a code, such as "20610" or "M17.11"."""
        codes = CoverageCode.objects.filter(
            kind=OuterRef("kind"), document=OuterRef("document"), version=OuterRef("version"), code=code
        )
        return self.filter(Exists(codes))

    def in_state(self, state: str) -> Self:
        """Those of a state, such as "TX": national ones, those for it, and those that do not say for which."""
        return self.filter(Q(kind=CoverageDocument.Kind.NCD) | Q(states__contains=[state]) | Q(states=[]))


class CoverageDocument(Dated):
    """One version of a document of the Medicare Coverage Database, in force from its effective date."""

    class Kind(models.TextChoices):
        NCD = "ncd", "National coverage determination"
        LCD = "lcd", "Local coverage determination"
        ARTICLE = "article", "Article"

    kind = models.CharField(max_length=7, choices=Kind)
    document = models.PositiveIntegerField(help_text="Its number in the database, such as 36668.")
    version = models.PositiveIntegerField()
    number = models.CharField(max_length=20, help_text="As people cite it: L36668, A52369, 220.6.1.")
    title = models.CharField(max_length=300)
    contractors = models.CharField(max_length=500, blank=True)
    states = ArrayField(models.CharField(max_length=2), default=list, help_text="Empty: the file does not say.")
    retired = models.DateField(null=True, blank=True, help_text="The last day it is in force, where that is set.")
    url = models.CharField(max_length=200)

    objects = CoverageQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "document", "version", "valid_from"], name="coverage_document_once"
            ),
            Dated.ends_after_it_starts("coverage_document_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["number"], name="coverage_document_by_number")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    def in_state(self, state: str) -> bool:
        """Whether it is for a state, such as "TX": as the queryset's rule."""
        return self.kind == self.Kind.NCD or state in self.states or not self.states


class CoverageCode(Dated):
    """A code that a version of a document names, in one of its groups."""

    class Role(models.TextChoices):
        PROCEDURE = "procedure", "Names the procedure or item"
        SUPPORTS = "supports", "The diagnosis supports medical necessity"
        NOT_SUPPORTED = "not-supported", "The diagnosis does not support medical necessity"

    kind = models.CharField(max_length=7, choices=CoverageDocument.Kind)
    document = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    role = models.CharField(max_length=13, choices=Role)
    group = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=8, help_text="ICD-10-CM with its dot.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "document", "version", "role", "group", "code", "valid_from"], name="coverage_code_once"
            ),
            Dated.ends_after_it_starts("coverage_code_ends_after_it_starts"),
        ]
        indexes = [models.Index(fields=["code", "kind", "document", "version"], name="coverage_by_code")]

    def __str__(self) -> str:
        return f"{self.code} in {self.kind} {self.document}.{self.version}"
