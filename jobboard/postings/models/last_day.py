"""The last day on which a posting can be applied to, and when it is over."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

# A last day is over when it is over in every US state, so nobody is refused on the day the page names.
LAST_DAY_ZONE = ZoneInfo("Pacific/Honolulu")


def today(at: datetime) -> date:
    """The day on which the last US state still is."""
    return at.astimezone(LAST_DAY_ZONE).date()


def end_of(day: date) -> datetime:
    """The moment a day is over everywhere in the United States."""
    return datetime.combine(day + timedelta(days=1), time(), LAST_DAY_ZONE)


def latest_day(published_at: datetime) -> date:
    """The last day that a posting published at a moment can be open."""
    return today(published_at) + timedelta(days=settings.POSTING_DAYS)
