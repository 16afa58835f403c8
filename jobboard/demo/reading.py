"""How the postings of the demo data were read, and the list of jobs that a coder there keeps."""

from datetime import datetime, timedelta
from random import Random

from accounts.models import User
from jobboard.postings.models import Posting
from jobboard.postings.sources import Source
from jobboard.statistics.models import DayCount, today
from jobboard.tracker.models import Tracked

DAYS = 40  # back from the day of loading
_USUAL = ((Source.SEARCH, "", 12), (Source.ALERT, "", 4), (Source.DIRECT, "", 3), (Source.CODE, "", 1))
_SOURCES = (*_USUAL, (Source.EXTERNAL, "www.search.example", 3))  # each with the most views on one day


def add_counts(postings: list[Posting], at: datetime) -> None:
    """Store readers by day and source for those that were published, from the day they were."""
    rows = [row for posting in postings if posting.published_at for row in _counts(posting, posting.published_at, at)]
    DayCount.objects.bulk_create(rows, batch_size=2_000)


def _counts(posting: Posting, published: datetime, at: datetime) -> list[DayCount]:
    chance = Random(posting.slug)  # noqa: S311 - the same invented figures for everybody
    age = min(DAYS, (today(at) - today(published)).days)
    return [
        DayCount(
            posting=posting,
            day=today(at) - timedelta(days=days),
            source=source,
            host=host,
            views=views,
            readers=max(1, views * 2 // 3),
            clicks=views // 5,
        )
        for days in range(age + 1)
        for source, host, most in _SOURCES
        if (views := chance.randint(0, most))
    ]


def add_saved(email: str, at: datetime) -> None:
    """Store three jobs that a coder saved, one of them with a note and a next step."""
    user = User.objects.get(email=email)
    newest = Posting.objects.live(at).select_related("employer").order_by("-published_at", "-id")
    kept = [Tracked.objects.save_for(user, posting, at) for posting in newest[:3]]
    for noted in kept[:1]:
        noted.note = "Asks for a test of twenty charts. Find out which encoder they use."
        noted.next_step = "Ask about the training month"
        noted.keep()
