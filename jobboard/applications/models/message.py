"""The thread of an application: what the team and the candidate wrote to each other. Mail carries it, we keep it."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

MOST_MESSAGE = 5_000  # characters


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by who wrote them and whether the other side has looked."""

    def of_candidate(self) -> "MessageQuerySet":
        """Those that the candidate wrote."""
        return self.filter(by_candidate=True)

    def of_team(self) -> "MessageQuerySet":
        """Those that the team wrote."""
        return self.filter(by_candidate=False)

    def unread(self) -> "MessageQuerySet":
        """Those that the other side has not looked at."""
        return self.filter(read_at=None)

    def mark_read(self, at: datetime) -> None:
        """Keep that the other side has looked at them. Twice is once."""
        self.unread().update(read_at=at)


class Message(models.Model):
    """What one side wrote to the other about an application; never changed afterwards, but for being read."""

    PER_DAY = 30  # messages of one side in 24 hours, so that no thread floods mailboxes

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="messages")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    by_candidate = models.BooleanField()
    subject = models.CharField(max_length=120, blank=True)
    text = models.TextField(help_text="Plain text.")
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True, help_text="When somebody of the other side looked.")
    batch = models.UUIDField(null=True, blank=True, help_text="Of a letter to many: each gets it once.")
    message_id = models.CharField(max_length=250, blank=True, help_text="Of the mail it came as (RFC 5322, 3.6.4).")

    objects: ClassVar[MessageQuerySet] = MessageQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["application"], condition=Q(read_at=None), name="message_unread"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["application", "message_id"], condition=~Q(message_id=""), name="one_message_per_mail"
            ),
            models.UniqueConstraint(fields=["application", "batch"], name="one_message_per_batch"),
            models.CheckConstraint(condition=~Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return f"Message of {self.at:%Y-%m-%d}"
