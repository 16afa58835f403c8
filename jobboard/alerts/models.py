"""Saved searches, and the ledger of what each has told of.

Nothing here is remembered outside the database. A run locks the saved search, writes what it tells of into the ledger,
puts one mail into the outbox and sets the next turn, all in one transaction: a worker killed at any point has done all
of it or none, and what was not done is still due. What was told is known from the ledger, not from a moment up to
which was looked: a posting that is committed late, released from a hold or changed to match is told of then.
"""

import contextlib
from datetime import datetime, timedelta
from typing import ClassVar, Self
from zoneinfo import ZoneInfo

from allauth.account.models import EmailAddress
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.http import QueryDict
from django.urls import reverse
from django.utils.crypto import get_random_string

from accounts.models import User
from jobboard.alerts import mails
from jobboard.postings.models import Posting, PostingQuerySet
from jobboard.postings.search import PostingFilter
from jobboard.postings.withheld import withheld_from

MORNING = 7  # the hour of daily and weekly mails, in the reader's time zone
# A posting's moment of publication is set some time before other transactions see it. For so long after it, searches
# that ran since then are run again.
LATE_COMMIT = timedelta(minutes=1)


class TooMany(Exception):
    """This person keeps as many searches as one may."""


class SavedBefore(Exception):
    """This person keeps this very search already; `search` is that one."""

    def __init__(self, search: "SavedSearch") -> None:
        super().__init__()
        self.search = search


def new_token() -> str:
    """An unguessable token (about 190 bits) that names one saved search in its mails."""
    return get_random_string(32)


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    """Saved searches by whose they are and when they are due."""

    def for_user(self, user: User) -> Self:
        """Those this person keeps."""
        return self.filter(user=user)

    def with_tally(self) -> Self:
        """Each with `told`, how many postings it has told of, and `last_told_at`, when it last did."""
        return self.annotate(told=Count("deliveries"), last_told_at=Max("deliveries__at"))

    def reachable(self) -> Self:
        """Those of people who can sign in and who showed that their address is theirs."""
        verified = EmailAddress.objects.filter(
            user=OuterRef("user"), email__iexact=OuterRef("user__email"), verified=True
        )
        return self.filter(Exists(verified), user__is_active=True)

    def due(self, at: datetime) -> Self:
        """Those whose turn has come: by the clock, or, at once, as something was published after their last run.

        Both ways are served by an index: where nothing is due nothing is looked at, however many searches there are.
        """
        published = Posting.objects.live(at).order_by("-published_at").values(edge=F("published_at") + LATE_COMMIT)
        news = Q(frequency=SavedSearch.Frequency.AT_ONCE, last_run_at__lt=Subquery(published[:1]))
        return self.reachable().filter(Q(next_run_at__lte=at) | news, paused_at=None)


