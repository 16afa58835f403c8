"""What a person is neither mailed nor shown beside something else, such as postings they have hidden.

A higher app registers a condition when it starts (`AppConfig.ready`); this app never learns its name.
"""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any

from django.db import connection
from django.db.models import Q

from accounts.models import User
from jobboard.postings.models import Posting, PostingQuerySet

# The condition on `Posting` for the person with this id, answered by subqueries: no join, so no row comes twice.
type Withheld = Callable[[int], Q]

_conditions: list[Withheld] = []
_SOMEBODY = -1
ASKED_AT_ONCE = 100


def register(condition: Withheld) -> None:
    """Keep from everybody the postings that `condition` answers for them. Twice is once."""
    if condition not in _conditions:
        _conditions.append(condition)


def withheld_from(user: int) -> Q:
    """All that is kept from this person; an empty condition where nothing is registered."""
    together = Q()
    for condition in _conditions:
        together |= condition(user)
    return together


def live_for(user: object, at: datetime) -> PostingQuerySet:
    """What the public sees at a moment, without what is kept from the one who asks; guests hid nothing."""
    live = Posting.objects.live(at)
    withheld = withheld_from(user.pk) if isinstance(user, User) else Q()
    return live.exclude(withheld) if withheld else live


def left_for(user: object, pks: Iterator[int]) -> Iterator[int]:
    """The ids of postings, in their order, without what is kept from the one who asks. One query for each hundred."""
    if not isinstance(user, User) or not _conditions:
        yield from pks
        return
    while some := list(islice(pks, ASKED_AT_ONCE)):
        withheld = _withheld_among(some, user.pk)
        yield from (pk for pk in some if pk not in withheld)


def _withheld_among(pks: list[int], person: int) -> set[int]:
    sql, values = _withheld_query()
    with connection.cursor() as cursor:
        cursor.execute(sql, [*(person if value == _SOMEBODY else value for value in values), pks])
        return {pk for (pk,) in cursor.fetchall()}


@cache
def _withheld_query() -> tuple[str, tuple[Any, ...]]:
    """What is kept from somebody, among some, as SQL with a stand-in for the person.

    Code pages ask it, and Django takes several times longer to write it than PostgreSQL to answer it.
    """
    sql, values = Posting.objects.filter(withheld_from(_SOMEBODY)).order_by().values("pk").query.sql_with_params()
    return f"SELECT pk FROM ({sql}) AS withheld WHERE pk = ANY(%s)", values  # noqa: S608 - as Django wrote it
