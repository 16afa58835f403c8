"""Messages that wait to be handed to the mail transport.

What is sent when. A message is stored by `OutboxBackend` in the transaction of the change it tells of. `deliver` and
`sweep` (tasks.py) lock one waiting row, hand it to the transport and mark it sent, in one transaction:

- killed before the hand-over: the row still waits, and the next sweep finds it;
- killed after the transport took the message and before the commit: the row still waits and the message goes out once
  more. No protocol between a mail server and a database can rule this out. Both copies carry the same Message-ID and
  Date, fixed when the row was made, by which mail programs and list software recognize a double; as a file it is
  written over itself.
"""

from datetime import datetime, timedelta
from email.utils import format_datetime, parseaddr
from typing import ClassVar, Self
from uuid import UUID, uuid4

from django.contrib.postgres.fields import ArrayField
from django.core.mail import EmailMessage, EmailMultiAlternatives, mailers
from django.db import models, transaction
from django.db.models import Q

from jobboard.outbox import conditions
from jobboard.outbox.message import packed, unpacked


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    """Messages by where they are on their way."""

    def waiting(self) -> Self:
        """Those that are still to be handed over, now or after a pause."""
        return self.filter(sent_at=None, given_up_at=None)

    def due(self, at: datetime) -> Self:
        """Those to be tried now, oldest first: waiting, and past the pause after a failed try."""
        return self.waiting().filter(Q(retry_at=None) | Q(retry_at__lte=at)).order_by("created_at")

    def given_up(self) -> Self:
        """Those that no try could hand over; only a person can start them again."""
        return self.filter(given_up_at__isnull=False)

    def settled_before(self, at: datetime) -> Self:
        """Those that were sent or given up and were made before a moment."""
        return self.filter(Q(sent_at__isnull=False) | Q(given_up_at__isnull=False), created_at__lt=at)

    def matching(self, words: str) -> Self:
        """Those whose subject or recipients hold these words."""
        return self.filter(Q(subject__icontains=words) | Q(recipients__icontains=words)) if words else self

    def concerning(self, address: str, name: str) -> Self:
        """Those to an address, and those to others whose subject begins with the name of who did something."""
        to = Q(recipients__iexact=address) | Q(recipients__iendswith=f"<{address}>")
        return self.filter(to | Q(subject__startswith=f"{name} "))

    def store(self, message: EmailMessage, at: datetime) -> "OutgoingMail":
        """Keep a message for delivery, in the current transaction.

        Raises ValueError for a line break in a header, TypeError for an attachment that is not (name, content, type).
        """
        mail = self.model(created_at=at)
        message.extra_headers = {
            **{name: value for name, value in message.extra_headers.items() if name.lower() != "message-id"},
            "Message-ID": f"<{mail.pk}@{parseaddr(str(message.from_email))[1].rpartition('@')[2]}>",
        }
        message.extra_headers.setdefault("Date", format_datetime(at))
        message.message()  # raises for what no mail may hold
        mail.subject = str(message.subject)
        mail.recipients = ", ".join(message.recipients())
        mail.content = packed(message)
        if only_if := getattr(message, "only_if", None):
            mail.only_if, mail.about = only_if
        mail.save(force_insert=True)
        return mail

    def deliver_next(self, at: datetime, only: UUID | None = None) -> "OutgoingMail | None":
        """Hand over, or drop, one message that is due, or this one; None: nothing was due, or another worker has it.

        The row stays locked while the transport works, so that no second worker takes the same message.
        """
        due = self.due(at) if only is None else self.due(at).filter(pk=only)
        with transaction.atomic():
            mail = due.select_for_update(skip_locked=True).first()
            if mail is not None and mail.may_go(at):
                mail.hand_over(at)
            elif mail is not None:
                mail.drop(at)
        return mail


class OutgoingMail(models.Model):
    """One message to its recipients. Its content is emptied once it is handed over: sign-in links are not kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipients = models.TextField(help_text="All addresses, with commas, as lists show them.")
    subject = models.CharField(max_length=998)
    content = models.JSONField(null=True, help_text="The message without its wire format; see message.packed().")
    created_at = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    tries = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    given_up_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True, help_text="What the last failed try said.")
    only_if = models.CharField(max_length=40, blank=True, help_text="What must hold when it goes out; see conditions.")
    about = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="The ids that the condition reads."
    )

    # The pause after each failed try. Three days in all, as mail servers do among themselves (RFC 5321, 4.5.4.1).
    RETRY_AFTER = tuple(timedelta(minutes=pause) for pause in (1, 5, 30, 120, 360, 720, 1440, 1440))
    KEPT = timedelta(days=90)  # how long a row that is sent or given up stays for the desk to see

    objects: ClassVar[OutgoingMailQuerySet] = OutgoingMailQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at"]
        indexes = [
            models.Index(
                fields=["created_at"], condition=Q(sent_at=None, given_up_at=None), name="outgoing_mail_waiting"
            ),
            models.Index(fields=["given_up_at"], condition=Q(given_up_at__isnull=False), name="outgoing_mail_given_up"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_at=None, content__isnull=False) | Q(sent_at__isnull=False, content__isnull=True),
                name="outgoing_mail_kept_until_sent",
            ),
            models.CheckConstraint(condition=Q(sent_at=None) | Q(given_up_at=None), name="outgoing_mail_one_end"),
        ]

    def __str__(self) -> str:
        return f"{self.subject} to {self.recipients}"

    def message(self) -> EmailMultiAlternatives:
        """The message as it was stored. Raises ValueError once it is sent: then it is kept no longer."""
        if self.content is None:
            raise ValueError(f"message {self.pk} was sent and is not kept")
        return unpacked(self.content)

    def may_go(self, at: datetime) -> bool:
        """Whether what it was written for still holds."""
        return not self.only_if or conditions.named(self.only_if).holds(self.about, at)

    def drop(self, at: datetime) -> None:
        """Forget a message that may not go out any more, and let the app that wrote it do what follows from that."""
        dropped = conditions.named(self.only_if).dropped
        if dropped:
            dropped(self.about, at)
        self.error = ""
        self.delete()

    def hand_over(self, at: datetime) -> None:
        """Give the message to the transport, and keep what came of it."""
        try:
            if not mailers["transport"].send_messages([self.message()]):
                raise OSError("the transport took no message")
        except Exception as error:  # noqa: BLE001 - whatever a transport raises, the message must be tried again
            self._failed(error, at)
        else:
            self.sent_at, self.content, self.error = at, None, ""
        self.save()

    def _failed(self, error: Exception, at: datetime) -> None:
        self.error = f"{type(error).__name__}: {error}"[:300]
        if self.tries < len(self.RETRY_AFTER):
            self.retry_at = at + self.RETRY_AFTER[self.tries]
        else:
            self.given_up_at = at
        self.tries += 1

    def start_again(self) -> bool:
        """Try a given-up message from the beginning. False: it was not given up, or another person was first."""
        given_up = OutgoingMail.objects.given_up().filter(pk=self.pk)
        return given_up.update(given_up_at=None, retry_at=None, tries=0) == 1
