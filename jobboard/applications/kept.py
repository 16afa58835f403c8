"""The resumes that a coder keeps here to choose from when applying. An application always gets a copy of its own."""

from datetime import datetime
from typing import ClassVar, Self
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.db.models import Count, Q, Sum
from django.db.models.functions import Lower
from django.urls import reverse

from accounts.models import User
from jobboard.applications.resumes import Resume
from jobboard.sizes import megabytes

MOST = 10  # of one person
MOST_BYTES = 20_000_000  # of one person, all files together
GONE = "The file of this resume is no longer stored. Delete the resume and add the file anew."


class NoRoom(Exception):
    """A person keeps as many resumes, or as many bytes, as one may; the message says which and what to do."""


class ResumeGone(Exception):
    """A change came to a resume that was deleted meanwhile."""


def kept_path(_resume: "KeptResume", _name: str) -> str:
    """A path nobody can guess, and nothing of the sender's file name in it."""
    return f"kept/{uuid4().hex}"


def forget_files(names: list[str]) -> None:
    """Delete stored files once the current transaction is committed; without a commit they stay."""

    def delete() -> None:
        for name in names:
            default_storage.delete(name)

    transaction.on_commit(delete)


class KeptResumeQuerySet(models.QuerySet["KeptResume"]):
    """Resumes by whose they are."""

    def of(self, user: User) -> Self:
        """Those a person keeps, the one that is offered first on top."""
        return self.filter(user=user)


class KeptResume(models.Model):
    """A checked file under a name that its owner gave it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="kept_resumes")
    name = models.CharField(max_length=80, help_text="Only you read it, such as: Inpatient, two pages.")
    file = models.FileField(upload_to=kept_path, storage=default_storage)
    file_name = models.CharField(max_length=120, help_text="As offered for download.")
    size = models.PositiveIntegerField(help_text="In bytes.")
    kept_at = models.DateTimeField()
    is_default = models.BooleanField(default=False, help_text="Chosen on the form of an application until another is.")

    objects: ClassVar[KeptResumeQuerySet] = KeptResumeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-is_default", "-kept_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                "user",
                Lower("name"),
                name="resume_named_once",
                violation_error_message="You keep a resume of this name already.",
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(is_default=True), name="one_default_resume"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(file=""), name="resume_with_name_and_file"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its owner renames it."""
        return reverse("resume_edit", args=[self.pk])

    @property
    def size_text(self) -> str:
        """How large it is, as people read it."""
        return megabytes(self.size)

    def keep(self, at: datetime, resume: Resume) -> None:
        """Store a new one; the first that somebody keeps is the default. Raises NoRoom and IntegrityError."""
        self.kept_at, self.file_name, self.size = at, resume.name, resume.content.size
        with transaction.atomic():
            self._make_room()
            self.file.save(resume.name, resume.content, save=False)
            try:
                with transaction.atomic():
                    self.save(force_insert=True)
            except BaseException:
                self.file.delete(save=False)  # the file is no part of the transaction
                raise

    def _make_room(self) -> None:
        User.objects.select_for_update().get(pk=self.user_id)  # against parallel uploads past the limits
        held = KeptResume.objects.filter(user=self.user_id).aggregate(number=Count("pk"), size=Sum("size", default=0))
        if held["number"] >= MOST:
            raise NoRoom(f"You keep {MOST} resumes, which is as many as one person can. Delete one first.")
        if held["size"] + self.size > MOST_BYTES:
            raise NoRoom(f"Your resumes would have more than {megabytes(MOST_BYTES)} together. Delete one first.")
        self.is_default = held["number"] == 0

    def rename(self, name: str) -> None:
        """Give it another name. Raises IntegrityError for one that is taken, ResumeGone for one that was deleted."""
        with transaction.atomic():
            if KeptResume.objects.filter(pk=self.pk).update(name=name) != 1:
                raise ResumeGone

    def make_default(self) -> None:
        """Have it chosen on the form of an application. Raises ResumeGone."""
        with transaction.atomic():
            mine = self._locked()
            if not mine.filter(pk=self.pk).exists():
                raise ResumeGone
            mine.filter(is_default=True).update(is_default=False)
            mine.filter(pk=self.pk).update(is_default=True)

    def discard(self) -> None:
        """Delete it with its file; of the others the newest becomes the default. Twice is once."""
        with transaction.atomic():
            mine = self._locked()
            forget_files([each.file.name or "" for each in mine.filter(pk=self.pk)])
            mine.filter(pk=self.pk).delete()
            newest = mine.order_by("-kept_at", "-id").first()
            if newest and not mine.filter(is_default=True).exists():
                mine.filter(pk=newest.pk).update(is_default=True)

    def _locked(self) -> KeptResumeQuerySet:
        """The resumes of its owner, which nobody else changes until the transaction ends."""
        User.objects.select_for_update().get(pk=self.user_id)
        return KeptResume.objects.filter(user=self.user_id)

    def copy(self) -> Resume:
        """What an application is sent with. Raises ValidationError where the file is gone."""
        try:
            with self.file.open("rb") as file:
                return Resume(ContentFile(file.read()), self.file_name)
        except FileNotFoundError as error:
            raise ValidationError(GONE) from error
