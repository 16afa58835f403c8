"""Still hiring? Every so often the team of a live posting is asked; one that nobody confirms is closed.

Only what the public sees is asked about: not what is paused (its readers know), on hold, or about to end by itself.
"""

from datetime import datetime, timedelta
from secrets import token_urlsafe

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.employers.models.team import hash_of
from jobboard.postings import mails
from jobboard.postings.models.event import Event
from jobboard.postings.models.record import Recorded
from jobboard.postings.vocabulary import Outcome


class Pulse(Recorded):
    """When a team was asked whether it still hires, and when it last said so."""

    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When its team last said that it still hires.")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="When its team was asked; empty once it answered.")
    ask_hash = models.CharField(max_length=64, blank=True, editable=False, help_text="Of the token in the last mail.")

    class Meta:
        abstract = True

    @property
    def answer_by(self) -> datetime | None:
        """When it is closed for want of an answer; None while nothing is asked."""
        return self.asked_at and self.asked_at + timedelta(days=settings.PULSE_GRACE_DAYS)

    def ask(self, at: datetime) -> None:
        """Mail the question to the team. Raises StaleState where another worker has asked, or it is not shown."""
        token = token_urlsafe(32)
        with transaction.atomic():
            self._move(_shown(at) & Q(asked_at=None), asked_at=at, ask_hash=hash_of(token))
            self._record(Event.Kind.ASKED, at, None)
            mails.still_hiring(self._posting, token)

    def confirm(self, at: datetime, by: User | None = None, asked: datetime | None = None) -> None:
        """Note that the job is still open. `by` is nobody where it was said by the link in a mail.

        With `asked`, the moment of the question, it answers that question and no other. Raises StaleState.
        """
        question = Q(asked_at=asked) if asked else Q()
        with transaction.atomic():
            self._move(_shown(at) & question, confirmed_at=at, asked_at=None)
            self._record(Event.Kind.CONFIRMED, at, by, "" if by else "By the link in the mail.")

    def close_unanswered(self, at: datetime) -> None:
        """End a posting about which nobody answered. Raises StaleState where somebody did meanwhile."""
        with transaction.atomic():
            self._move(_shown(at) & Q(asked_at=self.asked_at), closed_at=at, outcome=Outcome.NO_ANSWER)
            self._record(Event.Kind.UNANSWERED, at, None)
            mails.unanswered(self._posting)


def _shown(at: datetime) -> Q:
    """The columns of what is shown. They are conditions of the row itself, so that of two workers one finds it so."""
    return Q(published_at__lte=at, held_at=None, paused_at=None, expires_at__gt=at)
