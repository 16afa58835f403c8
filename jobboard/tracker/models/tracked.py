"""A job that a person keeps an eye on, with what they note about it."""

from datetime import date, datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.postings.models import Posting
from jobboard.tracker import mails

MOST_NOTE = 5_000  # characters


class TooMany(Exception):
    """A person keeps as many as one may."""


class TrackedQuerySet(models.QuerySet["Tracked"]):
    """Tracked jobs by whose they are."""

    def for_user(self, user: User) -> "TrackedQuerySet":
        """Those this person keeps."""
        return self.filter(user=user)

    def save_for(self, user: User, posting: Posting, at: datetime) -> "Tracked":
        """Keep a job. A second click finds the first one's row. Raises TooMany."""
        kept = self.filter(user=user, posting=posting).first()
        if kept:
            return kept
        if self.filter(user=user).count() >= Tracked.MOST:
            raise TooMany
        names = {"title": posting.title, "employer_name": posting.employer.name}
        return self.get_or_create(user=user, posting=posting, defaults={"saved_at": at, **names})[0]

    def to_remind(self, at: datetime) -> "TrackedQuerySet":
        """Those whose day of reminder may have come somewhere in the world, and of which nobody was reminded yet."""
        return self.filter(remind_on__lte=at.date() + Tracked.DAY_AHEAD, reminded_at=None, user__is_active=True)


class Tracked(models.Model):
    """One person's row about one posting; that it is there means "saved".

    Title and employer stay as they were read, for when the posting is on the site no more.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", "I took the job"
        TURNED_DOWN = "turned-down", "I turned it down"
        DECLINED = "declined", "They declined"
        SILENT = "silent", "They never answered"

    MOST = 1_000  # one person's
    DAY_AHEAD = date.resolution
    MORNING = 7  # the hour of reminders, in the person's time zone

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="tracked")
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="tracked")
    title = models.CharField(max_length=120)
    employer_name = models.CharField(max_length=120)
    saved_at = models.DateTimeField()
    note = models.TextField(blank=True, help_text="Plain text that nobody but its writer reads.")
    applied_on = models.DateField("applied on", null=True, blank=True)
    interview_on = models.DateField("interview on", null=True, blank=True)
    outcome = models.CharField("what came of it", max_length=20, choices=Outcome, blank=True)
    decided_on = models.DateField("decided on", null=True, blank=True)
    next_step = models.CharField("next step", max_length=200, blank=True)
    remind_on = models.DateField("remind me on", null=True, blank=True)
    reminded_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects: ClassVar[TrackedQuerySet] = TrackedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-saved_at", "-id"]
        indexes = [
            models.Index(
                fields=["remind_on"], condition=Q(remind_on__isnull=False, reminded_at=None), name="tracked_to_remind"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["user", "posting"], name="posting_tracked_once"),
            models.CheckConstraint(
                condition=Q(outcome="", decided_on=None) | ~Q(outcome="") & Q(decided_on__isnull=False),
                name="tracked_decided_with_date",
                violation_error_message="Say what came of it, and on which day.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", "accepted", "turned-down", "declined", "silent"]),
                name="tracked_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(reminded_at=None) | Q(remind_on__isnull=False), name="tracked_reminded_of_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_bare(self) -> bool:
        """Whether nothing was noted, so that removing it loses nothing."""
        return not any((self.note, self.applied_on, self.interview_on, self.outcome, self.next_step, self.remind_on))

    def keep(self) -> None:
        """Store what was noted. Another day of reminder reminds again."""
        before = Tracked.objects.filter(pk=self.pk).values_list("remind_on", flat=True).first()
        if before != self.remind_on:
            self.reminded_at = None
        self.save()

    def remind(self, at: datetime) -> bool:
        """Mail the reminder if its day has come where the person lives. False: not yet, or somebody was first."""
        local = at.astimezone(self.user.zone or ZoneInfo(settings.TIME_ZONE))
        if self.remind_on is None or (local.date(), local.hour) < (self.remind_on, self.MORNING):
            return False
        with transaction.atomic():
            # Against a second worker with the same row: of two updates one counts.
            due = Tracked.objects.to_remind(at).filter(pk=self.pk, remind_on=self.remind_on)
            if due.update(reminded_at=at) != 1:
                return False
            mails.reminder(self, at)
        return True
