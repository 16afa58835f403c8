"""The list of a person's jobs: what was saved and what was sent, as one, by the stage each has reached."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextChoices

from accounts.models import User
from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from jobboard.tracker.models import Tracked

_INTERVIEW = {Application.State.INTERVIEW, Application.State.OFFER}
_DECIDED = {Application.State.HIRED, Application.State.DECLINED}


class Stage(TextChoices):
    """How far a job has come, for the person who keeps it."""

    SAVED = "saved", "Saved"
    APPLIED = "applied", "Applied"
    INTERVIEW = "interview", "Interview"
    DECIDED = "decided", "Decided"


class Standing(TextChoices):
    """Whether a posting can still be applied to, as the public may know it."""

    LIVE = "live", "Open"
    PAUSED = "paused", "Paused"
    CLOSED = "closed", "Closed"
    ENDED = "ended", "Ended"
    AWAY = "away", "Not on the site now"


_STANDINGS = {
    Posting.State.LIVE: Standing.LIVE,
    Posting.State.PAUSED: Standing.PAUSED,
    Posting.State.CLOSED: Standing.CLOSED,
    Posting.State.EXPIRED: Standing.ENDED,
}


@dataclass
class Item:
    """One posting on the list: the person's own row, the application they sent here, or both."""

    tracked: Tracked | None = None
    application: Application | None = None
    posting: Posting | None = None  # None where the public may not see it
    standing: Standing = Standing.AWAY

    @property
    def pk(self) -> int:
        """The posting's id."""
        return self.tracked.posting_id if self.tracked else self.application.posting_id if self.application else 0

    @property
    def title(self) -> str:
        """The posting's title as it is, or as it was read where it is on the site no more."""
        kept = self.tracked.title if self.tracked else self.application.posting_title if self.application else ""
        return self.posting.title if self.posting else kept

    @property
    def employer_name(self) -> str:
        """Its employer's name, by the same rule."""
        kept = (
            self.tracked.employer_name
            if self.tracked
            else self.application.posting_employer
            if self.application
            else ""
        )
        return self.posting.employer.name if self.posting else kept

    @property
    def stage(self) -> Stage:
        """The furthest it has come by either account: the employer's moves, or what the person noted."""
        sent, noted = self.application, self.tracked
        if (sent and (sent.withdrawn_at or sent.state in _DECIDED)) or (noted and noted.outcome):
            return Stage.DECIDED
        if (sent and sent.state in _INTERVIEW) or (noted and noted.interview_on):
            return Stage.INTERVIEW
        return Stage.APPLIED if sent or (noted and noted.applied_on) else Stage.SAVED

    @property
    def moved(self) -> datetime:
        """When it came onto the list, or was applied to here, whichever was later."""
        moments = [self.tracked.saved_at if self.tracked else None, self.application and self.application.sent_at]
        return max(moment for moment in moments if moment)


def items(user: User) -> list[Item]:
    """Everything a person saved or applied to, the newest first, without the postings. Two queries."""
    found: dict[int, Item] = {}
    for tracked in Tracked.objects.for_user(user):
        found[tracked.posting_id] = Item(tracked=tracked)
    sent = Application.objects.for_candidate(user).defer("letter", "profile", "posting_html", "posting_facts")
    for application in sent:
        found.setdefault(application.posting_id, Item()).application = application
    return sorted(found.values(), key=lambda item: (item.moved, item.pk), reverse=True)


def counts(found: Iterable[Item]) -> Counter[Stage]:
    """How many are at each stage."""
    return Counter(item.stage for item in found)


def with_postings(found: list[Item], at: datetime) -> list[Item]:
    """The same with the postings that the public may see, and where each stands. One query."""
    postings = visible([item.pk for item in found], at)
    for item in found:
        item.posting = postings.get(item.pk)
        item.standing = standing(item.posting, at)
    return found


def visible(pks: Iterable[int], at: datetime) -> dict[int, Posting]:
    """Those of some postings whose address the public may open: nobody is told here of any other."""
    return Posting.objects.known(at).filter(pk__in=pks).cards().in_bulk()


def standing(posting: Posting | None, at: datetime) -> Standing:
    """Where a posting stands for those who keep it."""
    if posting is None:
        return Standing.AWAY
    return _STANDINGS[posting.state_at(at)]
