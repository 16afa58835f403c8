"""Quartiles of what postings pay, by the hour: over all of them, and by credential, specialty, workplace and state.

A posting counts with the middle of its range. The same title by the same employer counts once, with its newest posting,
so that ten copies of one job do not make ten. Nothing is said of fewer than `LEAST`.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Lower

from jobboard.postings.kept import kept
from jobboard.postings.models import Posting

LEAST = 5  # jobs that a figure stands on
SINCE = timedelta(days=730)  # what older postings paid is not what is paid now
KEPT_SECONDS = 600

KINDS = ("credential", "specialty", "workplace", "state")


class Figure(NamedTuple):
    """The quartiles of one group in dollars an hour, and on how many jobs of how many employers they stand."""

    value: str
    jobs: int
    employers: int
    low: Decimal
    median: Decimal
    high: Decimal


class Figures(NamedTuple):
    """Those of all postings, None where they are too few; and those of the groups by kind, the best paid first."""

    jobs: int
    overall: Figure | None
    groups: dict[str, list[Figure]]


# One job a row; then what to count is the same for all of them and for each kind of group.
_SQL = """
    WITH job AS MATERIALIZED ({jobs}),
    grouped (kind, value, employer_id, amount) AS (
        SELECT '', '', employer_id, amount FROM job
        UNION ALL
        SELECT 'credential', accepted, employer_id, amount
        FROM job,
            LATERAL (SELECT DISTINCT unnest(credentials_required || credentials_preferred)) AS credential (accepted)
        UNION ALL
        SELECT 'specialty', unnest(specialties), employer_id, amount FROM job
        UNION ALL
        SELECT 'workplace', workplace, employer_id, amount FROM job
        UNION ALL
        SELECT 'state', unnest(CASE workplace WHEN 'remote' THEN remote_states ELSE ARRAY[state] END),
            employer_id, amount
        FROM job
    )
    SELECT kind, value, count(*), count(DISTINCT employer_id),
        percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY amount)
    FROM grouped
    GROUP BY kind, value
"""


def figures(at: datetime, where: Q) -> Figures:
    """What the postings of the last two years pay that meet a condition. One query; the answer is kept for minutes."""
    sql, values = _jobs(at, where).query.sql_with_params()
    shows = (sql, [value for value in values if not isinstance(value, datetime)])
    return kept(shows, lambda: _figures(sql, values), lambda found: found.jobs, KEPT_SECONDS)


def _figures(sql: str, values: tuple[Any, ...]) -> Figures:
    groups: dict[str, list[Figure]] = {kind: [] for kind in ("", *KINDS)}
    jobs = 0
    with connection.cursor() as cursor:
        cursor.execute(_SQL.replace("{jobs}", sql), values)
        for kind, value, count, employers, quartiles in cursor.fetchall():
            jobs = count if kind == "" else jobs
            if count >= LEAST:
                groups[kind].append(Figure(value, count, employers, *(Decimal(str(each)) for each in quartiles)))
    for found in groups.values():
        found.sort(key=lambda figure: (-figure.median, figure.value))
    overall = groups.pop("")
    return Figures(jobs, overall[0] if overall else None, groups)


def _jobs(at: datetime, where: Q):  # type: ignore[no-untyped-def]  # rows of values, which no type names
    """One row for each title of an employer that states comparable pay: the newest posting of it."""
    stated = Posting.objects.ever_public(at).filter(where, published_at__gt=at - SINCE, pay_hourly_max__isnull=False)
    lowest = Coalesce(F("pay_hourly_min"), F("pay_hourly_max"))
    named = stated.annotate(named=Lower("title"), amount=(lowest + F("pay_hourly_max")) / 2)
    newest = named.order_by("employer_id", "named", "-published_at").distinct("employer_id", "named")
    columns = ("credentials_required", "credentials_preferred", "specialties", "workplace", "state", "remote_states")
    return newest.values("employer_id", "named", "amount", *columns)
