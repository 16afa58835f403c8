"""What a team keeps about an application for itself: notes, ratings, and who took the resume. No candidate sees it."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from jobboard.postings.models import Posting

MOST_NOTE = 4_000  # characters


class TooLate(Exception):
    """A note is past the time in which its author changes it, or is gone, or is somebody else's."""


class NoteQuerySet(models.QuerySet["Note"]):
    """Notes by who may change them."""

    def changeable(self, by: User, at: datetime) -> "NoteQuerySet":
        """Those this person wrote within the last day; older ones are the team's record."""
        return self.filter(author=by, at__gt=at - Note.CHANGEABLE_FOR)


class Note(models.Model):
    """What a member of the team wrote for the others."""

    CHANGEABLE_FOR = timedelta(days=1)

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    text = models.TextField(help_text="Plain text.")
    at = models.DateTimeField()
    edited_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[NoteQuerySet] = NoteQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
        ]

    def __str__(self) -> str:
        return f"Note of {self.at:%Y-%m-%d}"

    def changeable_until(self) -> datetime:
        """When it becomes a record that nobody changes."""
        return self.at + self.CHANGEABLE_FOR

    def edit(self, at: datetime, by: User, text: str) -> None:
        """Put other words in its place. Raises TooLate."""
        if Note.objects.changeable(by, at).filter(pk=self.pk).update(text=text, edited_at=at) != 1:
            raise TooLate

    def discard(self, at: datetime, by: User) -> None:
        """Delete it. Raises TooLate."""
        if not Note.objects.changeable(by, at).filter(pk=self.pk).delete()[0]:
            raise TooLate


class Rating(models.Model):
    """The stars one member of the team gives, 1 to 5; each member gives one rating and may change it."""

    LEAST, MOST = 1, 5

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="ratings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    stars = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["application", "by"], name="one_rating_per_member"),
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rating_of_one_to_five"),
        ]

    def __str__(self) -> str:
        return f"{self.stars} of {self.MOST}"


class Download(models.Model):
    """That a member of the team took the resume, and when; never changed afterwards."""

    application = models.ForeignKey("applications.Application", on_delete=models.CASCADE, related_name="downloads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]

    def __str__(self) -> str:
        return f"Taken at {self.at:%Y-%m-%d}"


class Export(models.Model):
    """That a member of the team took the applicants of a posting as a file, how many and when; never changed."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="exports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField()
    applicants = models.PositiveIntegerField()

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.applicants} applicants at {self.at:%Y-%m-%d}"
