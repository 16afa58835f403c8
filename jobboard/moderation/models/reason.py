"""Reasons ready to use: what staff write again and again, edited by staff."""

from datetime import datetime
from typing import ClassVar, Self

from django.conf import settings
from django.db import models

from accounts.models import User
from jobboard.postings.models import StaleState
from jobboard.postings.models.posting import MOST_REASON


class ReasonQuerySet(models.QuerySet["Reason"]):
    """Reasons by what they are for."""

    def ready_for(self, use: str) -> Self:
        """Those for one decision."""
        return self.filter(use=use)


class Reason(models.Model):
    """A text to begin a reason with."""

    class Use(models.TextChoices):
        SEND_BACK = "send-back", "Sending a posting back"
        HOLD = "hold", "Putting a posting on hold"
        SUSPEND = "suspend", "Suspending an employer"

    use = models.CharField("for", max_length=10, choices=Use)
    title = models.CharField(max_length=80, help_text="What staff choose it by.")
    text = models.TextField(max_length=MOST_REASON, help_text="What the team reads. It can be changed before it goes.")
    edited_at = models.DateTimeField()
    edited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    objects: ClassVar[ReasonQuerySet] = ReasonQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["use", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["use", "title"],
                name="reason_titled_once",
                violation_error_message="There is a reason of this title for this decision already.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def keep(self, at: datetime, by: User, seen: datetime | None = None) -> None:
        """Store it. `seen` is the `edited_at` of the version that was changed; raises StaleState for an older one."""
        stored = Reason.objects.filter(pk=self.pk, edited_at=seen or at)
        if not self._state.adding and not stored.update(edited_at=at):
            raise StaleState
        self.edited_at, self.edited_by = at, by
        self.save()
