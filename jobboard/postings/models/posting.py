"""A job posting: its columns, what must hold for them, and the verbs that move it from state to state."""

from collections.abc import Iterable
from copy import copy
from datetime import date, datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator, URLValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.urls import reverse
from django.utils.text import slugify

from accounts.line import Line
from accounts.models import User
from accounts.vocabulary import CREDENTIAL_CHOICES, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from codes.markup import plain, render
from jobboard.employers.models import Employer
from jobboard.postings import mails, readers
from jobboard.postings.models.again import Again
from jobboard.postings.models.constraints import CONSTRAINTS
from jobboard.postings.models.event import Event
from jobboard.postings.models.indexes import INDEXES
from jobboard.postings.models.last_day import LAST_DAY_ZONE, end_of, latest_day, today
from jobboard.postings.models.limit import keep_to_limit
from jobboard.postings.models.pay import Pay
from jobboard.postings.models.place import OnTheMap
from jobboard.postings.models.pulse import Pulse
from jobboard.postings.models.queryset import PostingQuerySet
from jobboard.postings.models.record import StaleState
from jobboard.postings.models.terms import Terms, choices_array
from jobboard.postings.vocabulary import (
    BENEFIT_CHOICES,
    ROLE_CHOICES,
    SETTING_CHOICES,
    ApplyBy,
    Apprentice,
    Outcome,
    Schedule,
    Workplace,
)
from jobboard.postings.vocabulary import State as Standing
from jobboard.postings.words import keywords

MOST_DESCRIPTION = 20_000  # characters
MOST_REASON = 2_000  # characters
# It stands in addresses of the API, so it begins with a letter or digit and needs no escaping there.
REFERENCE = RegexValidator(
    r"\A[A-Za-z0-9][A-Za-z0-9._:-]*\Z",
    "Use letters, digits, dots, colons, hyphens and underscores, beginning with a letter or digit.",
)


class Incomplete(Exception):
    """A posting lacks what review needs. `missing` maps each field to what to do about it."""

    def __init__(self, missing: dict[str, str]) -> None:
        super().__init__(" ".join(missing.values()))
        self.missing = missing


