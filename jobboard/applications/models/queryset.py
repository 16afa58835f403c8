"""Applications by who may see them, where they stand, and how soon they were answered."""

from datetime import timedelta
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

    def with_answered(self, within: timedelta) -> "ApplicationQuerySet":
        """Each with whether its sender heard from the team in time, as `answered`.

        An answer is a message of the team, or a step it took and told by mail.
        """
        in_time = {"application": OuterRef("pk"), "at__lte": OuterRef("sent_at") + within}
        steps = Step.objects.filter(**in_time, mailed=True).exclude(state__in=[State.NEW, WITHDRAWN])
        return self.annotate(answered=Exists(steps) | Exists(Message.objects.of_team().filter(**in_time)))
