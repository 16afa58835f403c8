"""An application: a snapshot of what a coder sent, and the dated steps of what became of it."""

from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models import User
from jobboard.postings.models import Posting


def resume_path(application: "Application", _name: str) -> str:
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


class Application(models.Model):
    """One person's application to one posting. What was sent stays as it was sent."""

    class State(models.TextChoices):
        NEW = "new", "New"
        REVIEWED = "reviewed", "Reviewed"
        INTERVIEW = "interview", "Interview"
        OFFER = "offer", "Offer"
        HIRED = "hired", "Hired"
        DECLINED = "declined", "Declined"

    posting = models.ForeignKey(Posting, on_delete=models.PROTECT, related_name="applications")
    candidate = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="applications")
    sent_at = models.DateTimeField()
    consent_at = models.DateTimeField(help_text="When the candidate agreed to the employer receiving this.")
    state = models.CharField(max_length=10, choices=State, default=State.NEW)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # The snapshot: the sender and the posting as they were, whatever either changes later.
    name = models.CharField(max_length=120)
    email = models.EmailField()
    letter = models.TextField(blank=True)
    resume = models.FileField(upload_to=resume_path, storage=default_storage)
    resume_name = models.CharField(max_length=120, help_text="As offered for download.")
    profile = models.JSONField(help_text="Headline, place, years, credentials, specialties, software when sent.")
    posting_title = models.CharField(max_length=120)
    posting_text = models.TextField(help_text="The description as it was when applied to.")

    objects: ClassVar[ApplicationQuerySet] = ApplicationQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-sent_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["posting", "candidate"],
                name="one_application_per_person",
                violation_error_message="You have applied to this posting already.",
            ),
            models.CheckConstraint(condition=Q(withdrawn_at=None) | ~Q(state="hired"), name="hired_is_not_withdrawn"),
        ]

    def __str__(self) -> str:
        return f"{self.name} for {self.posting_title}"

    def get_absolute_url(self) -> str:
        """Where its sender reads it."""
        return reverse("application", args=[self.pk])


class Step(models.Model):
    """A change of an application's state, by whom and when; never changed afterwards."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=10, choices=[*Application.State.choices, ("withdrawn", "Withdrawn")])
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"{self.state} at {self.at:%Y-%m-%d}"
