"""The ledger of what people were reminded of.

A run locks a person's profile, writes what it tells of into the ledger and puts one mail into the outbox, all in one
transaction: a worker killed at any point has done all of it or none. A date that was moved is told of anew.
"""

from datetime import date, datetime, timedelta
from functools import reduce
from operator import or_
from typing import ClassVar, NamedTuple, Self

from allauth.account.models import EmailAddress
from django.db import models, transaction
from django.db.models import Case, Exists, IntegerField, OuterRef, Value, When
from django.utils.timezone import localdate

from accounts.models import Credential, Profile
from jobboard.reminders import mails

STAGES = (90, 30, 7)  # days before a date


class Kind(models.TextChoices):
    """What comes: the value is the credential's column with the day."""

    EXPIRES = "expires", "expires"
    CEU_DUE = "ceu_due", "CEUs are due"


class Coming(NamedTuple):
    """A date of a credential that somebody is to be told of, at one of the stages."""

    credential: Credential
    kind: Kind
    day: date
    stage: int


class ReminderQuerySet(models.QuerySet["Reminder"]):
    """What was told."""

    def told(self, kind: Kind) -> Self:
        """That of a query over credentials with a `stage`, whose date of this kind has not moved since."""
        same = {"credential": OuterRef("pk"), "day": OuterRef(kind.value), "stage": OuterRef("stage")}
        return self.filter(kind=kind, **same)


class Reminder(models.Model):
    """A mail that told of a date. Unique, and written in the transaction that makes the mail."""

    credential = models.ForeignKey(Credential, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    day = models.DateField()
    stage = models.PositiveSmallIntegerField(help_text="So many days before the day, at most.")
    at = models.DateTimeField()

    objects: ClassVar[ReminderQuerySet] = ReminderQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["credential", "kind", "day", "stage"], name="reminded_once_per_stage")
        ]

    def __str__(self) -> str:
        return f"{self.credential_id} {self.kind} {self.day} at {self.stage} days"


def untold(kind: Kind, today: date) -> models.QuerySet[Credential]:
    """Credentials with such a date ahead that nobody was told of at the stage it has reached, with that `stage`.

    A stage that was missed is not made up for: whoever lists a credential 20 days before it expires gets the mail of
    the 30 days and that of the 7, and not that of the 90.
    """
    reached = [When(**{f"{kind.value}__lte": today + timedelta(days)}, then=Value(days)) for days in sorted(STAGES)]
    ahead = {f"{kind.value}__range": (today, today + timedelta(max(STAGES)))}
    coming = Credential.objects.filter(**ahead).annotate(stage=Case(*reached, output_field=IntegerField()))
    return coming.filter(~Exists(Reminder.objects.told(kind)))


def due(today: date) -> models.QuerySet[Profile]:
    """Profiles with something to tell of: of people who want it, can sign in and showed that the address is theirs."""
    verified = EmailAddress.objects.filter(user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True)
    of_these = [untold(kind, today).filter(profile=OuterRef("pk")) for kind in Kind]
    something = reduce(or_, (models.Q(Exists(credentials)) for credentials in of_these))
    return Profile.objects.filter(something, Exists(verified), reminders=True, user__is_active=True)


def remind(pk: int, at: datetime) -> bool:
    """Mail what is coming to one person, if anything is. False: nothing was, or another worker has it."""
    today = localdate(at)
    with transaction.atomic():
        # Against a second worker with the same person: the row is skipped there, or nothing is untold afterwards.
        locked = due(today).filter(pk=pk).select_for_update(skip_locked=True, of=("self",))
        profile = locked.select_related("user").first()
        coming = _coming(profile, today) if profile else []
        if profile and coming:
            Reminder.objects.bulk_create(
                Reminder(credential=each.credential, kind=each.kind, day=each.day, stage=each.stage, at=at)
                for each in coming
            )
            mails.coming(profile, coming, today)
    return bool(coming)


def _coming(profile: Profile, today: date) -> list[Coming]:
    """All that one person is to be told of, soonest first."""
    found = [
        Coming(held, kind, getattr(held, kind.value), held.stage)  # type: ignore[attr-defined]
        for kind in Kind
        for held in untold(kind, today).filter(profile=profile)
    ]
    return sorted(found, key=lambda each: (each.day, each.credential.abbreviation, each.kind))
