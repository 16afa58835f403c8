"""ICD-10-PCS: the procedures of hospital inpatients."""

from datetime import date
from typing import Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse

from codes.models.dated import Dated, DatedQuerySet


class PcsCodeQuerySet(DatedQuerySet):
    """Codes by what a coder knows of them."""

    def starting(self, written: str) -> Self:
        """Those that start with what a person wrote, in any case: "0dtj" for its table, or a whole code."""
        start = "".join(written.split()).upper()
        return self.filter(code__startswith=start).order_by("code") if start else self.none()

    def matching(self, words: str) -> Self:
        """Those whose title holds all words, as `websearch_to_tsquery` reads them; complete codes alone."""
        query = SearchQuery(words, search_type="websearch", config="english")
        return self.filter(search=query, billable=True).order_by("code")


class PcsCode(Dated):
    """One code of seven characters, or a table by its first three."""

    code = models.CharField(max_length=7)
    billable = models.BooleanField(help_text="Complete, and valid for submission.")
    short = models.CharField(max_length=60)
    long = models.CharField(max_length=300)
    search = models.GeneratedField(
        expression=SearchVector("long", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    objects = PcsCodeQuerySet.as_manager()  # type: ignore[misc]

    class Meta:
        verbose_name = "ICD-10-PCS code"
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="pcs_code_once"),
            Dated.ends_after_it_starts("pcs_code_ends_after_it_starts"),
        ]
        indexes = [
            models.Index(fields=["code"], opclasses=["varchar_pattern_ops"], name="pcs_code_prefix"),
            GinIndex(fields=["search"], name="pcs_code_search"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.long}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("codes:pcs", args=[self.code.lower()])

    def status(self, on: date) -> str:
        """Active, future or deleted on a date of service."""
        if self.valid_from > on:
            return "future"
        return "deleted" if self.valid_to and self.valid_to <= on else "active"
