"""An employer's request to be in touch with a coder, and what the coder makes of it. State is derived from dates."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.talent import mails

MOST_MESSAGE = 2000  # characters


class StaleState(Exception):
    """A change came to a request that has left the state it starts from."""


class AskedBefore(Exception):
    """The employer has a request with this person that is open or accepted, or was refused not long ago."""


class LimitReached(Exception):
    """The employer has sent as many requests in 24 hours as one may."""


class ContactRequestQuerySet(models.QuerySet["ContactRequest"]):
    """Requests by whose they are and where they stand."""

    def for_person(self, user: User) -> Self:
        """Those sent to this person."""
        return self.filter(person=user)

    def for_employer(self, pk: int) -> Self:
        """Those an employer sent."""
        return self.filter(employer=pk)

    def open(self) -> Self:
        """Those that wait for an answer. A suspended employer's wait for the end of the suspension."""
        return self.filter(accepted_at=None, declined_at=None, employer__suspended_at=None)

    def answered(self) -> Self:
        """Those that were accepted or declined, whatever followed."""
        return self.filter(Q(accepted_at__isnull=False) | Q(declined_at__isnull=False))

    def accepted(self) -> Self:
        """Those whose employer may read the name and the address."""
        return self.filter(accepted_at__isnull=False, taken_back_at=None)


class ContactRequest(models.Model):
    """A message from an employer to one person whose profile it found."""

    PER_DAY = 20  # an employer's in 24 hours
    AGAIN_AFTER = timedelta(days=90)  # once it was declined or taken back

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="contact_requests")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="contact_requests")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    message = models.TextField(max_length=MOST_MESSAGE)
    sent_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[ContactRequestQuerySet] = ContactRequestQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["employer", "-sent_at"], name="contact_request_by_employer")]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "person"],
                condition=Q(declined_at=None, taken_back_at=None),
                name="one_contact_request_at_a_time",
            ),
            models.CheckConstraint(condition=Q(accepted_at=None) | Q(declined_at=None), name="contact_answered_once"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(accepted_at__isnull=False), name="contact_granted_before_taken_back"
            ),
            models.CheckConstraint(condition=~Q(message=""), name="contact_request_with_message"),
        ]

    def __str__(self) -> str:
        return f"{self.employer_id} to {self.person_id}"

    @property
    def is_open(self) -> bool:
        """Whether it waits for an answer."""
        return self.accepted_at is None and self.declined_at is None

    @property
    def is_accepted(self) -> bool:
        """Whether the employer may read the name and the address."""
        return self.accepted_at is not None and self.taken_back_at is None

    @property
    def told(self) -> str:
        """Where it stands, as the employer's team reads it: no more than that."""
        if self.is_open:
            return "Waiting for an answer"
        return "Accepted" if self.is_accepted else "Declined" if self.declined_at else "Taken back"

    def send(self, at: datetime) -> None:
        """Store it and tell the person by mail. The caller has made sure that the employer sees that person.

        Raises AskedBefore, LimitReached, and StaleState where the employer was suspended meanwhile.
        """
        self.sent_at = at
        with transaction.atomic():
            # The lock is against parallel requests past the limit.
            if not Employer.objects.select_for_update().filter(pk=self.employer_id, suspended_at=None).exists():
                raise StaleState
            sent = ContactRequest.objects.for_employer(self.employer_id)
            refused = Q(declined_at__gt=at - self.AGAIN_AFTER) | Q(taken_back_at__gt=at - self.AGAIN_AFTER)
            if sent.filter(refused, person=self.person_id).exists():
                raise AskedBefore
            if sent.filter(sent_at__gt=at - timedelta(days=1)).count() >= self.PER_DAY:
                raise LimitReached
            self._store()
            mails.asked(self)

    def _store(self) -> None:
        try:
            with transaction.atomic():
                self.save(force_insert=True)
        except IntegrityError as error:
            if "one_contact_request_at_a_time" not in str(error):
                raise
            raise AskedBefore from None

    def accept(self, at: datetime) -> None:
        """Let the team read the name and the address, and tell it. Raises StaleState."""
        with transaction.atomic():
            self._change(ContactRequest.objects.open(), accepted_at=at)
            mails.accepted(self)

    def decline(self, at: datetime) -> None:
        """Answer no, and tell the one who asked no more than that. Raises StaleState."""
        with transaction.atomic():
            self._change(ContactRequest.objects.open(), declined_at=at)
            mails.declined(self)

    def take_back(self, at: datetime) -> None:
        """Let the team read the name and the address no longer. Raises StaleState."""
        self._change(ContactRequest.objects.accepted(), taken_back_at=at)

    def _change(self, where: ContactRequestQuerySet, **changes: datetime) -> None:
        if where.filter(pk=self.pk).update(**changes) != 1:
            raise StaleState
        for column, value in changes.items():
            setattr(self, column, value)
