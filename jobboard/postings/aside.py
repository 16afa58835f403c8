"""What a code page shows of jobs: live postings that need the code, in the slot that the page offers."""

from itertools import islice
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from codes.models import Code
from codes.slots import Fragment
from jobboard.postings import families
from jobboard.postings.board import board_for
from jobboard.postings.models import Posting
from jobboard.postings.models.queryset import families_of
from jobboard.postings.withheld import left_for

SHOWN = 3
MANY = 100


def jobs_needing(request: HttpRequest, code: Code) -> Fragment | None:
    """The newest live postings that name a code or its family, and the way to all of them; none that the reader hid.

    The board tells which they are; they are read only when they are not what was shown last.
    """
    at = timezone.now()
    on = board_for(request, at)
    found = list(islice(left_for(request.user, on.newest_in(families_of(code.system, code.code))), SHOWN + 1))
    if not found:
        return None

    def context() -> dict[str, object]:
        postings = Posting.objects.live(at).as_cards(found[:SHOWN])
        return {
            "code": code,
            "postings": [(posting, named(posting, code)) for posting in postings],
            "more": len(found) > SHOWN,
            "query": urlencode({"code": code.key}),
            "at": at,
        }

    as_they_are = (on.number, [on.slot(pk) for pk in found])  # a change gives a posting another slot
    reckoned = (timezone.localdate(at), timezone.get_current_timezone_name())  # "3 days ago" is in the reader's days
    return Fragment("jobs/_code_aside.html", context, (code.key, as_they_are, *reckoned))


def named(posting: Posting, code: Code) -> str:
    """What a posting that needs a code names of it: the code itself, or the narrowest family, such as "CPT 20…"."""
    own = families_of(code.system, code.code)
    narrowest = max((family for family in posting.code_families if family in own), key=len, default="")
    return families.written([narrowest]) + ("" if narrowest == own[-1] else "…") if narrowest else ""


def jobs_found(request: HttpRequest, code: Code) -> Fragment | None:
    """For a code that a search found: how many live postings need it or its family. Counted no further than `MANY`."""
    on = board_for(request, timezone.now())
    found = left_for(request.user, on.newest_in(families_of(code.system, code.code)))
    count = len(list(islice(found, MANY)))
    if not count:
        return None
    context: dict[str, object] = {"code": code, "count": count, "many": MANY, "query": urlencode({"code": code.key})}
    return Fragment("jobs/_code_found.html", lambda: context, (code.key, count))
