"""Codes and the headings they stand under."""

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, Length, NullIf
from django.urls import reverse

from codes.models.queryset import CodeQuerySet
from codes.models.release import Release
from codes.naming import Called
from codes.systems import System


class Heading(models.Model):
    """A chapter or block of a code system: a node above the codes, such as "M50-M54 Other dorsopathies"."""

    system = models.CharField(max_length=10, choices=System)
    slug = models.CharField(max_length=80)
    label = models.CharField(max_length=40, blank=True, help_text="Number or range, such as 13 or M50-M54.")
    title = models.CharField(max_length=300)
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    lineage = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of the headings above it, top first.")
    position = models.PositiveIntegerField(help_text="Order within the system.")
    billable_codes = models.PositiveIntegerField(default=0, help_text="At and below it, counted after each load.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["system", "position"]
        constraints = [models.UniqueConstraint(fields=["system", "slug"], name="heading_slug_once_per_system")]

    def __str__(self) -> str:
        return f"{self.label} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Its browse page."""
        return reverse("codes:heading", args=[self.system, self.slug])


class Code(Called, models.Model):
    """One code of one system: its identity, its place in the hierarchy, and since when it holds.

    What a release of its owner states (`official_title`, dates, `synonyms`) and what our own texts state (`own_title`,
    `flags`, `gist`, facts) stand in columns of their own, so that either can be loaded again without the other.
    """

    class Flag(models.TextChoices):
        ADD_ON = "add-on", "Add-on code"
        SEPARATE_PROCEDURE = "separate-procedure", "Separate procedure"
        MODIFIER_51_EXEMPT = "modifier-51-exempt", "Modifier 51 exempt"
        TIME_BASED = "time-based", "Time-based"
        TELEHEALTH = "telehealth", "Telehealth eligible"
        HEADER = "header", "Not billable: needs more characters"

    system = models.CharField(max_length=10, choices=System)
    code = models.CharField(max_length=10, help_text="In its one form, such as M54.50.")
    own_title = models.CharField(max_length=120, blank=True, help_text="Our own short name.")
    official_title = models.CharField(max_length=300, blank=True, help_text="Short name in a public-domain release.")
    title = models.GeneratedField(
        expression=Coalesce(NullIf(F("own_title"), Value("")), F("official_title")),
        output_field=models.CharField(max_length=300),
        db_persist=True,
        help_text="What lists and the page's head call it: our own short name, else the public-domain one; empty where "
        "no more than the number of a CPT code is known.",
    )
    heading = models.ForeignKey(Heading, on_delete=models.PROTECT, related_name="codes")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="children")
    lineage = ArrayField(models.BigIntegerField(), default=list, help_text="Ids of its ancestor codes, top first.")
    position = models.PositiveIntegerField(help_text="Order within the system; numbered again after each load.")
    billable = models.BooleanField(default=True)
    flags = ArrayField(models.CharField(max_length=30, choices=Flag), default=list, blank=True)
    edition = models.PositiveSmallIntegerField(help_text="Year of the code set's edition that last listed it.")
    introduced = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Year it entered the code set.")
    valid_from = models.DateField(null=True, blank=True, help_text="First date of service; empty: not stated.")
    valid_to = models.DateField(null=True, blank=True, help_text="First date of service it no longer holds for.")
    unit = models.CharField(max_length=60, blank=True, help_text="What one billed unit is, such as 15 mg.")
    specialties = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    places = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    modifiers = ArrayField(models.CharField(max_length=2), default=list, blank=True)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="codes")
    changed_at = models.DateTimeField(help_text="When anything a reader sees of it last changed here.")
    synonyms = models.TextField(blank=True, help_text="For search: official long wording and inclusion terms.")
    gist = models.TextField(blank=True, help_text="For search: our common-language description as plain words.")
    search = models.GeneratedField(
        expression=SearchVector("own_title", "official_title", weight="A", config="english")
        + SearchVector("synonyms", weight="B", config="english")
        + SearchVector("gist", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    # The meaning of a seventh character is the same for hundreds of codes, so it does not count.
    brevity = models.GeneratedField(
        expression=Length(
            Func(
                Coalesce(NullIf(F("own_title"), Value("")), F("official_title")),
                Value(", (initial|subsequent) encounter.*|, sequela$"),
                Value(""),
                function="regexp_replace",
                output_field=models.TextField(),
            )
        ),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
        help_text="Length of its title without a seventh character: search shows short titles first.",
    )

    objects: ClassVar[CodeQuerySet] = CodeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["system", "position"]
        constraints = [
            models.UniqueConstraint(fields=["system", "code"], name="code_once_per_system"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
                name="code_ends_after_it_starts",
                violation_error_message="A code must end after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(system=System.CPT) | ~Q(own_title="") | ~Q(official_title=""),
                name="code_has_a_title",
                violation_error_message="A code needs a title, unless it is one of CPT, whose wording is the AMA's.",
            ),
            models.CheckConstraint(
                condition=~Q(system=System.CPT) | Q(official_title="", synonyms=""),
                name="cpt_has_no_official_wording",
                violation_error_message="The official wording of CPT belongs to the AMA and is never kept here.",
            ),
            models.CheckConstraint(
                condition=Q(billable=True) | Q(flags__contains=["header"]),
                name="code_not_billable_is_a_header",
                violation_error_message="A code that is not billable carries the flag that says so.",
            ),
        ]
        indexes = [
            models.Index(fields=["system", "position"]),
            models.Index(fields=["code"], opclasses=["varchar_pattern_ops"], name="code_prefix"),
            GinIndex(fields=["search"], name="code_search"),
        ]

    def __str__(self) -> str:
        return f"{self.get_system_display()} {self.code}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("codes:code", args=[self.system, self.code.lower()])

    @property
    def key(self) -> str:
        """Its name across systems, such as "icd-10-cm:M54.50"; what the ledger and postings refer to."""
        return f"{self.system}:{self.code}"

    def status(self, on: date) -> str:
        """Active, future or deleted on a date of service."""
        if self.valid_from and self.valid_from > on:
            return "future"
        return "deleted" if self.valid_to and self.valid_to <= on else "active"

    @property
    def flag_labels(self) -> list[str]:
        """Its flags in words."""
        return [self.Flag(flag).label for flag in self.flags]


class Relation(models.Model):
    """A code that another one points to; the target is named, since it may not be loaded."""

    class Kind(models.TextChoices):
        RELATED = "related", "Weighed against this one"
        PRIMARY = "primary", "Primary code of an add-on"
        CROSSWALK = "crosswalk", "Diagnosis commonly behind it"
        REPLACEMENT = "replacement", "What its owner refers to instead"

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=12, choices=Kind)
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
        return f"{self.code_id} {self.kind} {self.target_system}:{self.target_code}"


class Distinction(models.Model):
    """What tells a code apart from another that is taken for it, in our own words; each pair stands both ways."""

    system = models.CharField(max_length=10, choices=System)
    code = models.CharField(max_length=10)
    other_system = models.CharField(max_length=10, choices=System)
    other_code = models.CharField(max_length=10)
    text = models.CharField(max_length=400)
    author = models.CharField(max_length=120)
    written = models.DateField()
    reviewer = models.CharField(max_length=120, blank=True)
    reviewed = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["system", "code", "other_system", "other_code"], name="distinction_drawn_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} and {self.other_code}"
