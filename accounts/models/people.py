"""A person who signs in, their profile, and the credentials they hold."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from allauth.account.models import EmailAddress
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator
from django.db import models, transaction
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from accounts import privacy
from accounts.line import Line
from accounts.vocabulary import (
    CREDENTIAL_CHOICES,
    CREDENTIALS,
    SOFTWARE_CHOICES,
    SPECIALTY_CHOICES,
    STATE_CHOICES,
    CredentialKind,
)

if TYPE_CHECKING:
    from accounts.models.membership import Membership


def known_time_zone(value: str) -> None:
    """Refuse a name that is no IANA time zone."""
    if value not in available_timezones():
        raise ValidationError("Choose a time zone from the list, such as America/Chicago.")


class UserManager(BaseUserManager["User"]):
    """Makes people by e-mail address."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str:
        """The form in which addresses are kept: lower case throughout, as people type them either way."""
        return super().normalize_email(email).lower()

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a person; without a password they cannot sign in by one."""
        if not email:
            raise ValueError("A person needs an e-mail address.")
        user = self.model(email=self.normalize_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Store a person who may use the admin and the desk."""
        return self.create_user(email, password, **{"is_staff": True, "is_superuser": True} | fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Find a person by e-mail in any case."""
        return self.get(email__iexact=username)


class User(AbstractUser):
    """A person. The e-mail address is the login; there is no user name."""

    username = None  # type: ignore[assignment]  # AbstractUser has one, we do not
    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    name = Line("name", max_length=120, blank=True, help_text="As employers should read it.")
    email = models.EmailField("e-mail address", max_length=254, unique=True)
    time_zone = models.CharField(max_length=64, blank=True, validators=[known_time_zone])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(
                # Upper, because that is how PostgreSQL is asked for an address in any case (`email__iexact`).
                Upper("email"),
                name="one_user_per_email",
                violation_error_message="This address has an account.",
            ),
        ]

    def __str__(self) -> str:
        return self.email

    def clean(self) -> None:
        """Bring the address into the form in which the manager keeps it."""
        self.email = type(self).objects.normalize_email(self.email)

    def get_full_name(self) -> str:
        """The name in one line, or the part of the address before the @ where none was given."""
        return " ".join(self.name.split()) or self.email.split("@")[0]

    get_short_name = get_full_name

    @property
    def zone(self) -> ZoneInfo | None:
        """The time zone this person chose, if this machine knows it."""
        try:
            return ZoneInfo(self.time_zone) if self.time_zone else None
        except ZoneInfoNotFoundError:
            return None

    @cached_property
    def is_member(self) -> bool:
        """Whether they are registered; found once for each time the person is read, mostly along with the session."""
        return self.memberships.valid(timezone.now()).exists()

    def change_address(self, email: str) -> None:
        """Make a confirmed address the only one. Raises IntegrityError if another account has it."""
        with transaction.atomic():
            self.email = type(self).objects.normalize_email(email)
            self.save(update_fields=["email"])
            EmailAddress.objects.filter(user=self).delete()
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the account and all that is kept of the person, files included. Raises privacy.Refused."""
        with transaction.atomic():
            privacy.forget(self)
            return super().delete(*args, **kwargs)

    def membership(self, at: datetime) -> "Membership | None":
        """The membership that makes this person registered at that moment: of several, the one that lasts longest."""
        return self.memberships.valid(at).order_by(models.F("ends_at").desc(nulls_first=True)).first()


class ProfileQuerySet(models.QuerySet["Profile"]):
    """Profiles by their person."""

    def of(self, user: User, *, store: bool = False) -> "Profile":
        """A person's profile. Whoever never wrote one has an empty one, which is stored only if asked for."""
        if store:
            return self.get_or_create(user=user)[0]
        return self.filter(user=user).first() or Profile(user=user)


class Profile(models.Model):
    """What a coder tells about their work. One per person, made when first needed."""

    class Visibility(models.TextChoices):
        HIDDEN = "hidden", "Nobody"
        APPLIED = "applied", "Employers I applied to"
        VERIFIED = "verified", "Employers I applied to, and verified employers"

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="profile")
    headline = models.CharField(max_length=120, blank=True, help_text="One line, such as: CPC, 6 years in orthopedics.")
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True, choices=STATE_CHOICES)
    years = models.PositiveSmallIntegerField(
        "years of coding", null=True, blank=True, validators=[MaxValueValidator(70)]
    )
    specialties = ArrayField(models.CharField(max_length=40, choices=SPECIALTY_CHOICES), default=list, blank=True)
    software = ArrayField(models.CharField(max_length=40, choices=SOFTWARE_CHOICES), default=list, blank=True)
    visibility = models.CharField(max_length=10, choices=Visibility, default=Visibility.HIDDEN)
    blind = models.BooleanField(default=True, help_text="Without the name until the person agrees.")
    reminders = models.BooleanField(default=True, help_text="Mails before credentials and CEUs are due.")
    updated_at = models.DateTimeField(auto_now=True)

    objects: ClassVar[ProfileQuerySet] = ProfileQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(visibility__in=["hidden", "applied", "verified"]), name="profile_visibility_known"
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.user}"

    def get_absolute_url(self) -> str:
        """Where its owner reads and changes it."""
        return reverse("profile")

    @property
    def specialty_labels(self) -> list[str]:
        """The specialties in words."""
        return [label for value, label in SPECIALTY_CHOICES if value in self.specialties]

    @property
    def software_labels(self) -> list[str]:
        """The software in words."""
        return [label for value, label in SOFTWARE_CHOICES if value in self.software]

    @property
    def place(self) -> str:
        """City and state as one phrase, or an empty string."""
        return ", ".join(part for part in (self.city, self.state) if part)

    @property
    def is_visible(self) -> bool:
        """Whether anybody but its owner may ever see it."""
        return self.visibility != self.Visibility.HIDDEN

    def stop_reminders(self) -> None:
        """Send no more mails about credentials. Twice is once."""
        Profile.objects.filter(pk=self.pk).update(reminders=False)


