"""Applications by who may see them, where they stand, and how soon they were answered."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Avg, Case, Count, Exists, F, OuterRef, Q, Subquery, Value, When

from accounts.models import User
from jobboard.applications.models.message import Message
from jobboard.applications.models.step import Step
from jobboard.applications.models.team import Rating
from jobboard.applications.vocabulary import WITHDRAWN, State

if TYPE_CHECKING:
    from jobboard.applications.models.application import Application  # noqa: F401 - what the rows are


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Applications by who may see them, where they stand, and how soon they were answered."""

    def for_candidate(self, user: User) -> "ApplicationQuerySet":
        """Those this person sent."""
        return self.filter(candidate=user)

    def for_team(self, user: User) -> "ApplicationQuerySet":
        """Those sent to employers whose team this person is on."""
        return self.filter(posting__employer__members__user=user)

    def readable(self) -> "ApplicationQuerySet":
        """Those whose content the team may read: all but the withdrawn."""
        return self.filter(withdrawn_at=None)

    def withdrawn(self) -> "ApplicationQuerySet":
        """Those of which the team reads no more than that somebody applied and withdrew."""
        return self.filter(withdrawn_at__isnull=False)

    def matching(self, words: str) -> "ApplicationQuerySet":
        """Readable ones whose sender has this in the name, or holds a credential of this abbreviation."""
        held = Q(profile__credentials__contains=[{"abbreviation": words.upper()}])
        return self.readable().filter(Q(name__icontains=words) | held)

    def with_news(self) -> "ApplicationQuerySet":
        """Each with how many messages of the team its candidate has not looked at, as `news`."""
        new = Message.objects.of_team().unread().filter(application=OuterRef("pk")).order_by().values("application")
        return self.annotate(news=Subquery(new.annotate(count=Count("pk")).values("count")))

    def tally(self) -> dict[str, int]:
        """How many stand in each state, the withdrawn as one of them; a state without any is left out."""
        stands = Case(When(withdrawn_at__isnull=False, then=Value(WITHDRAWN)), default=F("state"))
        return dict(self.order_by().values_list(stands).annotate(count=Count("pk")))

    def cards(self) -> "ApplicationQuerySet":
        """With what a list shows, the team's `stars` and how many gave them, and without the long texts."""
        given = Rating.objects.filter(application=OuterRef("pk")).order_by().values("application")
        lean = self.defer("letter", "consent", "posting_html", "posting_facts").fetch_mode(models.FETCH_RAISE)
        return lean.annotate(
            stars=Subquery(given.annotate(mean=Avg("stars")).values("mean")),
            raters=Subquery(given.annotate(count=Count("pk")).values("count")),
            unread=Exists(Message.objects.of_candidate().unread().filter(application=OuterRef("pk"))),
        )

    def owed_an_answer(self, at: datetime, days: int) -> "ApplicationQuerySet":
        """Those sent at least so many days before, and not withdrawn within those days."""
        kept = Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("sent_at") + timedelta(days=days))
        return self.filter(kept, sent_at__lte=at - timedelta(days=days))

    def answered_within(self, days: int) -> "ApplicationQuerySet":
        """Those whose sender heard from the team within so many days: by a message, or a step told by mail."""
        in_time = {"application": OuterRef("pk"), "at__lte": OuterRef("sent_at") + timedelta(days=days)}
        steps = Step.objects.filter(**in_time, mailed=True).exclude(state__in=[State.NEW, WITHDRAWN])
        return self.filter(Exists(steps) | Exists(Message.objects.of_team().filter(**in_time)))

    def answer_rate(self, at: datetime, days: int) -> tuple[int, int]:
        """How many were answered within so many days, and of how many that were owed an answer by then."""
        owed = self.owed_an_answer(at, days).order_by()
        return owed.answered_within(days).count(), owed.count()
