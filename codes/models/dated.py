"""Rows that hold for a range of dates of service."""

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from codes.models.release import Release


def holding(day: date) -> Q:
    """Rows that hold on a date of service; one whose first date is not stated has always held."""
    return (Q(valid_from=None) | Q(valid_from__lte=day)) & (Q(valid_to=None) | Q(valid_to__gt=day))


class DatedQuerySet(models.QuerySet[Any]):
    """Rows by the date of service they hold for."""

    def on(self, day: date) -> Self:
        """Those that hold on a date of service."""
        return self.filter(holding(day))


class Dated(models.Model):
    """A row that one release stated and that holds until a later release changes or drops it."""

    valid_from = models.DateField(help_text="First date of service it holds for.")
    valid_to = models.DateField(null=True, blank=True, help_text="First date of service it no longer holds for.")
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="+", db_index=False)

    objects = DatedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def ends_after_it_starts(cls, name: str) -> models.CheckConstraint:
        """The rule that a range is not empty, under a name of its own."""
        return models.CheckConstraint(
            condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            name=name,
            violation_error_message="A row must end after it starts.",
        )
