"""Employers, and the addresses their pages had."""

from datetime import datetime
from itertools import count
from typing import ClassVar

from django.contrib.auth.models import AnonymousUser
from django.core.validators import URLValidator
from django.db import IntegrityError, models, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.text import slugify

from accounts.line import Line
from accounts.models import User
from accounts.vocabulary import STATE_CHOICES
from codes.markup import render
from jobboard.employers import mails
from jobboard.employers.domains import domain_of_site
from jobboard.employers.models.event import EmployerEvent

MOST_ABOUT = 10_000  # characters
MOST_OWNED = 10  # employers of one person, so that nobody fills the site with pages


class TooManyEmployers(Exception):
    """A person owns as many employers as one may."""


class StaleState(Exception):
    """A change came too late: somebody else was first, or the page it was decided on has changed since."""


class EmployerQuerySet(models.QuerySet["Employer"]):
    """Employers by who may act for them and whether the public sees them."""

    def public(self) -> "EmployerQuerySet":
        """Those that are not suspended and have had a posting approved: nobody is shown whom staff never looked at."""
        published = Employer.objects.filter(pk=OuterRef("pk"), postings__published_at__isnull=False)
        return self.filter(Exists(published), suspended_at=None)

    def visible_to(self, user: User | AnonymousUser) -> "EmployerQuerySet":
        """Those that are public; to its team and to staff also one that is not public yet."""
        if not user.is_authenticated:
            return self.public()
        if user.is_staff:
            return self.filter(suspended_at=None)
        own = Q(pk__in=Employer.objects.for_member(user).filter(suspended_at=None).values("pk"))
        return self.filter(own | Q(pk__in=Employer.objects.public().values("pk")))

    def changed(self) -> "EmployerQuerySet":
        """Those whose name, website, text or logo changed since staff looked; the longest unlooked-at first."""
        return self.filter(changed_at__isnull=False, suspended_at=None).order_by("changed_at", "id")

    def for_member(self, user: User) -> "EmployerQuerySet":
        """Those whose team this person is on."""
        return self.filter(members__user=user)


