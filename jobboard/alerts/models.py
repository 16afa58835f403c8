"""Saved searches, and the ledger of what each has been told of."""

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.crypto import get_random_string

from accounts.models import User
from jobboard.postings.models import Posting


def new_token() -> str:
    """An unguessable token (about 190 bits) that names one saved search in its mails."""
    return get_random_string(32)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches by whose they are and when they are due."""

    def for_user(self, user: User) -> "SavedSearchQuerySet":
        """Those this person keeps."""
        return self.filter(user=user)

    def due(self, at: datetime) -> "SavedSearchQuerySet":
        """Those whose turn has come and that are not paused."""
        return self.filter(next_run_at__lte=at, paused_at=None)


class SavedSearch(models.Model):
    """A search kept as its query string, and how often its new postings are mailed."""

    class Frequency(models.TextChoices):
        AT_ONCE = "at-once", "At once"
        DAILY = "daily", "Daily"
        WEEKLY = "weekly", "Weekly"

    EVERY = {
        Frequency.AT_ONCE: timedelta(minutes=1),
        Frequency.DAILY: timedelta(days=1),
        Frequency.WEEKLY: timedelta(days=7),
    }

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    query = models.CharField(
        max_length=2000, blank=True, help_text="The query string of /jobs/, in its canonical order."
    )
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.DAILY)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField()
    next_run_at = models.DateTimeField(db_index=True)
    last_run_at = models.DateTimeField(null=True, blank=True)
    paused_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SavedSearchQuerySet] = SavedSearchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "query"],
                name="search_saved_once",
                violation_error_message="You have saved this search already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The search itself."""
        return f"{reverse('jobs')}?{self.query}"


class Delivery(models.Model):
    """A posting that a saved search has told of. Unique, and written in the transaction that makes the mail."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="deliveries")
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "posting"], name="posting_told_once_per_search")]

    def __str__(self) -> str:
        return f"{self.posting_id} to {self.search_id}"
