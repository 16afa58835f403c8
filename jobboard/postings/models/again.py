"""Pausing a posting, and hiring again: copies and renewals. What has ended stays under its id as its readers saw it."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.postings import along
from jobboard.postings.models.event import Event
from jobboard.postings.models.record import Recorded, StaleState
from jobboard.postings.vocabulary import Outcome, State

if TYPE_CHECKING:
    from jobboard.postings.models.posting import Posting

ENDING = timedelta(days=14)  # so long before its end a posting can be renewed, to leave staff time to read
SECOND_CLICK = timedelta(seconds=10)  # within it, the same person means the same copy
MOST_RENEWALS = 24  # followed from an old page to the one that is live


class Again(Recorded):
    """What a team does with a posting it has published before."""

    paused_at = models.DateTimeField(null=True, blank=True)
    renewed_from = models.OneToOneField(
        "self", on_delete=models.SET_NULL, null=True, blank=True, related_name="renewal", editable=False
    )

    class Meta:
        abstract = True

    def pause(self, at: datetime, by: User) -> None:
        """Take no applications for now. Its page says so, no list shows it, and its last day comes nevertheless.

        A pause answers the question whether it still hires: nobody is asked until it resumes.
        """
        public = Q(published_at__lte=at, held_at=None, paused_at=None, expires_at__gt=at)
        with transaction.atomic():
            self._move(public, paused_at=at, asked_at=None)
            self._record(Event.Kind.PAUSED, at, by)

    def resume(self, at: datetime, by: User) -> None:
        """Take applications again; who resumes a posting says with it that it still hires."""
        with transaction.atomic():
            self._move(Q(paused_at__isnull=False, held_at=None, expires_at__gt=at), paused_at=None, confirmed_at=at)
            self._record(Event.Kind.RESUMED, at, by)

    def duplicate(self, at: datetime, by: User) -> "Posting":
        """A new draft with the same content and no days, to hire for another place. A second click makes no second."""
        postings = type(self._posting).objects
        with transaction.atomic():
            stored = postings.select_for_update().get(pk=self.pk)  # two clicks at once would each see no copy yet
            drafts = postings.filter(employer=stored.employer_id, created_by=by, title=stored.title, submitted_at=None)
            just_made = drafts.exclude(pk=stored.pk).filter(edited_at__gt=at - SECOND_CLICK).order_by("-id").first()
            if just_made:
                return just_made
            copy = stored.copied()
            copy.save_draft(at, by)
            along.give(copy, along.of(self._posting))
        return copy

    def renew(self, at: datetime, by: User) -> "Posting":
        """A new draft with the same content that takes the place of this one: once live, this page points to it.

        Raises StaleState where this one is not about to end, or is renewed already.
        """
        postings = type(self._posting).objects
        with transaction.atomic():
            # The lock is against two renewals at once, each seeing none yet.
            stored = postings.select_for_update().get(pk=self.pk)
            if not stored.renewable_at(at) or postings.filter(renewed_from=stored).exists():
                raise StaleState
            new = stored.copied()
            new.renewed_from = stored
            new.save_draft(at, by)
            along.give(new, along.of(stored))
            self._record(Event.Kind.RENEWED, at, by, f"Posting {new.pk}")
        return new

    def _take_over(self, at: datetime, by: User) -> None:
        """Close the posting that this one renews, if it is still open: the job would otherwise be there twice."""
        before = self._posting.renewed_from_id
        if before is None:
            return
        old = type(self._posting).objects.filter(pk=before, closed_at=None, held_at=None, expires_at__gt=at)
        if old.update(closed_at=at, outcome=Outcome.RENEWED, asked_at=None):
            reason = f"Posting {self.pk} takes its place."
            Event.objects.create(posting_id=before, kind=Event.Kind.CLOSED, by=by, at=at, reason=reason)

    def renewable_at(self, at: datetime) -> bool:
        """Whether it has ended, or ends within `ENDING`."""
        stands, end = self._posting.state_at(at), self._posting.expires_at
        soon = end is not None and end <= at + ENDING
        return stands in (State.CLOSED, State.EXPIRED) or (stands in (State.LIVE, State.PAUSED) and soon)

    def renewed_as(self, at: datetime) -> "Posting | None":
        """The live posting that renews this one, or renews its renewal; None while there is none."""
        heir: Posting | None = self._posting
        for _ in range(MOST_RENEWALS):
            heir = type(self._posting).objects.filter(renewed_from=heir).select_related("employer").first()
            if heir is None or heir.state_at(at) == State.LIVE:
                return heir
        return None