class CredentialQuerySet(models.QuerySet["Credential"]):
    """Credentials by whose they are."""

    def of(self, user: User) -> "CredentialQuerySet":
        """Those a person lists; nobody else may read or change them."""
        return self.filter(profile__user=user)


class Credential(models.Model):
    """A certification a person says they hold; the issuing body's own page verifies it, we do not."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="credentials")
    abbreviation = models.CharField(max_length=10, choices=CREDENTIAL_CHOICES)
    member_number = models.CharField(max_length=30, blank=True)
    earned = models.DateField(null=True, blank=True)
    expires = models.DateField(null=True, blank=True)
    ceu_due = models.DateField("CEUs due", null=True, blank=True)
    ceu_note = models.CharField(
        "note on CEUs", max_length=120, blank=True, help_text="Only you read it, such as: 36 needed, 22 done."
    )

    objects: ClassVar[CredentialQuerySet] = CredentialQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["abbreviation"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "abbreviation"],
                name="credential_listed_once",
                violation_error_message="This credential is on your profile already.",
            ),
            models.CheckConstraint(
                condition=models.Q(earned=None) | models.Q(expires=None) | models.Q(expires__gt=models.F("earned")),
                name="credential_expires_after_earned",
                violation_error_message="The expiry date must come after the date it was earned.",
            ),
        ]

    def __str__(self) -> str:
        return self.abbreviation

    @property
    def kind(self) -> CredentialKind:
        """The body and the full name behind the abbreviation."""
        return CREDENTIALS[self.abbreviation]

    def has_expired(self, on: date) -> bool:
        """Whether it is no longer valid on that day; one without an expiry date never is."""
        return self.expires is not None and self.expires < on
