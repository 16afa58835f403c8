"""Messages that wait to be handed to the mail transport."""

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Messages by where they are on their way."""

    def waiting(self, at: datetime) -> "OutgoingMailQuerySet":
        """Those to be tried now: never handed over, and past the pause after a failed try."""
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=at), sent_at=None, given_up_at=None)


class OutgoingMail(models.Model):
    """One message to its recipients.

    It is written in the transaction of the change it tells of, so there is no mail without the change and no change
    without the mail. Its body is emptied once it is handed over: sign-in links and letters are not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipients = models.JSONField(help_text="List of addresses.")
    subject = models.CharField(max_length=998)
    raw = models.TextField(blank=True, help_text="The whole message, RFC 5322.")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)

    RETRY_AFTER = (timedelta(minutes=1), timedelta(minutes=5), timedelta(hours=1), timedelta(hours=6))

    objects: ClassVar[OutgoingMailQuerySet] = OutgoingMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(sent_at=None, given_up_at=None), name="outgoing_mail_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {', '.join(self.recipients)}"
