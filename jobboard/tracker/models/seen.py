"""The postings a person read last, kept for them alone and only while they want it."""

from datetime import datetime
from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.models import User
from jobboard.postings.models import Posting


class SeenQuerySet(models.QuerySet["Seen"]):
    """What people have read."""

    def note(self, user: User, posting: int, at: datetime) -> None:
        """Remember that this person read a posting, unless they switched that off. The oldest beyond `MOST` go."""
        if SeenOff.objects.filter(user=user).exists():
            return
        row = Seen(user=user, posting_id=posting, at=at)
        Seen.objects.bulk_create([row], update_conflicts=True, update_fields=["at"], unique_fields=["user", "posting"])
        kept = self.filter(user=user).order_by("-at", "-id").values("pk")
        self.filter(user=user, pk__in=kept[Seen.MOST : Seen.MOST + 20]).delete()


class Seen(models.Model):
    """A posting that a signed-in person opened, and when last."""

    MOST = 100  # one person's

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_postings")
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    objects: ClassVar[SeenQuerySet] = SeenQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "posting"], name="posting_seen_once")]

    def __str__(self) -> str:
        return f"{self.posting_id} by {self.user_id}"


class SeenOff(models.Model):
    """That a person does not want it remembered what they read."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="seen_off")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"off for {self.user_id}"

    @classmethod
    def switch_off(cls, user: User, at: datetime) -> None:
        """Remember nothing from now on, and forget what was remembered. Twice is once."""
        cls.objects.get_or_create(user=user, defaults={"at": at})
        Seen.objects.filter(user=user).delete()

    @classmethod
    def switch_on(cls, user: User) -> None:
        """Remember again. Twice is once."""
        cls.objects.filter(user=user).delete()
