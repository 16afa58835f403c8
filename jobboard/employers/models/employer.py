"""Employers, and the addresses their pages had."""

from datetime import datetime
from itertools import count
from typing import ClassVar

from django.core.validators import URLValidator
from django.db import IntegrityError, models, transaction
from django.urls import reverse
from django.utils.text import slugify

from accounts.models import User
from accounts.vocabulary import STATE_CHOICES
from codes.markup import render

MOST_ABOUT = 10_000  # characters
MOST_OWNED = 10  # employers of one person, so that nobody fills the site with pages


class TooManyEmployers(Exception):
    """A person owns as many employers as one may."""


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
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    about = models.TextField(blank=True, help_text="Markdown. What you do, how you work, what coders do for you.")
    about_html = models.TextField(blank=True, editable=False)
    website = models.URLField(blank=True, validators=[URLValidator(schemes=["http", "https"])])
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True, choices=STATE_CHOICES)
    is_agency = models.BooleanField("staffing agency", default=False, help_text="Hires on behalf of others.")
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True, blank=True, help_text="Its postings are shown nowhere.")
    verified_at = models.DateTimeField(
        null=True, blank=True, help_text="When a mail at the company's own domain was confirmed."
    )

    objects: ClassVar[EmployerQuerySet] = EmployerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(name=""), name="employer_named", violation_error_message="Give a name."
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the rendered text in step."""
        self.about_html = render(self.about)
        super().save(*args, **kwargs)  # type: ignore[arg-type]

    def get_absolute_url(self) -> str:
        """Its public page."""
        return reverse("employer", args=[self.slug])

    @property
    def place(self) -> str:
        """City and state as one phrase, or an empty string."""
        return ", ".join(part for part in (self.city, self.state) if part)

    def found(self, by: User) -> None:
        """Store a new employer under a free address, with this person as its owner. Raises TooManyEmployers."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=by.pk)  # against parallel requests past the limit
            if by.employer_roles.filter(role="owner").count() >= MOST_OWNED:
                raise TooManyEmployers
            self._save_under_free_slug()
            self.members.create(user=by, role="owner")

    def edit(self) -> None:
        """Store changes. After a new name the page moves to a new address, and the old one redirects to it."""
        with transaction.atomic():
            old = Employer.objects.select_for_update().get(pk=self.pk)
            if old.name == self.name:
                self.save()
                return
            self._save_under_free_slug()
            self.former_slugs.filter(slug=self.slug).delete()
            if self.slug != old.slug:
                self.former_slugs.get_or_create(slug=old.slug)
            self.postings.refresh_keywords()

    def suspend(self, at: datetime) -> None:
        """Take the employer and all its postings out of sight. Twice is once."""
        Employer.objects.filter(pk=self.pk, suspended_at=None).update(suspended_at=at)

    def readmit(self) -> None:
        """End a suspension: what was live and has not expired shows again."""
        Employer.objects.filter(pk=self.pk).update(suspended_at=None)

    def _save_under_free_slug(self) -> None:
        """Save under the first address for its name that no other employer has or had."""
        base = slugify(self.name)[:70].strip("-") or "employer"
        for number in count(1):
            self.slug = base if number == 1 else f"{base}-{number}"
            if FormerSlug.objects.filter(slug=self.slug).exclude(employer=self.pk).exists():
                continue
            try:
                with transaction.atomic():  # another employer may take this address between any look and the save
                    self.save()
            except IntegrityError as error:
                if "slug" not in str(error):
                    raise
            else:
                return


class FormerSlug(models.Model):
    """An address an employer's page had before it was renamed; it redirects."""

    slug = models.SlugField(max_length=80, unique=True)
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug
