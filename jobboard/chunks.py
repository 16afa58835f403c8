"""Rows of a table one after the other, however many there are."""

from collections.abc import Iterator

from django.db.models import Model, QuerySet

ROWS_AT_ONCE = 500


def by_id[Row: Model](rows: QuerySet[Row], size: int = ROWS_AT_ONCE) -> Iterator[Row]:
    """Every row in the order of the ids, a few in memory at a time.

    Each chunk is a query of its own that starts after the last id. No transaction stays open while a slow reader takes
    the answer, any connection pool will do, and what is withdrawn meanwhile is not in the chunks to come.
    """
    ordered, last = rows.order_by("pk"), 0
    while chunk := list(ordered.filter(pk__gt=last)[:size]):
        yield from chunk
        last = chunk[-1].pk
