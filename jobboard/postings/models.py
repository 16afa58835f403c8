"""A job posting, what the public may see of it, and the record of what was decided."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from accounts.vocabulary import CREDENTIAL_CHOICES, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.employers.models import Employer, Member
from jobboard.postings.vocabulary import (
    BENEFIT_CHOICES,
    HOURS_PER_DAY,
    HOURS_PER_YEAR,
    ROLE_CHOICES,
    SETTING_CHOICES,
    ApplyBy,
    Apprentice,
    EmploymentType,
    Outcome,
    PayUnit,
    Schedule,
    Workplace,
)


class StaleState(Exception):
    """A verb came to a posting that has left the state it starts from: a second click, or a colleague was first."""


def choices_array(choices: list[tuple[str, str]]) -> ArrayField:
    """A column that holds several values of a vocabulary."""
    return ArrayField(models.CharField(max_length=40, choices=choices), default=list, blank=True)


def hourly(amount: str) -> Case:
    """SQL for the hourly equivalent of a pay column: an estimate, by 2,080 hours a year and the stated charts an hour."""
    value = F(amount)
    return Case(
        When(pay_unit=PayUnit.HOUR, then=value),
        When(pay_unit=PayUnit.DAY, then=value / Value(HOURS_PER_DAY)),
        When(pay_unit=PayUnit.YEAR, then=value / Value(HOURS_PER_YEAR)),
        When(pay_unit__in=[PayUnit.CHART, PayUnit.ENCOUNTER, PayUnit.PAGE], then=value * F("units_per_hour")),
        default=None,
        output_field=models.DecimalField(max_digits=10, decimal_places=2),
    )


class PostingQuerySet(models.QuerySet["Posting"]):
    """Postings by who may see them and where they stand."""

    def live(self, at: datetime) -> "PostingQuerySet":
        """What the public sees at a moment. The only answer to that question, on every surface."""
        return self.filter(
            published_at__lte=at,
            held_at=None,
            closed_at=None,
            expires_at__gt=at,
            employer__suspended_at=None,
        )

    def ended(self, at: datetime) -> "PostingQuerySet":
        """What was once public and is closed or expired: its page says so and answers 410."""
        return self.filter(
            Q(closed_at__isnull=False) | Q(expires_at__lte=at),
            published_at__lte=at,
            held_at=None,
            employer__suspended_at=None,
        )

    def submitted(self) -> "PostingQuerySet":
        """The moderation queue, oldest first."""
        waiting = self.filter(submitted_at__isnull=False, published_at=None, sent_back_at=None, closed_at=None)
        return waiting.order_by("submitted_at")

    def for_team(self, user: User) -> "PostingQuerySet":
        """Those of the employers whose team this person is on."""
        return self.filter(employer__members__user=user)

    def for_writer(self, user: User) -> "PostingQuerySet":
        """Those this person may change."""
        writers = Member.objects.writers().filter(user=user)
        return self.filter(employer__members__in=writers)

    def naming(self, system: str, code: str) -> "PostingQuerySet":
        """Those whose code families hold this code: a family is a system and the start of its codes."""
        bare = code.replace(".", "")
        starts = [f"{system}:{bare[:length]}" for length in range(1, len(bare) + 1)]
        return self.filter(code_families__overlap=starts)


class Posting(models.Model):
    """A job. Where it stands is derived from its dates; `live()` above is what the public sees."""

    class State(models.TextChoices):
        DRAFT = "draft", "Draft"
        SUBMITTED = "submitted", "Waiting for review"
        SENT_BACK = "sent-back", "Sent back"
        LIVE = "live", "Live"
        HELD = "held", "On hold"
        EXPIRED = "expired", "Expired"
        CLOSED = "closed", "Closed"

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="postings")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")

    title = models.CharField(max_length=120)
    slug = models.SlugField(max_length=120, editable=False)
    description = models.TextField(
        help_text="Markdown. What the work is, who reads the charts, how quality is measured."
    )
    description_html = models.TextField(editable=False)
    description_text = models.TextField(editable=False, help_text="Without markup, for search and previews.")

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

    employment_type = models.CharField(max_length=20, choices=EmploymentType)
    schedule = models.CharField(max_length=20, choices=Schedule, blank=True)
    workplace = models.CharField(max_length=10, choices=Workplace)
    remote_states = ArrayField(
        models.CharField(max_length=2, choices=STATE_CHOICES),
        default=list,
        blank=True,
        help_text="Where a remote coder may live; empty: anywhere in the United States.",
    )
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, choices=STATE_CHOICES, blank=True)

    pay_min = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    pay_max = models.DecimalField(
        max_digits=10, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)]
    )
    pay_unit = models.CharField(max_length=10, choices=PayUnit, blank=True)
    pay_currency = models.CharField(max_length=3, default="USD", choices=[("USD", "US dollars")])
    units_per_hour = models.DecimalField(
        "expected charts per hour",
        max_digits=6,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    pay_hourly_min = models.GeneratedField(
        expression=hourly("pay_min"), output_field=models.DecimalField(max_digits=10, decimal_places=2), db_persist=True
    )
    pay_hourly_max = models.GeneratedField(
        expression=hourly("pay_max"), output_field=models.DecimalField(max_digits=10, decimal_places=2), db_persist=True
    )
    accuracy_percent = models.PositiveSmallIntegerField(
        "accuracy standard, %", null=True, blank=True, validators=[MinValueValidator(50), MaxValueValidator(100)]
    )
    benefits = choices_array(BENEFIT_CHOICES)

    apply_by = models.CharField("how to apply", max_length=10, choices=ApplyBy, default=ApplyBy.SITE)
    apply_url = models.URLField("address to apply at", blank=True)
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
    held_at = models.DateTimeField(null=True, blank=True)
    held_reason = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=20, choices=Outcome, blank=True)

    search = models.GeneratedField(
        expression=SearchVector("title", weight="A", config="english")
        + SearchVector("description_text", weight="C", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects: ClassVar[PostingQuerySet] = PostingQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-published_at", "-id"]
        indexes = [
            GinIndex(fields=["search"], name="posting_search"),
            GinIndex(fields=["code_families"], name="posting_families"),
            GinIndex(fields=["specialties"], name="posting_specialties"),
            GinIndex(fields=["credentials_required", "credentials_preferred"], name="posting_credentials"),
            models.Index(
                fields=["-published_at", "-id"],
                condition=Q(published_at__isnull=False, held_at=None, closed_at=None),
                name="posting_open_by_date",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(pay_min=None) | Q(pay_max=None) | Q(pay_max__gte=F("pay_min")),
                name="posting_pay_range",
                violation_error_message="The highest pay must not be below the lowest.",
            ),
            models.CheckConstraint(
                condition=Q(pay_min=None, pay_max=None) | ~Q(pay_unit=""),
                name="posting_pay_has_unit",
                violation_error_message="Say what the pay is for: an hour, a year, a chart.",
            ),
            models.CheckConstraint(
                condition=~Q(workplace__in=["hybrid", "on-site"]) | (~Q(city="") & ~Q(state="")),
                name="posting_place_named",
                violation_error_message="Hybrid and on-site work needs a city and a state.",
            ),
            models.CheckConstraint(
                condition=Q(workplace="remote") | Q(remote_states=[]),
                name="posting_states_for_remote",
                violation_error_message="States to live in belong to remote work only.",
            ),
            models.CheckConstraint(
                condition=Q(apply_by="site")
                | (Q(apply_by="url") & ~Q(apply_url=""))
                | (Q(apply_by="email") & ~Q(apply_email="")),
                name="posting_can_be_applied_to",
                violation_error_message="Give the address or e-mail to apply to.",
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(submitted_at__isnull=False, expires_at__isnull=False),
                name="posting_published_after_review",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the slug in step with the title; the id in the address keeps old links working."""
        self.slug = slugify(self.title)[:120] or "job"
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("posting", args=[self.pk, self.slug])

    def state_at(self, at: datetime) -> State:
        """Where it stands at a moment. A suspended employer's posting stands where it stood; it is just not shown."""
        if self.closed_at:
            return self.State.CLOSED
        if self.held_at:
            return self.State.HELD
        if self.published_at and self.published_at <= at:
            return self.State.LIVE if self.expires_at and self.expires_at > at else self.State.EXPIRED
        if self.sent_back_at:
            return self.State.SENT_BACK
        return self.State.SUBMITTED if self.submitted_at else self.State.DRAFT


class Event(models.Model):
    """What happened to a posting, by whom and why; never changed afterwards."""

    class Kind(models.TextChoices):
        CREATED = "created", "Created"
        EDITED = "edited", "Edited"
        SUBMITTED = "submitted", "Submitted for review"
        PUBLISHED = "published", "Approved and published"
        SENT_BACK = "sent-back", "Sent back"
        HELD = "held", "Put on hold"
        RELEASED = "released", "Released from hold"
        RECHECKED = "rechecked", "Changes looked at"
        CLOSED = "closed", "Closed"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    reason = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.kind} {self.posting_id}"
