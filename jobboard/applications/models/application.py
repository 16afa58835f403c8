"""An application: a snapshot of what a coder sent, and the verbs that change what became of it.

What was sent stays as it was sent, whatever becomes of the profile and the posting. Withdrawing is final: one person
applies to one posting once. From then on the employer's team sees that somebody applied and withdrew, and when; the
letter, the resume, the profile, the address and the thread are the candidate's again, who goes on seeing all of it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import ClassVar, Protocol
from uuid import UUID, uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.db.models.fields.files import FieldFile
from django.urls import reverse

from accounts.line import Line
from accounts.models import User
from jobboard.applications import mails, snapshot
from jobboard.applications.letters import Letter
from jobboard.applications.models.message import Message
from jobboard.applications.models.queryset import ApplicationQuerySet
from jobboard.applications.models.step import Step
from jobboard.applications.models.team import Note
from jobboard.applications.resumes import Resume
from jobboard.applications.vocabulary import TOLD, State
from jobboard.postings.models import Posting
from jobboard.postings.sources import MOST_HOST, Source

MOST_LETTER = 10_000  # characters


class StaleState(Exception):
    """A change came to an application that has left the state it starts from: somebody else was first."""


class Keeps(Protocol):
    """Answers of a candidate that are kept with their application."""

    def keep(self, application: "Application") -> None:
        """Store them."""


class LimitReached(Exception):
    """One side has written as many messages in 24 hours as one may."""


class WrittenBefore(Exception):
    """A letter to many came to a candidate who has it."""


class SentBefore(Exception):
    """This person has applied to this posting before; `application` is that one."""

    def __init__(self, application: "Application") -> None:
        super().__init__()
        self.application = application


def resume_path(_application: "Application", _name: str) -> str:
    """A path nobody can guess, and nothing of the sender's file name in it."""
    return f"resumes/{uuid4().hex}"


