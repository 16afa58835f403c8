"""The AMA's CPT wordings of a licensed file, apart from everything public, and who may read them.

No other query touches these tables: a public surface cannot show what it never looks up.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Count

from codes.models.dated import Dated
from codes.systems import System

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

TERMS = "2026-11"  # version of the terms in templates/codes/license.html; a change asks everyone again


class LicenseQuerySet(models.QuerySet["License"]):
    """Licenses by date."""

    def current(self, on: date) -> "License | None":
        """The newest edition that is licensed on a day."""
        return self.filter(expires__gte=on).order_by("-edition").first()


class License(models.Model):
    """An edition of CPT that an operator loaded under a license of their own."""

    edition = models.PositiveSmallIntegerField(unique=True, help_text="Year of the edition, such as 2026.")
    holder = models.CharField(max_length=200, help_text="Who holds the license.")
    expires = models.DateField(help_text="The last day on which it is shown: an edition is licensed for its year.")
    loaded_at = models.DateTimeField()
    loaded_by = models.CharField(max_length=120, blank=True)

    objects: ClassVar[LicenseQuerySet] = LicenseQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-edition"]

    def __str__(self) -> str:
        return f"CPT {self.edition}"

    @property
    def notice(self) -> str:
        """What the AMA asks to stand beside its wordings."""
        return System.CPT.rules.notice(self.edition)

    def accepted_by(self, user: "User | AnonymousUser") -> bool:
        """Whether a person accepted the terms in force for this edition."""
        return user.is_authenticated and self.acceptances.filter(reader=user.pk, terms=TERMS).exists()

    def accept(self, user: "User", at: datetime) -> None:
        """Keep that a person accepted the terms in force; once is enough."""
        LicenseAcceptance.objects.get_or_create(
            license=self, reader=user.pk, terms=TERMS, defaults={"user": user, "at": at}
        )

    def readers(self) -> int:
        """How many people may read this edition: each counts once, whatever terms they accepted, deleted or not."""
        counted: int = self.acceptances.aggregate(readers=Count("reader", distinct=True))["readers"]
        return counted


class LicenseAcceptance(models.Model):
    """A person accepted the terms for an edition. It stays, without the person, when the account is deleted."""

    license = models.ForeignKey(License, on_delete=models.PROTECT, related_name="acceptances")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    reader = models.PositiveBigIntegerField(help_text="The account's number, for counting readers.")
    terms = models.CharField(max_length=20)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["license", "reader", "terms"], name="license_accepted_once")]

    def __str__(self) -> str:
        return f"{self.license_id}, terms {self.terms}"


class LicensedDescriptor(Dated):
    """A wording of the AMA: of a CPT code, or of a modifier."""

    class Kind(models.TextChoices):
        LONG = "long", "Long descriptor"
        MEDIUM = "medium", "Medium descriptor"
        SHORT = "short", "Short descriptor"
        CONSUMER = "consumer", "Consumer-friendly descriptor"
        SPANISH = "consumer-es", "Consumer-friendly descriptor in Spanish"
        CLINICIAN = "clinician", "Clinician descriptor"
        MODIFIER_NAME = "modifier-name", "Name of a modifier"
        MODIFIER = "modifier", "Description of a modifier"

    edition = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=5)
    kind = models.CharField(max_length=13, choices=Kind)
    number = models.PositiveIntegerField(default=0, help_text="Of a clinician descriptor; a code has several.")
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code", "kind", "number", "edition", "valid_from"], name="licensed_descriptor_once"
            ),
            Dated.ends_after_it_starts("licensed_descriptor_ends_after_it_starts"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.code}"
