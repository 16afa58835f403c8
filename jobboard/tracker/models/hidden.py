"""Postings and employers that a person does not want to see in results or alerts."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting


class HiddenPosting(models.Model):
    """One posting that one person hid."""

    MOST = 2_000  # one person's; of more, the oldest are shown again

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hidden_postings")
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "posting"], name="posting_hidden_once")]

    def __str__(self) -> str:
        return f"{self.posting_id} from {self.user_id}"

    @classmethod
    def hide(cls, user: User, posting: Posting, at: datetime) -> None:
        """Hide a posting. Twice is once."""
        cls.objects.get_or_create(user=user, posting=posting, defaults={"at": at})
        kept = cls.objects.filter(user=user).order_by("-at", "-id").values("pk")
        cls.objects.filter(user=user, pk__in=kept[cls.MOST : cls.MOST + 1]).delete()

    @classmethod
    def show(cls, user: User, posting: int) -> None:
        """Show it again. Twice is once."""
        cls.objects.filter(user=user, posting=posting).delete()


class HiddenEmployer(models.Model):
    """One employer all of whose postings one person hid."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="hidden_employers")
    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [models.UniqueConstraint(fields=["user", "employer"], name="employer_hidden_once")]

    def __str__(self) -> str:
        return f"{self.employer_id} from {self.user_id}"

    @classmethod
    def hide(cls, user: User, employer: Employer, at: datetime) -> None:
        """Hide an employer. Twice is once."""
        cls.objects.get_or_create(user=user, employer=employer, defaults={"at": at})

    @classmethod
    def show(cls, user: User, employer: Employer) -> None:
        """Show it again. Twice is once."""
        cls.objects.filter(user=user, employer=employer).delete()


def hidden_from(user: int) -> Q:
    """The condition on postings that this person hid, or whose employer they hid: two subqueries, no join."""
    postings = HiddenPosting.objects.filter(user=user).order_by().values("posting")
    employers = HiddenEmployer.objects.filter(user=user).order_by().values("employer")
    return Q(pk__in=postings) | Q(employer__in=employers)