class Employer(models.Model):
    """A company or agency that hires coders."""

    name = Line(max_length=120)
    slug = models.SlugField(max_length=80, unique=True, editable=False)
    about = models.TextField(blank=True, help_text="Markdown. What you do, how you work, what coders do for you.")
    about_html = models.TextField(blank=True, editable=False)
    website = models.URLField(blank=True, validators=[URLValidator(schemes=["http", "https"])])
    city = models.CharField(max_length=80, blank=True)
    state = models.CharField(max_length=2, blank=True, choices=STATE_CHOICES)
    is_agency = models.BooleanField("staffing agency", default=False, help_text="Hires on behalf of others.")
    created_at = models.DateTimeField(auto_now_add=True)
    suspended_at = models.DateTimeField(null=True, blank=True, help_text="Its postings are shown nowhere.")
    changed_at = models.DateTimeField(
        null=True, blank=True, help_text="The last change of its public page that staff have not looked at."
    )
    verified_at = models.DateTimeField(
        null=True, blank=True, help_text="When a mail at the company's own domain was confirmed."
    )
    verified_domain = models.CharField(max_length=253, blank=True, editable=False)
    logo = models.CharField(max_length=32, blank=True, editable=False, help_text="The name it is stored under.")

    objects: ClassVar[EmployerQuerySet] = EmployerQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(name=""), name="employer_named", violation_error_message="Give a name."
            ),
            models.CheckConstraint(
                condition=Q(verified_domain="") | Q(verified_at__isnull=False),
                name="employer_verified_by_domain",
            ),
        ]
        indexes = [
            models.Index(fields=["changed_at", "id"], condition=Q(changed_at__isnull=False), name="employer_changed")
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

    @property
    def domain(self) -> str:
        """The domain of its website, or an empty string."""
        return domain_of_site(self.website)

    @property
    def is_public(self) -> bool:
        """Whether everybody sees its page; the same answer as the QuerySet's `public`."""
        return Employer.objects.public().filter(pk=self.pk).exists()

    def found(self, at: datetime, by: User) -> None:
        """Store a new employer under a free address, with this person as its owner. Raises TooManyEmployers."""
        with transaction.atomic():
            User.objects.select_for_update().get(pk=by.pk)  # against parallel requests past the limit
            if by.employer_roles.filter(role="owner").count() >= MOST_OWNED:
                raise TooManyEmployers
            self._save_under_free_slug()
            self.members.create(user=by, role="owner")
            self.record(EmployerEvent.Kind.FOUNDED, at, by)

    def edit(self, at: datetime, by: User) -> None:
        """Store changes. After a new name the page moves to a new address, and the old one redirects to it.

        What the public sees of an employer is put before staff when it changes. With another domain of the website
        it is no longer verified.
        """
        with transaction.atomic():
            old = Employer.objects.select_for_update().get(pk=self.pk)
            self.verified_at, self.verified_domain = old.verified_at, old.verified_domain
            self.changed_at, self.logo = old.changed_at, old.logo
            if self.verified_at and self.domain != self.verified_domain:
                self._lose_verification(at, by)
            if changed := self._changed_since(old):
                self._put_before_staff(at, by, changed)
            if old.name == self.name:
                self.save()
                return
            self._save_under_free_slug()
            self.former_slugs.filter(slug=self.slug).delete()
            if self.slug != old.slug:
                self.former_slugs.get_or_create(slug=old.slug)
            self.record(EmployerEvent.Kind.RENAMED, at, by, f"{old.name} is now {self.name}.")
            self.postings.refresh_keywords()

    def set_logo(self, at: datetime, by: User, logo: str) -> str:
        """Show another logo, or none. Returns the name of the one it replaces, whose files nothing needs any more."""
        with transaction.atomic():
            old = Employer.objects.select_for_update().get(pk=self.pk)
            self.logo, self.changed_at = logo, old.changed_at
            self._put_before_staff(at, by, ["logo"])
            self.save(update_fields=["logo", "changed_at"])
        return old.logo

    def recheck(self, at: datetime, by: User, seen: datetime) -> None:
        """Note that staff looked at its page as it is. `seen` is the `changed_at` they saw. Raises StaleState."""
        with transaction.atomic():
            if Employer.objects.filter(pk=self.pk, changed_at=seen).update(changed_at=None) != 1:
                raise StaleState
            self.record(EmployerEvent.Kind.RECHECKED, at, by)

    def verify(self, at: datetime, domain: str, by: User | None) -> None:
        """Show that this domain is its own."""
        self.verified_at, self.verified_domain = at, domain
        self.save(update_fields=["verified_at", "verified_domain"])
        self.record(EmployerEvent.Kind.VERIFIED, at, by, f"A mail at {domain} was confirmed.")

    def suspend(self, at: datetime, by: User | None = None, reason: str = "") -> None:
        """Take the employer and all its postings out of sight. Twice is once: the second raises StaleState."""
        with transaction.atomic():
            if Employer.objects.filter(pk=self.pk, suspended_at=None).update(suspended_at=at) != 1:
                raise StaleState
            self.suspended_at = at
            self.record(EmployerEvent.Kind.SUSPENDED, at, by, reason)
            mails.suspended(self, reason)

    def readmit(self, at: datetime, by: User | None = None, reason: str = "") -> None:
        """End a suspension: what was live and has not expired shows again. Raises StaleState where there is none."""
        with transaction.atomic():
            suspended = Employer.objects.filter(pk=self.pk, suspended_at__isnull=False)
            if suspended.update(suspended_at=None) != 1:
                raise StaleState
            self.suspended_at = None
            self.record(EmployerEvent.Kind.READMITTED, at, by, reason)
            mails.readmitted(self, reason)

    def record(self, kind: EmployerEvent.Kind, at: datetime, by: User | None, reason: str = "") -> None:
        """Write what was done; called inside the transaction that does it."""
        self.events.create(kind=kind, by=by, at=at, reason=reason)

    def _changed_since(self, old: "Employer") -> list[str]:
        """What the public sees otherwise than before, in words."""
        seen = ("name", "website", "about", "is_agency")
        names = {"about": "text", "is_agency": "agency or not"}
        return [names.get(each, each) for each in seen if getattr(self, each) != getattr(old, each)]

    def _put_before_staff(self, at: datetime, by: User, changed: list[str]) -> None:
        """Have a changed page looked at. One that is not public yet is looked at with its first posting."""
        if not self.is_public:
            return
        self.changed_at = at
        if changed != ["name"]:  # which has a line of its own
            self.record(EmployerEvent.Kind.CHANGED, at, by, f"Changed: {', '.join(changed)}.")

    def _lose_verification(self, at: datetime, by: User) -> None:
        lost = f"The website moved from {self.verified_domain} to {self.domain or 'nowhere'}."
        self.verified_at, self.verified_domain = None, ""
        self.record(EmployerEvent.Kind.UNVERIFIED, at, by, lost)

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
