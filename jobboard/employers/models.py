"""Employers, the people who act for them, and invitations to join."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models import User
from accounts.vocabulary import STATE_CHOICES


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Employers by who may act for them and whether the public sees them."""

    def public(self) -> "EmployerQuerySet":
        """Those that are not suspended."""
        return self.filter(suspended_at=None)

    def for_member(self, user: User) -> "EmployerQuerySet":
        """Those whose team this person is on."""
        return self.filter(members__user=user)


class Employer(models.Model):
    """A company or agency that hires coders."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=80, unique=True)
    about = models.TextField(blank=True, help_text="Markdown.")
    about_html = models.TextField(blank=True, editable=False)
    website = models.URLField(blank=True)
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True, choices=STATE_CHOICES)
    is_agency = models.BooleanField("staffing agency", default=False, help_text="Hires on behalf of others.")
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True, blank=True, help_text="Its postings are shown nowhere.")

    objects: ClassVar[EmployerQuerySet] = EmployerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("employer", args=[self.slug])


class FormerSlug(models.Model):
    """An address an employer's page had before it was renamed; it redirects."""

    slug = models.SlugField(max_length=80, unique=True)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class MemberQuerySet(models.QuerySet["Member"]):
    """Team members by what they may do."""

    def writers(self) -> "MemberQuerySet":
        """Those who may change postings and applications."""
        return self.filter(role__in=[Member.Role.OWNER, Member.Role.RECRUITER])


class Member(models.Model):
    """A person's place on an employer's team."""

    class Role(models.TextChoices):
        OWNER = "owner", "Owner"
        RECRUITER = "recruiter", "Recruiter"
        VIEWER = "viewer", "Viewer"

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="employer_roles")
    role = models.CharField(max_length=10, choices=Role)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[MemberQuerySet] = MemberQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["joined_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "user"],
                name="member_once_per_team",
                violation_error_message="This person is on the team already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} at {self.employer}"

    @property
    def may_write(self) -> bool:
        """Whether this member may change postings and applications."""
        return self.role in (self.Role.OWNER, self.Role.RECRUITER)

    @property
    def may_manage(self) -> bool:
        """Whether this member may change the team and the employer's page."""
        return self.role == self.Role.OWNER


class Invitation(models.Model):
    """An open offer, sent by mail, to join a team; only the hash of its token is kept."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    role = models.CharField(max_length=10, choices=Member.Role)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.email} to {self.employer}"
