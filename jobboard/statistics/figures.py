"""The figures of some postings over some days: by day, by source, by posting. A fixed number of queries each."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, F, QuerySet, Sum
from django.db.models.functions import TruncDate

from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from jobboard.postings.sources import Source
from jobboard.statistics.models import DayCount, today

type Postings = QuerySet[Posting] | list[int]

SUMS = {"all_views": Sum("views"), "all_readers": Sum("readers"), "all_clicks": Sum("clicks")}
PERIODS = (7, 30, 90)  # days
USUAL = 30


@dataclass
class Tally:
    """What was counted."""

    views: int = 0
    readers: int = 0
    clicks: int = 0
    applications: int = 0

    def add(self, views: int = 0, readers: int = 0, clicks: int = 0, applications: int = 0) -> None:
        """Count more."""
        self.views += views
        self.readers += readers
        self.clicks += clicks
        self.applications += applications


@dataclass(frozen=True)
class Period:
    """The days that are looked at, both included."""

    first: date
    last: date

    @classmethod
    def ending(cls, at: datetime, days: str | None) -> "Period":
        """The last so many days up to today; 30 where the number is none of those offered."""
        number = next((each for each in PERIODS if str(each) == days), USUAL)
        return cls(today(at) - timedelta(days=number - 1), today(at))

    @property
    def length(self) -> int:
        """How many days."""
        return (self.last - self.first).days + 1

    @property
    def days(self) -> list[date]:
        """Each of them, the oldest first."""
        return [self.first + timedelta(days=number) for number in range(self.length)]


@dataclass
class Figures:
    """Everything about some postings in one period."""

    period: Period
    days: dict[date, Tally]
    sources: dict[str, Tally] = field(default_factory=dict)  # by the words for each
    total: Tally = field(default_factory=Tally)


def figures(postings: Postings, period: Period) -> Figures:
    """The figures of these postings together. Three queries."""
    found = Figures(period, {day: Tally() for day in period.days})
    counts = DayCount.objects.filter(posting__in=postings).within(period.first, period.last)
    for day, *numbers in counts.values_list("day").annotate(**SUMS).order_by("day"):
        found.days[day].add(*numbers)
    by_source = counts.values_list("source", "host").annotate(**SUMS)
    for source, host, *numbers in by_source.order_by(F("all_readers").desc(), F("all_views").desc(), "source", "host"):
        found.sources.setdefault(host or Source(source).label, Tally()).add(*numbers)
    sent = _sent(postings, period).values_list("day", "source", "source_host").annotate(Count("pk"))
    for day, source, host, number in sent.order_by("day", "source", "source_host"):
        found.days[day].add(applications=number)
        found.sources.setdefault(host or Source(source).label, Tally()).add(applications=number)
    for tally in found.days.values():
        found.total.add(**vars(tally))
    return found


def by_posting(postings: Postings, period: Period) -> dict[int, Tally]:
    """The figures of each of these postings, by its id. Two queries."""
    found: dict[int, Tally] = defaultdict(Tally)
    counts = DayCount.objects.filter(posting__in=postings).within(period.first, period.last)
    for pk, *numbers in counts.values_list("posting").annotate(**SUMS):
        found[pk].add(*numbers)
    for pk, number in _sent(postings, period).values_list("posting").annotate(Count("pk")):
        found[pk].add(applications=number)
    return found


def _sent(postings: Postings, period: Period) -> QuerySet:
    """Applications sent here in these days, each with its `day`; those that were withdrawn later included."""
    day = TruncDate("sent_at", tzinfo=ZoneInfo(settings.TIME_ZONE))
    sent = Application.objects.filter(posting__in=postings).order_by().annotate(day=day)
    return sent.filter(day__gte=period.first, day__lte=period.last)
