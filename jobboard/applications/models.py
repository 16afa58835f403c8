"""An application: a snapshot of what a coder sent, and the dated steps of what became of it.

What was sent stays as it was sent, whatever becomes of the profile and the posting. Withdrawing is final: one person
applies to one posting once. From then on the employer's team sees that somebody applied and withdrew, and when; the
letter, the resume, the profile and the address are the candidate's again, who goes on seeing all of it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import ClassVar, Protocol
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from jobboard.applications import mails, snapshot
from jobboard.applications.kept import KeptResume
from jobboard.applications.resumes import Resume
from jobboard.postings.models import Posting

__all__ = ["MOST_LETTER", "Application", "ApplicationQuerySet", "KeptResume", "SentBefore", "StaleState", "Step"]

MOST_LETTER = 10_000  # characters


class StaleState(Exception):
    """A change came to an application that has left the state it starts from: somebody else was first."""


class Keeps(Protocol):
    """Answers of a candidate that are kept with their application."""

    def keep(self, application: "Application") -> None:
        """Store them."""


class SentBefore(Exception):
    """This person has applied to this posting before; `application` is that one."""

    def __init__(self, application: "Application") -> None:
        super().__init__()
        self.application = application


def resume_path(_application: "Application", _name: str) -> str:
    """A path nobody can guess, and nothing of the sender's file name in it."""
    return f"resumes/{uuid4().hex}"


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by who may see them."""

    def for_candidate(self, user: User) -> "ApplicationQuerySet":
        """Those this person sent."""
        return self.filter(candidate=user)

    def for_team(self, user: User) -> "ApplicationQuerySet":
        """Those sent to employers whose team this person is on."""
        return self.filter(posting__employer__members__user=user)

    def readable(self) -> "ApplicationQuerySet":
        """Those whose content the team may read: all but the withdrawn."""
        return self.filter(withdrawn_at=None)


class Application(models.Model):
    """One person's application to one posting."""

    class State(models.TextChoices):
        NEW = "new", "New"
        REVIEWED = "reviewed", "Reviewed"
        INTERVIEW = "interview", "Interview"
        OFFER = "offer", "Offer"
        HIRED = "hired", "Hired"
        DECLINED = "declined", "Declined"

    # The same states as the candidate reads them.
    TOLD: ClassVar[dict[str, str]] = {
        State.NEW: "Sent",
        State.REVIEWED: "Looked at",
        State.INTERVIEW: "Interview",
        State.OFFER: "Offer",
        State.HIRED: "Hired",
        State.DECLINED: "Not going forward",
    }

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="applications")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # The snapshot: the sender and the posting as they were.
    name = models.CharField(max_length=120)
    email = models.EmailField(max_length=254)
    letter = models.TextField(blank=True, help_text="Plain text.")
    resume = models.FileField(upload_to=resume_path, storage=default_storage)
    resume_name = models.CharField(max_length=120, help_text="As offered for download.")
    profile = models.JSONField(help_text="See snapshot.of_profile().")
    consent = models.TextField(help_text="The sentence that the candidate agreed to in sending.")
    posting_title = models.CharField(max_length=120)
    posting_employer = models.CharField(max_length=120)
    posting_facts = models.JSONField(help_text="See snapshot.of_posting().")
    posting_html = models.TextField(help_text="The description, rendered and cleaned.")

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-sent_at", "-id"]
        indexes = [models.Index(fields=["posting", "-sent_at", "-id"], name="application_by_posting")]
        constraints = [
            models.UniqueConstraint(
                fields=["candidate", "posting"],
                name="one_application_per_person",
                violation_error_message="You have applied to this posting already.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None) | ~Q(state="hired"),
                name="hired_is_not_withdrawn",
                violation_error_message="Somebody who was hired cannot withdraw here.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["new", "reviewed", "interview", "offer", "hired", "declined"]),
                name="application_state_known",
            ),
            models.CheckConstraint(condition=~Q(consent=""), name="application_with_consent"),
            models.CheckConstraint(condition=~Q(resume=""), name="application_with_resume"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.posting_title}"

    def get_absolute_url(self) -> str:
        """Where its sender reads it."""
        return reverse("application", args=[self.pk])

    @property
    def told(self) -> str:
        """The state as the candidate reads it."""
        return "Withdrawn" if self.withdrawn_at else self.TOLD[self.state]

    @property
    def shown(self) -> str:
        """The state as the team reads it."""
        return "Withdrawn" if self.withdrawn_at else self.State(self.state).label

    @property
    def may_withdraw(self) -> bool:
        """Whether its sender can still take it back."""
        return self.withdrawn_at is None and self.state != self.State.HIRED

    def send(self, at: datetime, resume: Resume, also: Iterable[Keeps] = ()) -> None:
        """Store what is sent, with the profile and the posting as they are now, and tell both sides by mail.

        `also` keeps what was asked besides, in the same transaction.

        Raises SentBefore for a second application of the same person, however close together the two come.
        """
        self.sent_at, self.email = at, self.candidate.email
        self.profile = snapshot.of_profile(self.candidate)
        self.posting_title, self.posting_employer = self.posting.title, self.posting.employer.name
        self.posting_facts, self.posting_html = snapshot.of_posting(self.posting), self.posting.description_html
        self.resume_name = resume.name
        self.resume.save(resume.name, resume.content, save=False)
        try:
            with transaction.atomic():
                self.save(force_insert=True)
                self._record(self.State.NEW, at, self.candidate)
                for extra in also:
                    extra.keep(self)
                mails.received(self)
                mails.arrived(self)
        except BaseException as error:
            self.resume.delete(save=False)  # the file is no part of the transaction
            if isinstance(error, IntegrityError) and "one_application_per_person" in str(error):
                raise SentBefore(Application.objects.get(posting=self.posting, candidate=self.candidate)) from None
            raise

    def withdraw(self, at: datetime) -> None:
        """Take it back for good. Raises StaleState where it was withdrawn before, or the candidate has been hired."""
        with transaction.atomic():
            self._change(~Q(state=self.State.HIRED), withdrawn_at=at)
            self._record(Step.WITHDRAWN, at, self.candidate)
            mails.withdrawn(self)
            mails.taken_back(self)

    def move(self, at: datetime, by: User, state: str, seen: str) -> None:
        """Put it into another state and tell the candidate. `seen` is the state it was moved from.

        Raises StaleState where it has left that state or was withdrawn.
        """
        with transaction.atomic():
            self._change(Q(state=seen), state=state)
            self._record(state, at, by)
            mails.moved(self)

    def _change(self, where: Q, **changes: object) -> None:
        if Application.objects.readable().filter(where, pk=self.pk).update(**changes) != 1:
            raise StaleState
        for column, value in changes.items():
            setattr(self, column, value)

    def _record(self, state: str, at: datetime, by: User) -> None:
        self.steps.create(state=state, at=at, by=by)


class Step(models.Model):
    """A change of an application's state, by whom and when; never changed afterwards."""

    WITHDRAWN = "withdrawn"

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=[*Application.State.choices, (WITHDRAWN, "Withdrawn")])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.state} at {self.at:%Y-%m-%d}"

    @property
    def told(self) -> str:
        """The state as the candidate reads it."""
        return Application.TOLD.get(self.state, "Withdrawn")
