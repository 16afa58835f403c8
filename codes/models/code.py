"""Codes and the headings they stand under."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from codes.models.release import Release
from codes.systems import System


class Heading(models.Model):
    """A chapter or block of a code system: a node above the codes, such as "M50-M54 Other dorsopathies"."""

    system = models.CharField(max_length=10, choices=System)
    slug = models.CharField(max_length=80)
    label = models.CharField(max_length=40, blank=True, help_text="Number or range, such as 13 or M50-M54.")
    title = models.CharField(max_length=300)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    position = models.PositiveIntegerField(help_text="Order within the system.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["system", "position"]
        constraints = [models.UniqueConstraint(fields=["system", "slug"], name="heading_slug_once_per_system")]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Its browse page."""
        return reverse("codes:heading", args=[self.system, self.slug])


class CodeQuerySet(models.QuerySet["Code"]):
    """Codes by system, date and words."""

    def current(self, on: date) -> "CodeQuerySet":
        """Those valid on a date of service."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=on), Q(valid_to=None) | Q(valid_to__gt=on))


class Code(models.Model):
    """One code of one system: its identity, its place in the hierarchy, and since when it holds."""

    class Flag(models.TextChoices):
        ADD_ON = "add-on", "Add-on code"
        SEPARATE_PROCEDURE = "separate-procedure", "Separate procedure"
        MODIFIER_51_EXEMPT = "modifier-51-exempt", "Modifier 51 exempt"
        TIME_BASED = "time-based", "Time-based"
        TELEHEALTH = "telehealth", "Telehealth eligible"
        HEADER = "header", "Not billable: needs more characters"

    system = models.CharField(max_length=10, choices=System)
    code = models.CharField(max_length=10, help_text="In its one form, such as M54.50.")
    title = models.CharField(max_length=300, help_text="Our own short name, or the title in a public-domain code set.")
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="codes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    lineage = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of its ancestor codes, top first.")
    position = models.PositiveIntegerField(help_text="Order within the system; neighbors differ by one.")
    billable = models.BooleanField(default=True)
    flags = ArrayField(models.CharField(max_length=30, choices=Flag), default=list, blank=True)
    edition = models.PositiveSmallIntegerField(help_text="Year of the code set's edition.")
    introduced = models.PositiveSmallIntegerField(null=True, blank=True)
    valid_from = models.DateField(null=True, blank=True, help_text="First date of service; empty: not known to us.")
    valid_to = models.DateField(null=True, blank=True, help_text="First date it no longer holds.")
    unit = models.CharField(max_length=60, blank=True, help_text="What one billed unit is, such as 15 mg.")
    specialties = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    places = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="codes")
    changed_at = models.DateTimeField(help_text="When anything a reader sees of it last changed here.")
    search = SearchVectorField(null=True, editable=False)  # written by codes.search.index_codes after each load

    objects: ClassVar[CodeQuerySet] = CodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["system", "position"]
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="code_once_per_system"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="code_ends_after_it_starts",
            ),
        ]
        indexes = [
            models.Index(fields=["system", "position"]),
            GinIndex(fields=["search"], name="code_search"),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"

    @property
    def key(self) -> str:
        """Its name across systems, such as "icd-10-cm:M54.50"; what the ledger and postings refer to."""
        return f"{self.system}:{self.code}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("codes:code", args=[self.system, self.code.lower()])

    def status(self, on: date) -> str:
        """Active, future or deleted on a date of service."""
        if self.valid_from and self.valid_from > on:
            return "future"
        return "deleted" if self.valid_to and self.valid_to <= on else "active"


class Relation(models.Model):
    """A code that another one points to; the target is named, since it may not be loaded."""

    class Kind(models.TextChoices):
        RELATED = "related", "Weighed against this one"
        PRIMARY = "primary", "Primary code of an add-on"
        CROSSWALK = "crosswalk", "Diagnosis commonly behind it"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=10, choices=Kind)
    target_system = models.CharField(max_length=10, choices=System)
    target_code = models.CharField(max_length=10)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["code", "kind", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "target_system", "target_code"], name="relation_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.kind} {self.target_system}:{self.target_code}"