class Application(models.Model):
    """One person's application to one posting."""

    State = State
    TOLD: ClassVar[dict[str, str]] = TOLD

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="applications")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    sent_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    moved_at = models.DateTimeField(help_text="When it came into its state.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    source = models.CharField(
        max_length=10, choices=Source, default=Source.DIRECT, help_text="What led to the posting."
    )
    source_host = models.CharField(max_length=MOST_HOST, blank=True, help_text="Of another site: its name alone.")

    # The snapshot: the sender and the posting as they were.
    name = Line(max_length=120)
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
        indexes = [
            models.Index(fields=["posting", "-sent_at", "-id"], name="application_by_posting"),
            models.Index(
                fields=["posting", "state", "-moved_at", "-id"],
                condition=Q(withdrawn_at=None),
                name="application_board",
            ),
        ]
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

    def get_hiring_url(self) -> str:
        """Where the team reads it."""
        return reverse("hiring_application", args=[self.pk])

    @property
    def told(self) -> str:
        """The state as the candidate reads it."""
        return "Withdrawn" if self.withdrawn_at else self.TOLD[self.state]

    @property
    def shown(self) -> str:
        """The state as the team reads it."""
        return "Withdrawn" if self.withdrawn_at else self.State(self.state).label

    @property
    def came_by(self) -> str:
        """What led its sender to the posting, in words."""
        return self.source_host or Source(self.source).label

    @property
    def may_withdraw(self) -> bool:
        """Whether its sender can still take it back."""
        return self.withdrawn_at is None and self.state != self.State.HIRED

    def send(self, at: datetime, resume: Resume, also: Iterable[Keeps] = ()) -> None:
        """Store what is sent, with the profile and the posting as they are now, and tell both sides by mail.

        `also` keeps what was asked besides, in the same transaction.

        Raises SentBefore for a second application of the same person, however close together the two come.
        """
        self.sent_at = self.moved_at = at
        self.email = self.candidate.email
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

    def move(
        self, at: datetime, by: User, state: str, seen: str, *, tell: bool = True, letter: Letter | None = None
    ) -> None:
        """Put it into another state. `seen` is the state it leaves.

        The candidate is told by mail unless `tell` is false, in the words of `letter`, which stays in the thread, where
        there is one. Raises StaleState where it has left that state or was withdrawn.
        """
        with transaction.atomic():
            self._change(Q(state=seen), state=state, moved_at=at)
            self._record(state, at, by, mailed=tell)
            if tell and letter:
                mails.team_wrote(self._say(at, by, letter), moved=True)
            elif tell:
                mails.moved(self)

    def write(
        self,
        at: datetime,
        by: User,
        letter: Letter,
        *,
        seen: str = "",
        batch: UUID | None = None,
        message_id: str = "",
    ) -> None:
        """Say something to the candidate, in the thread and by mail.

        `seen`: only while it stands in this state. `batch` names a letter to many, which each of them gets once.
        `message_id` is that of the mail it came by. Raises StaleState, LimitReached, WrittenBefore, and IntegrityError
        for a mail that came before.
        """
        with transaction.atomic():
            self._hold(Q(state=seen) if seen else Q())
            if batch and self.messages.filter(batch=batch).exists():
                raise WrittenBefore
            self._within_limit(at, by_candidate=False)
            mails.team_wrote(self._say(at, by, letter, message_id, batch=batch))
            self.messages.of_candidate().mark_read(at)

    def answer(self, at: datetime, text: str, message_id: str = "") -> None:
        """Say something to the team, as its candidate. `message_id` is that of the mail it came by.

        Raises StaleState where it was withdrawn, LimitReached, and IntegrityError for a mail that came before.
        """
        with transaction.atomic():
            self._hold()
            self._within_limit(at, by_candidate=True)
            mails.candidate_wrote(self._say(at, self.candidate, Letter("", text), message_id, by_candidate=True))
            self.messages.of_team().mark_read(at)

    def _say(
        self,
        at: datetime,
        by: User,
        letter: Letter,
        message_id: str = "",
        *,
        by_candidate: bool = False,
        batch: UUID | None = None,
    ) -> Message:
        subject, text = letter
        return self.messages.create(
            author=by, by_candidate=by_candidate, subject=subject, text=text, at=at, message_id=message_id, batch=batch
        )

    def _within_limit(self, at: datetime, *, by_candidate: bool) -> None:
        lately = self.messages.filter(by_candidate=by_candidate, at__gt=at - timedelta(days=1))
        if lately.count() >= Message.PER_DAY:
            raise LimitReached

    def note(self, at: datetime, by: User, text: str) -> Note:
        """Keep what a member of the team writes for the others. Raises StaleState where it was withdrawn."""
        with transaction.atomic():
            self._hold()
            return self.notes.create(author=by, text=text, at=at)

    def rate(self, at: datetime, by: User, stars: int | None) -> None:
        """Keep the stars this member gives in place of earlier ones; None takes them back. Raises StaleState."""
        with transaction.atomic():
            self._hold()
            if stars is None:
                self.ratings.filter(by=by).delete()
            else:
                self.ratings.update_or_create(by=by, defaults={"stars": stars, "at": at})

    def hand_out(self, at: datetime, by: User) -> FieldFile:
        """The resume for a member of the team; that it was taken is kept. Raises StaleState where it was withdrawn."""
        with transaction.atomic():
            self._hold()
            self.downloads.create(by=by, at=at)
        return self.resume

    def _hold(self, where: Q = Q()) -> None:  # noqa: B008 - a Q is never changed
        """Keep the candidate from withdrawing until the transaction ends.

        Raises StaleState where that was done, or where it no longer stands as `where` says.
        """
        held = Application.objects.readable().select_for_update(no_key=True).filter(where, pk=self.pk)
        if not held.only("pk").first():
            raise StaleState

    def _change(self, where: Q, **changes: object) -> None:
        if Application.objects.readable().filter(where, pk=self.pk).update(**changes) != 1:
            raise StaleState
        for column, value in changes.items():
            setattr(self, column, value)

    def _record(self, state: str, at: datetime, by: User, *, mailed: bool = True) -> None:
        self.steps.create(state=state, at=at, by=by, mailed=mailed)
