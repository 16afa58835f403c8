"""The record of what was decided about a posting."""

from typing import ClassVar, Self

from django.conf import settings
from django.db import models


class EventQuerySet(models.QuerySet["Event"]):
    """Events by who decides such things."""

    def by_staff(self) -> Self:
        """What staff decide, the latest first."""
        return self.filter(kind__in=Event.BY_STAFF).order_by("-at", "-id")


class Event(models.Model):
    """What happened to a posting, by whom and why; never changed afterwards."""

    class Kind(models.TextChoices):
        CREATED = "created", "Created"
        EDITED = "edited", "Edited"
        SUBMITTED = "submitted", "Submitted for review"
        TAKEN_BACK = "taken-back", "Taken back before review"
        PUBLISHED = "published", "Approved and published"
        SENT_BACK = "sent-back", "Sent back"
        HELD = "held", "Put on hold"
        RELEASED = "released", "Released from hold"
        RECHECKED = "rechecked", "Changes looked at"
        PAUSED = "paused", "Paused"
        RESUMED = "resumed", "Taking applications again"
        RENEWED = "renewed", "Renewed as a new posting"
        ASKED = "asked", "Asked whether it is still hiring"
        CONFIRMED = "confirmed", "Confirmed: still hiring"
        UNANSWERED = "unanswered", "Closed, since nobody confirmed it"
        CLOSED = "closed", "Closed"

    BY_STAFF = (Kind.PUBLISHED, Kind.SENT_BACK, Kind.HELD, Kind.RELEASED, Kind.RECHECKED)

    posting = models.ForeignKey("postings.Posting", on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    objects: ClassVar[EventQuerySet] = EventQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(
                fields=["-at", "-id"],
                condition=models.Q(kind__in=["published", "sent-back", "held", "released", "rechecked"]),
                name="event_by_staff",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.posting_id}"