class SavedSearch(models.Model):
    """A search kept as its query string, and how often its new postings are mailed."""

    class Frequency(models.TextChoices):
        AT_ONCE = "at-once", "At once, within minutes of a new job"
        DAILY = "daily", "Daily, in the morning"
        WEEKLY = "weekly", "Weekly, on Monday morning"

    MOST = 50  # one person's searches

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches")
    name = models.CharField(max_length=120)
    query = models.CharField(
        max_length=2000, blank=True, help_text="The query string of /jobs/, in its canonical order."
    )
    frequency = models.CharField(max_length=10, choices=Frequency, default=Frequency.DAILY)
    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    created_at = models.DateTimeField()
    since = models.DateTimeField(help_text="Postings published from then on are told of: when this query was saved.")
    last_run_at = models.DateTimeField()
    next_run_at = models.DateTimeField(help_text="At the latest; one that mails at once runs whenever there is news.")
    paused_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[SavedSearchQuerySet] = SavedSearchQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-created_at", "-id"]
        indexes = [
            models.Index(fields=["next_run_at"], condition=Q(paused_at=None), name="search_by_turn"),
            models.Index(
                fields=["last_run_at"], condition=Q(paused_at=None, frequency="at-once"), name="search_at_once"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "query"],
                name="search_saved_once",
                violation_error_message="You have saved this search already.",
            ),
            models.CheckConstraint(
                condition=Q(frequency__in=["at-once", "daily", "weekly"]), name="search_frequency_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Where its owner changes it."""
        return reverse("saved_search", args=[self.pk])

    @property
    def jobs_url(self) -> str:
        """The search itself, newest first."""
        return f"{reverse('jobs')}?{f'{self.query}&' if self.query else ''}sort=newest"

    @property
    def unsubscribe_url(self) -> str:
        """The page that stops its mails without a sign-in. A path; the token is the key to it."""
        return reverse("unsubscribe", args=[self.token])

    def search(self, postings: PostingQuerySet) -> PostingFilter:
        """The search over postings that the caller has made visible."""
        return PostingFilter(QueryDict(self.query), postings)

    @property
    def summary(self) -> str:
        """What it asks, in words."""
        return self.search(Posting.objects.none()).summary or "Every job"

    def keep(self, at: datetime) -> None:
        """Store a new search; it tells of what is published from now on. Raises SavedBefore or TooMany."""
        self.created_at = self.since = self.last_run_at = at
        self.next_run_at = self.turn_after(at)
        with transaction.atomic():
            User.objects.select_for_update().get(pk=self.user_id)  # against parallel requests past the limit
            kept = SavedSearch.objects.for_user(self.user)
            if kept.count() >= self.MOST and not kept.filter(query=self.query).exists():
                raise TooMany
            self._store()

    def change(self, at: datetime, query: str | None = None) -> None:
        """Store another name or frequency, and another query if one is given. Raises SavedBefore.

        With another query it starts anew: it tells of what is published from now on.
        """
        if query is not None and query != self.query:
            self.query, self.since = query, at
        self.next_run_at = self.turn_after(at)
        # Only what was changed here: a search that was stopped or deleted meanwhile stays so.
        with contextlib.suppress(SavedSearch.NotUpdated):
            self._store("name", "frequency", "query", "since", "next_run_at")

    def _store(self, *columns: str) -> None:
        try:
            with transaction.atomic():
                self.save(update_fields=columns or None)
        except IntegrityError as error:
            if "search_saved_once" not in str(error):
                raise
            raise SavedBefore(SavedSearch.objects.get(user=self.user_id, query=self.query)) from None

    def pause(self, at: datetime) -> None:
        """Stop its mails until it is resumed. Twice is once."""
        SavedSearch.objects.filter(pk=self.pk, paused_at=None).update(paused_at=at)

    def resume(self, at: datetime) -> None:
        """Mail again. What was published meanwhile and is still open comes with the next mail."""
        paused = SavedSearch.objects.filter(pk=self.pk, paused_at__isnull=False)
        paused.update(paused_at=None, next_run_at=self.turn_after(at))

    def turn_after(self, at: datetime) -> datetime:
        """When it runs next by the clock: the first morning, or Monday morning, after a moment in its owner's zone.

        However late a run comes, the next keeps the hour. One that mails at once also runs by the clock, hourly, for
        what became visible without being published then: released from a hold, or changed to match.
        """
        if self.frequency == self.Frequency.AT_ONCE:
            return at + timedelta(hours=1)
        local = at.astimezone(ZoneInfo(self.user.time_zone or settings.TIME_ZONE))
        # The minute it was saved at spreads the mails of one time zone over the hour.
        turn = local.replace(hour=MORNING, minute=self.created_at.minute, second=0, microsecond=0)
        if self.frequency == self.Frequency.WEEKLY:
            turn += timedelta(days=-turn.weekday() % 7)
            return turn if turn > local else turn + timedelta(days=7)
        return turn if turn > local else turn + timedelta(days=1)

    def untold(self, at: datetime) -> PostingQuerySet:
        """What it finds now and has not told of: live, and published since the search was saved. Newest first.

        Nothing, where the query holds a word that the search does not know any more: better no mail than all jobs.
        """
        told = Delivery.objects.filter(search=self, posting=OuterRef("pk"))
        news = Posting.objects.live(at).filter(~Exists(told), published_at__gte=self.since)
        search = self.search(news.exclude(withheld) if (withheld := withheld_from(self.user_id)) else news)
        return search.qs.order_by("-published_at", "-id") if search.form.is_valid() else Posting.objects.none()

    def run(self, at: datetime) -> bool:
        """Mail what is new, if anything is. False: it is not due, or another worker has it."""
        with transaction.atomic():
            due = SavedSearch.objects.due(at).filter(pk=self.pk).select_related("user")
            # Against a second worker with the same search: the row is skipped there, and no longer due afterwards.
            search = due.select_for_update(skip_locked=True, of=("self",)).first()
            if search is not None:
                search._tell(at)
                search.last_run_at, search.next_run_at = at, search.turn_after(at)
                search.save(update_fields=["last_run_at", "next_run_at"])
        return search is not None

    def _tell(self, at: datetime) -> None:
        found = list(self.untold(at).values_list("pk", flat=True))
        if found:
            Delivery.objects.bulk_create([Delivery(search=self, posting_id=pk, at=at) for pk in found], batch_size=1000)
            mails.digest(self, found)


def digest_holds(about: list[int], at: datetime) -> bool:
    """Whether everything that a digest tells of is still live. `about` is the search, then the postings."""
    _, *postings = about
    return Posting.objects.live(at).filter(pk__in=postings).count() == len(postings)


def take_back_digest(about: list[int], at: datetime) -> None:
    """Take its postings out of the ledger, and give the search its turn: what is still live is told of anew."""
    search, *postings = about
    Delivery.objects.filter(search=search, posting__in=postings).delete()
    SavedSearch.objects.filter(pk=search).update(next_run_at=at)


class Delivery(models.Model):
    """A posting that a saved search has told of. Unique, and written in the transaction that makes the mail."""

    search = models.ForeignKey(SavedSearch, on_delete=models.CASCADE, related_name="deliveries")
    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["search", "posting"], name="posting_told_once_per_search")]

    def __str__(self) -> str:
        return f"{self.posting_id} to {self.search_id}"
