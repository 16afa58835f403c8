"""The default mailer: a message becomes a row of the outbox, and a task delivers it."""

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from jobboard.outbox.models import OutgoingMail
from jobboard.outbox.tasks import deliver


class OutboxBackend(BaseEmailBackend):
    """Stores each message in the current transaction; once that commits, queues its delivery."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep the messages for delivery; returns how many."""
        for message in email_messages:
            mail = OutgoingMail.objects.store(message, timezone.now())
            # robust: a broker that is down is logged and must not break a request whose change is committed;
            # the row waits, and the sweep finds it.
            transaction.on_commit(partial(queue, mail.pk), robust=True)
        return len(email_messages)


def queue(pk: UUID) -> None:
    """Ask a worker to deliver one message now. Tried once: the sweep is the second try."""
    deliver.apply_async((str(pk),), retry=False)
