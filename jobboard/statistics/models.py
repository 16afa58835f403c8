"""Counts by posting, day and source; and for one day only, who has been counted.

A day is one of the site's own zone. A reader is known by a hash whose key is made anew each day and thrown away after
it, with the hashes: afterwards nobody can tell who read what, nor follow a reader from one day to the next.
"""

from datetime import date, datetime, timedelta
from hashlib import blake2b
from secrets import token_bytes
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, models
from django.db.models import Q

from jobboard.postings.models import Posting
from jobboard.postings.sources import MOST_HOST, Origin, Source

MOST_HOSTS = 30  # other sites named for one posting and day; further ones are counted together
OTHER_HOSTS = "others"

# One statement, so that a reader who opens a page twice at once is one reader, and no count is lost to another.
_COUNT_VIEW = """
WITH mark AS (
    INSERT INTO statistics_mark (posting_id, day, reader) VALUES (%(posting)s, %(day)s, %(reader)s)
    ON CONFLICT DO NOTHING RETURNING 1
)
INSERT INTO statistics_daycount AS counted (posting_id, day, source, host, views, readers, clicks)
VALUES (%(posting)s, %(day)s, %(source)s, %(host)s, 1, (SELECT count(*) FROM mark), 0)
ON CONFLICT (posting_id, day, source, host)
DO UPDATE SET views = counted.views + 1, readers = counted.readers + excluded.readers
"""
_COUNT_CLICK = """
WITH mark AS (
    INSERT INTO statistics_mark (posting_id, day, reader) VALUES (%(posting)s, %(day)s, %(reader)s)
    ON CONFLICT DO NOTHING RETURNING 1
)
INSERT INTO statistics_daycount AS counted (posting_id, day, source, host, views, readers, clicks)
SELECT %(posting)s, %(day)s, %(source)s, %(host)s, 0, 0, 1 FROM mark
ON CONFLICT (posting_id, day, source, host) DO UPDATE SET clicks = counted.clicks + 1
"""


def today(at: datetime) -> date:
    """The day that a moment is counted on."""
    return at.astimezone(ZoneInfo(settings.TIME_ZONE)).date()


class DayCountQuerySet(models.QuerySet["DayCount"]):
    """Counts by what they are of."""

    def within(self, first: date, last: date) -> "DayCountQuerySet":
        """Those of the days from one to another, both included."""
        return self.filter(day__gte=first, day__lte=last)

    def count_view(self, posting: int, origin: Origin, reader: bytes, at: datetime) -> None:
        """Count that a posting was opened, and its reader if they are new to it today."""
        self._count(_COUNT_VIEW, posting, origin, reader, at)

    def count_click(self, posting: int, origin: Origin, clicker: bytes, at: datetime) -> None:
        """Count that somebody chose to apply, once a day. `clicker` is no hash that they are known by as a reader."""
        self._count(_COUNT_CLICK, posting, origin, clicker, at)

    def _count(self, sql: str, posting: int, origin: Origin, reader: bytes, at: datetime) -> None:
        day = today(at)
        host = self._host(posting, day, origin)
        values: dict[str, Any] = {
            "posting": posting,
            "day": day,
            "source": origin.source,
            "host": host,
            "reader": reader,
        }
        with connection.cursor() as cursor:
            cursor.execute(sql, values)

    def _host(self, posting: int, day: date, origin: Origin) -> str:
        """The other site's name, or "others" once many have been named: anybody can make one up."""
        if not origin.host:
            return ""
        named = set(self.filter(posting=posting, day=day, source=origin.source).values_list("host", flat=True))
        return origin.host if origin.host in named or len(named) < MOST_HOSTS else OTHER_HOSTS


class DayCount(models.Model):
    """How often a posting was read on one day by way of one source. Rows are added to, and hold nobody's name."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="day_counts")
    day = models.DateField()
    source = models.CharField(max_length=10, choices=Source)
    host = models.CharField(max_length=MOST_HOST, blank=True, help_text="Of another site: its name alone.")
    views = models.PositiveIntegerField(default=0)
    readers = models.PositiveIntegerField(default=0, help_text="Those who had not opened it before that day.")
    clicks = models.PositiveIntegerField(default=0, help_text="Those who had not chosen to apply before that day.")

    objects: ClassVar[DayCountQuerySet] = DayCountQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["posting", "day", "source", "host"], name="counted_once_per_source"),
            models.CheckConstraint(condition=Q(host="") | Q(source="external"), name="only_other_sites_are_named"),
        ]

    def __str__(self) -> str:
        return f"{self.posting_id} on {self.day} by {self.source}"


class DayKey(models.Model):
    """The key of one day's hashes."""

    day = models.DateField(unique=True)
    key = models.BinaryField()

    def __str__(self) -> str:
        return f"{self.day}"

    @classmethod
    def reader(cls, who: str, at: datetime) -> bytes:
        """The hash by which somebody is known today; `who` is anything that tells readers apart."""
        kept, _ = cls.objects.get_or_create(day=today(at), defaults={"key": token_bytes(32)})
        return blake2b(who.encode(), key=bytes(kept.key), digest_size=16).digest()


class Mark(models.Model):
    """That a reader of today has been counted for a posting, or that they chose to apply."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+")
    day = models.DateField(db_index=True)
    reader = models.BinaryField(max_length=16)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["posting", "day", "reader"], name="reader_counted_once_a_day")]

    def __str__(self) -> str:
        return f"one of {self.day}"

    @classmethod
    def forget(cls, at: datetime) -> int:
        """Throw away the hashes of days that are over, and their keys; returns how many hashes went."""
        over = today(at) - timedelta(days=1)
        DayKey.objects.filter(day__lte=over).delete()
        return cls.objects.filter(day__lte=over).delete()[0]
