"""What makes a person registered: a membership that is valid now."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

# `MembershipQuerySet.valid` as SQL, for the statements that ask more than this; a test holds the two together.
VALID = "starts_at <= %(at)s::timestamptz AND (ends_at IS NULL OR ends_at > %(at)s::timestamptz)"


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Memberships by when they count."""

    def valid(self, at: datetime) -> "MembershipQuerySet":
        """Those that make their holder registered at that moment."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=at), starts_at__lte=at)


class Membership(models.Model):
    """A span of time in which a person reads as registered; how it was obtained is in `source`."""

    class Source(models.TextChoices):
        GRANTED = "granted", "Granted by staff"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True, help_text="Empty: without end.")
    source = models.CharField(max_length=20, choices=Source, default=Source.GRANTED)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MembershipQuerySet] = MembershipQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=models.F("starts_at")),
                name="membership_ends_after_start",
                violation_error_message="A membership must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"Membership from {self.starts_at:%Y-%m-%d}"
