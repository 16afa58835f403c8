"""The journal of what may have changed about what is live. Triggers of the database write it, whoever makes the change.

A process that keeps something of the live postings in memory reads what is new to it: one cheap query.
"""

from datetime import datetime, timedelta
from typing import ClassVar

from django.db import connection, models

# A process that has read nothing for so long begins anew; entries are kept for longer than that.
FORGOTTEN_AFTER = timedelta(hours=2)


class ChangeQuerySet(models.QuerySet["Change"]):
    """Entries of the journal."""

    def forget(self, at: datetime) -> int:
        """Delete those that no process will ask for any more; returns how many."""
        return self.filter(at__lt=at - FORGOTTEN_AFTER).delete()[0]


class Change(models.Model):
    """A posting, published at some time, that was stored or deleted, or whose employer changed in what pages show."""

    posting = models.BigIntegerField(null=True, help_text="Its id; null where so many changed that all are read anew.")
    xact = models.BigIntegerField(db_index=True, help_text="The transaction: pg_current_xact_id().")
    at = models.DateTimeField()

    objects: ClassVar[ChangeQuerySet] = ChangeQuerySet.as_manager()  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.posting} at {self.at}"


class Reader:
    """Reads the journal, each entry once.

    A number from a sequence would not do as a bookmark: a transaction with a lower one may commit later. So everything
    is read from the oldest transaction on that was still running the time before, and what is known is left out.
    """

    _SQL = """
        SELECT oldest, change.id, change.posting
        FROM (SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS oldest) AS running
        LEFT JOIN postings_change AS change ON change.xact >= COALESCE(%s, oldest)
    """

    def __init__(self) -> None:
        """Begin here: what is committed by now is not news."""
        self._since: int | None = None
        self._known = set[int]()
        self.news()

    def news(self) -> set[int | None]:
        """The postings of entries that were committed since the last time."""
        with connection.cursor() as cursor:
            cursor.execute(self._SQL, [self._since])
            rows = cursor.fetchall()
        new = {posting for _, number, posting in rows if number is not None and number not in self._known}
        self._since, self._known = rows[0][0], {number for _, number, _ in rows if number is not None}
        return new
