"""Showing that an employer's domain is its own: a mail to an address there, confirmed by whoever reads it."""

from datetime import datetime, timedelta
from secrets import token_urlsafe
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.employers import mails
from jobboard.employers.models.employer import Employer
from jobboard.employers.models.team import hash_of


class VerificationQuerySet(models.QuerySet["Verification"]):
    """Verifications by whether they can still be confirmed."""

    def open(self, at: datetime) -> "VerificationQuerySet":
        """Those that are neither used, replaced nor out of date."""
        return self.filter(confirmed_at=None, withdrawn_at=None, expires_at__gt=at)

    def to(self, address: str) -> "VerificationQuerySet":
        """Those to an address, in any case."""
        return self.filter(email__iexact=address)

    def forget(self, at: datetime) -> int:
        """Delete those that ran out long ago, used or not; returns how many."""
        return self.filter(expires_at__lte=at - Verification.KEPT_FOR).delete()[0]

    def by_token(self, token: str) -> "VerificationQuerySet":
        """The one whose mail holds this token."""
        return self.filter(token_hash=hash_of(token))


class Verification(models.Model):
    """A question, sent by mail to an address at the employer's domain; only the hash of its token is kept."""

    VALID_FOR = timedelta(days=3)
    KEPT_FOR = timedelta(days=90)  # after that, for staff who look into a complaint
    PER_DAY = 5  # an employer's and a person's in 24 hours, so that nobody mails strangers through us

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="verifications")
    email = models.EmailField("e-mail address")
    domain = models.CharField(max_length=253, help_text="That of the employer's website when it was asked.")
    token_hash = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[VerificationQuerySet] = VerificationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at"]

    class LimitReached(Exception):
        """The employer or the person has asked as often in 24 hours as one may."""

    class NotOpen(Exception):
        """It was used or replaced, is out of date, or the employer is suspended or has another website by now."""

    def __str__(self) -> str:
        return f"{self.email} for {self.employer}"

    def is_open(self, at: datetime) -> bool:
        """Whether it can be confirmed at a moment, as far as its own dates say; as the QuerySet's `open`."""
        return self.confirmed_at is None and self.withdrawn_at is None and self.expires_at > at

    def send(self, at: datetime, by: User) -> None:
        """Store the question and mail its link, the only place where its token is; an earlier one is replaced.

        Raises LimitReached.
        """
        token = token_urlsafe(32)
        self.token_hash, self.asked_by = hash_of(token), by
        self.created_at, self.expires_at = at, at + self.VALID_FOR
        with transaction.atomic():
            # The locks are against parallel requests past the limit.
            User.objects.select_for_update().get(pk=by.pk)
            employer = Employer.objects.select_for_update().get(pk=self.employer_id)
            today = Verification.objects.filter(created_at__gt=at - timedelta(days=1))
            if today.filter(Q(employer=employer) | Q(asked_by=by)).count() >= self.PER_DAY:
                raise self.LimitReached
            employer.verifications.open(at).update(withdrawn_at=at)
            self.save()
            mails.verification(self, token)

    def confirm(self, at: datetime) -> None:
        """Make the employer verified: once, in time, and while its website has that domain. Raises NotOpen."""
        with transaction.atomic():
            # The lock is against a change of the website at the same moment.
            employer = Employer.objects.select_for_update().get(pk=self.employer_id)
            if employer.domain != self.domain or employer.suspended_at:
                raise self.NotOpen
            if Verification.objects.open(at).filter(pk=self.pk).update(confirmed_at=at) != 1:
                raise self.NotOpen
            employer.verify(at, self.domain, self.asked_by)
            mails.verified(self)
