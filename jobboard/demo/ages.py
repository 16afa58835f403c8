"""When things of the demo data happened, counted from the moment of loading."""

from datetime import datetime, timedelta
from zlib import crc32

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


def days_before(at: datetime, days: int, name: str) -> datetime:
    """So many days and up to ten hours before `at`. The hours hang on the name, so that not all is of one minute."""
    return at - days * DAY - timedelta(minutes=crc32(name.encode()) % 600)