class Posting(Pulse, Again, Terms, OnTheMap, Pay):
    """A job. Where it stands is derived from its dates; `PostingQuerySet.live` is what the public sees.

    A draft may lack anything but a title; from submission on the constraints hold what a public posting must say.
    """

    State = Standing

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="postings")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reference = models.CharField(
        max_length=60,
        blank=True,
        validators=[REFERENCE],
        help_text="What the employer's own system calls it; files and the API find the posting by it.",
    )

    title = Line(max_length=120)
    slug = models.SlugField(max_length=120, editable=False)
    description = models.TextField(
        blank=True, help_text="Markdown. What the work is, who reads the charts, how quality is measured."
    )
    description_html = models.TextField(blank=True, editable=False)
    description_text = models.TextField(
        blank=True, editable=False, help_text="Without markup, for search and previews."
    )

    roles = choices_array(ROLE_CHOICES)
    specialties = choices_array(SPECIALTY_CHOICES)
    setting = models.CharField(max_length=30, choices=SETTING_CHOICES, blank=True)
    credentials_required = choices_array(CREDENTIAL_CHOICES)
    credentials_preferred = choices_array(CREDENTIAL_CHOICES)
    apprentice = models.CharField("apprentices (CPC-A)", max_length=20, choices=Apprentice, default=Apprentice.UNSTATED)
    years_min = models.PositiveSmallIntegerField(
        "years required", null=True, blank=True, validators=[MaxValueValidator(50)]
    )
    code_families = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        help_text="A system and the start of its codes without dot, such as cpt:27 or icd-10-cm:M54.",
    )
    software = choices_array(SOFTWARE_CHOICES)

    schedule = models.CharField(max_length=20, choices=Schedule, blank=True)
    workplace = models.CharField(max_length=10, choices=Workplace, blank=True)
    remote_states = ArrayField(
        models.CharField(max_length=2, choices=STATE_CHOICES),
        default=list,
        blank=True,
        help_text="Where a remote coder may live; empty: anywhere in the United States.",
    )
    benefits = choices_array(BENEFIT_CHOICES)

    apply_by = models.CharField("how to apply", max_length=10, choices=ApplyBy, default=ApplyBy.SITE)
    apply_url = models.URLField(
        "address to apply at", max_length=500, blank=True, validators=[URLValidator(schemes=["http", "https"])]
    )
    apply_email = models.EmailField("e-mail to apply to", blank=True)
    closes_on = models.DateField("last day to apply", null=True, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    sent_back_at = models.DateTimeField(null=True, blank=True)
    sent_back_reason = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True, blank=True, db_index=True)
    approved_at = models.DateTimeField(null=True, blank=True, help_text="When staff last looked at what is shown.")
    expires_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(
        null=True,
        editable=False,
        help_text="When it was found to have expired; the indexes of the search leave it out.",
    )
    held_at = models.DateTimeField(null=True, blank=True)
    held_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    keywords = models.TextField(
        blank=True, editable=False, help_text="What its typed fields say, for search; see words.keywords."
    )
    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("keywords", weight="B", config="english")
        + SearchVector("description_text", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[PostingQuerySet] = PostingQuerySet.as_manager()  # type: ignore[assignment]

    # What the form writes and a copy takes over. The verbs own every other column.
    CONTENT = (
        *("title", "description", "roles", "specialties", "setting"),
        *("credentials_required", "credentials_preferred", "apprentice", "years_min", "code_families", "software"),
        *("employment_type", "schedule", "workplace", "remote_states", "city", "state", "postal_code"),
        *("pay_min", "pay_max", "pay_unit", "pay_currency", "units_per_hour", "accuracy_percent", "audit_percent"),
        *("credential_within_months", "paid_as", "starts_on", "equipment", "second_monitor"),
        *("work_stays", "software_codes", "unpaid", "interview_steps", "benefits"),
        *("apply_by", "apply_url", "apply_email", "closes_on"),
    )
    DATED = ("closes_on", "starts_on")  # content that a copy leaves out: its days will have passed
    _WAITING = Q(submitted_at__isnull=False, sent_back_at=None, published_at=None, held_at=None)
    DERIVED = ("slug", "description_html", "description_text", "keywords", "latitude", "longitude")

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = INDEXES
        constraints = CONSTRAINTS

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, update_fields: Iterable[str] | None = None, **kwargs: object) -> None:
        """Keep slug and rendered text in step; the id in the address keeps old links working."""
        self.slug = slugify(self.title)[:120].strip("-") or "job"
        self.description_html = render(self.description)
        self.description_text = plain(self.description_html)
        self.keywords = keywords(self)
        if "latitude" in (update_fields or self.DERIVED):
            self.find_on_the_map()
        super().save(*args, update_fields=update_fields, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("posting", args=[self.pk, self.slug])

    def state_at(self, at: datetime) -> Standing:
        """Where it stands at a moment. A suspended employer's posting stands where it stood; it is just not shown."""
        if self.closed_at:
            return Standing.CLOSED
        if self.held_at:
            return Standing.HELD
        if self.published_at and self.published_at <= at:
            if self.expires_at is None or self.expires_at <= at:
                return Standing.EXPIRED
            return Standing.PAUSED if self.paused_at else Standing.LIVE
        if self.sent_back_at:
            return Standing.SENT_BACK
        return Standing.SUBMITTED if self.submitted_at else Standing.DRAFT

    @property
    def last_day(self) -> date | None:
        """The last day on which it can be applied to; None while it has never been published."""
        return self.expires_at and (self.expires_at - timedelta(microseconds=1)).astimezone(LAST_DAY_ZONE).date()

    @property
    def changed_since_approval(self) -> bool:
        """Whether it shows something that staff have not looked at."""
        return bool(self.approved_at and self.edited_at > self.approved_at)

    def missing(self, at: datetime) -> dict[str, str]:
        """What a posting still lacks for review: the name of each field and what to do about it."""
        needs = {
            "description": (not self.description.strip(), "Describe the work."),
            "roles": (not self.roles, "Choose at least one role."),
            "employment_type": (not self.employment_type, "Say how the coder is employed."),
            "workplace": (not self.workplace, "Say where the work is done."),
            "city": (self._has_place and not self.city, "Hybrid and on-site work needs a city."),
            "state": (self._has_place and not self.state, "Hybrid and on-site work needs a state."),
            "remote_states": (
                bool(self.remote_states) and self.workplace != Workplace.REMOTE,
                "States to live in belong to remote work only: clear them, or make the work remote.",
            ),
            "pay_unit": (
                not self.pay_unit and (self.pay_min, self.pay_max) != (None, None),
                "Say what the pay is for: an hour, a year, a chart.",
            ),
            "apply_url": (self.apply_by == ApplyBy.URL and not self.apply_url, "Give the address to apply at."),
            "apply_email": (self.apply_by == ApplyBy.EMAIL and not self.apply_email, "Give the e-mail to apply to."),
            "closes_on": (
                bool(self.closes_on and self.closes_on < today(at)),
                "The last day to apply has passed: choose a later one.",
            ),
        }
        return {field: what for field, (lacks, what) in needs.items() if lacks}

    @property
    def _has_place(self) -> bool:
        return self.workplace in (Workplace.HYBRID, Workplace.ON_SITE)

    def save_draft(self, at: datetime, by: User) -> None:
        """Store a new posting that only its employer's team sees. Needs a title, nothing else."""
        self.created_by, self.edited_at = by, at
        with transaction.atomic():
            self.save()
            self._record(Event.Kind.CREATED, at, by)

    def edit(self, at: datetime, by: User, seen: datetime | None = None) -> None:
        """Store changed content, keeping the state. A published one keeps its address and is looked at again by staff.

        `seen` is the `edited_at` of the version that was changed. Raises StaleState where a colleague has stored
        another since or it is closed, Incomplete where a posting that was submitted would lack something.
        """
        with transaction.atomic():
            # The lock is against two edits, or an edit and an approval, that each saw the state before the other.
            stored = Posting.objects.select_for_update().filter(pk=self.pk, edited_at=seen or self.edited_at).first()
            if stored is None or not stored.editable_at(at):
                raise StaleState
            if stored.submitted_at and (missing := self.missing(at)):
                raise Incomplete(missing)
            self.edited_at = at
            self.submitted_at, self.published_at = stored.submitted_at, stored.published_at
            self.expires_at = stored.expires_at
            if stored.published_at and stored.closes_on != self.closes_on:
                self.expires_at = self._expiry(stored.published_at)
            self.save(update_fields=[*self.CONTENT, *self.DERIVED, "edited_at", "expires_at"])
            if stored.submitted_at:  # until then it is nobody else's concern
                self._record(Event.Kind.EDITED, at, by, self._changed_from(stored))
                readers.read(self, at)

    def _changed_from(self, stored: "Posting") -> str:
        """The names of what it says otherwise than a stored version, as a sentence; empty where it says the same."""
        changed = [name for name in self.CONTENT if getattr(self, name) != getattr(stored, name)]
        names = [str(self._meta.get_field(name).verbose_name) for name in changed]  # type: ignore[union-attr]
        return f"Changed: {', '.join(names)}" if names else ""

    def ask_otherwise(self, at: datetime, by: User, what: str) -> None:
        """Note that what it asks of candidates was changed, which staff look at as they look at its text.

        `what` says it in a sentence. A draft is nobody else's concern, and what has ended asks nobody any more.
        """
        with transaction.atomic():
            if Posting.objects.filter(pk=self.pk, submitted_at__isnull=False, closed_at=None).update(edited_at=at):
                self.edited_at = at
                self._record(Event.Kind.EDITED, at, by, what)
                readers.read(self, at)

    def content(self) -> dict[str, object]:
        """What was written in it, without the days that will have passed."""
        return {name: getattr(self, name) for name in self.CONTENT if name not in self.DATED}

    def copied(self) -> "Posting":
        """A posting of the same employer with the same content, not stored yet."""
        return Posting(employer=self.employer, **self.content())

    def as_published(self, at: datetime) -> "Posting":
        """A copy as readers will see it, with the dates it would have if it were published now; not to be stored."""
        shown = copy(self)
        if shown.published_at is None:
            shown.published_at, shown.expires_at = at, self._expiry(at)
        return shown

    def editable_at(self, at: datetime) -> bool:
        """Whether its content may still change: not once it has ended, since its readers saw it as it was."""
        return self.closed_at is None and (self.expires_at is None or self.expires_at > at)

    def submit(self, at: datetime, by: User, *, tell_staff: bool = True) -> None:
        """Put a draft, or one that was sent back, in the moderation queue.

        Who submits many tells staff of all of them at once, by `mails.submitted_many`, instead of with each.

        Raises Incomplete where it lacks something, StaleState where it waits already or was edited meanwhile, and
        DailyLimit.
        """
        if missing := self.missing(at):
            raise Incomplete(missing)
        unsent = Q(submitted_at=None) | Q(sent_back_at__isnull=False)
        with transaction.atomic():
            keep_to_limit(self, at)
            self._move(unsent & Q(edited_at=self.edited_at), submitted_at=at, sent_back_at=None, sent_back_reason="")
            self._record(Event.Kind.SUBMITTED, at, by)
            if tell_staff:
                mails.submitted(self)
            readers.read(self, at)

    def take_back(self, at: datetime, by: User) -> None:
        """Take it out of the queue again: a draft, or sent back where staff had sent it back before.

        What staff refused once stays on the record, so it does not become a draft that can be deleted. Raises
        StaleState where staff have decided meanwhile.
        """
        refused = self.events.filter(kind=Event.Kind.SENT_BACK).last()
        before = {"sent_back_at": refused.at, "sent_back_reason": refused.reason} if refused else {"submitted_at": None}
        with transaction.atomic():
            self._move(self._WAITING, **before)
            self._record(Event.Kind.TAKEN_BACK, at, by)

    def publish(self, at: datetime, by: User, seen: datetime | None = None) -> None:
        """Make a submitted posting live until the end of its last day.

        `seen` is the `edited_at` of the version that staff looked at. Raises StaleState where another was stored since
        or it has left the queue, ValidationError where its last day has passed while it waited.
        """
        expires_at = self._expiry(at)
        if expires_at <= at:
            raise ValidationError("Its last day to apply has passed. Send it back so that another can be chosen.")
        with transaction.atomic():
            self._move(
                self._WAITING & Q(edited_at=seen or self.edited_at),
                published_at=at,
                approved_at=at,
                expires_at=expires_at,
            )
            self._record(Event.Kind.PUBLISHED, at, by)
            self._take_over(at, by)
            mails.published(self)

    def send_back(self, at: datetime, by: User, reason: str) -> None:
        """Refuse a submitted posting for now, saying what to change; it can be edited and submitted again."""
        with transaction.atomic():
            self._move(self._WAITING, sent_back_at=at, sent_back_reason=reason)
            self._record(Event.Kind.SENT_BACK, at, by, reason)
            mails.sent_back(self)

    def hold(self, at: datetime, by: User, reason: str) -> None:
        """Take a live or waiting posting out of sight until it is released."""
        holdable = Q(submitted_at__isnull=False, sent_back_at=None, held_at=None)
        with transaction.atomic():
            self._move(holdable, held_at=at, held_reason=reason, asked_at=None)
            self._record(Event.Kind.HELD, at, by, reason)
            mails.held(self)

    def release(self, at: datetime, by: User) -> None:
        """End a hold: a published posting shows again, any other is back in the queue."""
        with transaction.atomic():
            self._move(Q(held_at__isnull=False), held_at=None, held_reason="")
            self._record(Event.Kind.RELEASED, at, by)
            mails.released(self)

    def recheck(self, at: datetime, by: User, seen: datetime | None = None) -> None:
        """Note that staff looked at what was changed after approval. `seen` is as in `publish`."""
        changed = Q(published_at__isnull=False, edited_at__gt=F("approved_at"))
        with transaction.atomic():
            self._move(changed & Q(edited_at=seen or self.edited_at), approved_at=at)
            self._record(Event.Kind.RECHECKED, at, by)

    def close(self, at: datetime, by: User | None, outcome: str) -> None:
        """End a posting for good, saying what came of it. Its page then says so. A draft is discarded instead.

        `by` is nobody where it was said by the link in a mail.
        """
        with transaction.atomic():
            self._move(Q(submitted_at__isnull=False), closed_at=at, outcome=outcome)
            self._record(Event.Kind.CLOSED, at, by, Outcome(outcome).label)
            mails.closed(self, by)

    def discard(self) -> None:
        """Delete a draft that was never submitted."""
        with transaction.atomic():
            draft = Posting.objects.select_for_update().filter(pk=self.pk, submitted_at=None).first()
            if draft is None:
                raise StaleState
            draft.delete()

    def _expiry(self, published_at: datetime) -> datetime:
        """The end of the last day: the one the employer chose, but never later than the longest life of a posting."""
        latest = latest_day(published_at)
        return end_of(min(self.closes_on or latest, latest))
