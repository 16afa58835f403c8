"""What a code page shows of jobs: live postings that need the code, in the slot that the page offers."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from codes.models import Code
from codes.slots import Fragment
from jobboard.postings import families
from jobboard.postings.models import Posting
from jobboard.postings.models.queryset import families_of
from jobboard.postings.withheld import live_for, withheld_from

SHOWN = 3
MANY = 100

_SOME_MOMENT = datetime(1, 1, 2, tzinfo=UTC)
_SOME_FAMILIES = ["any"]
_SOMEBODY = -1


def jobs_needing(request: HttpRequest, code: Code) -> Fragment | None:
    """The newest live postings that name a code or its family, and the way to all of them; none that the reader hid.

    One slim query tells which they are; they are read whole only when they are not what was shown last.
    """
    at = timezone.now()
    found = _needing(families_of(code.system, code.code), at, request.user.pk)
    if not found:
        return None

    def context() -> dict[str, object]:
        postings = Posting.objects.filter(pk__in=[pk for pk, *_ in found[:SHOWN]]).cards()
        return {
            "code": code,
            "postings": [(posting, named(posting, code)) for posting in postings],
            "more": len(found) > SHOWN,
            "query": urlencode({"code": code.key}),
            "at": at,
        }

    reckoned = (timezone.localdate(at), timezone.get_current_timezone_name())  # "3 days ago" is in the reader's days
    return Fragment("jobs/_code_aside.html", context, (code.key, found, *reckoned))


def named(posting: Posting, code: Code) -> str:
    """What a posting that needs a code names of it: the code itself, or the narrowest family, such as "CPT 20…"."""
    own = families_of(code.system, code.code)
    narrowest = max((family for family in posting.code_families if family in own), key=len, default="")
    return families.written([narrowest]) + ("" if narrowest == own[-1] else "…") if narrowest else ""


def jobs_found(request: HttpRequest, code: Code) -> Fragment | None:
    """For a code that a search found: how many live postings need it or its family. Counted no further than `MANY`."""
    count = live_for(request.user, timezone.now()).naming(code.system, code.code).order_by()[:MANY].count()
    if not count:
        return None
    context: dict[str, object] = {"code": code, "count": count, "many": MANY, "query": urlencode({"code": code.key})}
    return Fragment("jobs/_code_found.html", lambda: context, (code.key, count))


def _needing(families: list[str], at: datetime, person: int | None) -> list[tuple[int, datetime, str]]:
    """Id, last edit and employer's name of the newest live postings in these families; not of what the person hid."""
    sql, stand_ins = _slim_query(for_person=person is not None)
    values = [
        at
        if value == _SOME_MOMENT
        else families
        if value == _SOME_FAMILIES
        else person
        if value == _SOMEBODY
        else value
        for value in stand_ins
    ]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


@cache
def _slim_query(*, for_person: bool) -> tuple[str, tuple[Any, ...]]:
    """The query of `_needing` as SQL, with stand-ins for what changes.

    Every code page asks it, and Django takes several times longer to write it than PostgreSQL to answer it.
    """
    live = Posting.objects.live(_SOME_MOMENT).in_families(_SOME_FAMILIES)
    if for_person and (withheld := withheld_from(_SOMEBODY)):
        live = live.exclude(withheld)
    return live.values_list("pk", "edited_at", "employer__name")[: SHOWN + 1].query.sql_with_params()
