"""The keys with which an employer's own system uses the API."""

from datetime import datetime, timedelta
from hashlib import sha256
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Case, F, Q, Value, When

from accounts.models import User
from jobboard.employers.models import Employer, Member

PREFIX = "chb_"  # so that a key that leaks into a repository is known for what it is
SHOWN = 10  # characters of a key that its list shows, to tell keys apart
MOST_KEYS = 10  # open ones of an employer
MINUTE = timedelta(minutes=1)


class KeyQuerySet(models.QuerySet["Key"]):
    """Keys by whether they open anything."""

    def open(self) -> "KeyQuerySet":
        """Those not revoked whose maker still owns the employer and may sign in: who goes takes the keys along."""
        owners = Member.objects.filter(
            employer=models.OuterRef("employer"),
            user=models.OuterRef("made_by"),
            user__is_active=True,
            role=Member.Role.OWNER,
        )
        return self.filter(models.Exists(owners), revoked_at=None)

    def by_secret(self, secret: str) -> "KeyQuerySet":
        """The one that this is, if there is one."""
        return self.filter(hash=hash_of(secret))


class Key(models.Model):
    """A named key of one employer. Its secret is shown once; only a hash of it is kept."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="keys")
    name = models.CharField(max_length=60, help_text="Where it is used, such as the name of your applicant system.")
    start = models.CharField(max_length=SHOWN, editable=False)
    hash = models.CharField(max_length=64, unique=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[KeyQuerySet] = KeyQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-made_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="key_named", violation_error_message="Say where the key is used."
            )
        ]

    class LimitReached(Exception):
        """The employer has as many open keys as one may."""

    class Stale(Exception):
        """The key was revoked before."""

    def __str__(self) -> str:
        return self.name

    def make(self, at: datetime, by: User) -> str:
        """Store it; returns the secret, which nobody sees again. Raises LimitReached."""
        secret = PREFIX + token_urlsafe(32)
        self.start, self.hash, self.made_at, self.made_by = secret[:SHOWN], hash_of(secret), at, by
        with transaction.atomic():
            Employer.objects.select_for_update().get(pk=self.employer_id)  # against two at once past the limit
            if self.employer.keys.filter(revoked_at=None).count() >= MOST_KEYS:
                raise self.LimitReached
            self.save()
            Meter.objects.create(key=self)
        return secret

    def revoke(self, at: datetime) -> None:
        """Make it useless at once. Raises Stale where it was revoked before."""
        if Key.objects.filter(pk=self.pk, revoked_at=None).update(revoked_at=at) != 1:
            raise self.Stale


class Meter(models.Model):
    """How often a key was used in the current minute, and when last."""

    key = models.OneToOneField(Key, on_delete=models.CASCADE, primary_key=True, related_name="meter")
    minute = models.DateTimeField(null=True)
    requests = models.PositiveIntegerField(default=0)
    last_used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key_id}: {self.requests}"

    def count(self, at: datetime, most: int) -> bool:
        """Count a request; False where the key had as many in this minute. One statement, so parallel ones add up."""
        minute = at.replace(second=0, microsecond=0)
        room = Q(minute=None) | ~Q(minute=minute) | Q(requests__lt=most)
        anew = Case(When(minute=minute, then=F("requests") + 1), default=Value(1))
        meters = Meter.objects.filter(room, pk=self.pk)
        return meters.update(requests=anew, minute=minute, last_used_at=at) == 1


def hash_of(secret: str) -> str:
    """What is stored of a secret. It is random and long, so a plain hash keeps it safe."""
    return sha256(secret.encode(errors="replace")).hexdigest()
