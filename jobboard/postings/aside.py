"""What a code page shows of jobs: live postings that need the code, in the slot that the page offers."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from codes.models import Code
from codes.slots import Fragment
from jobboard.postings.models import Posting

SHOWN = 3


def jobs_needing(request: HttpRequest, code: Code) -> Fragment | None:  # noqa: ARG001 - the signature of a slot
    """The newest live postings that name a code or its family, and the way to all of them.

    One slim query tells which they are; they are read whole only when they are not what was shown last.
    """
    at = timezone.now()
    needing = Posting.objects.live(at).naming(code.system, code.code)
    found = list(needing.values_list("pk", "edited_at", "employer__name")[: SHOWN + 1])
    if not found:
        return None

    def context() -> dict[str, object]:
        return {
            "code": code,
            "postings": Posting.objects.filter(pk__in=[pk for pk, *_ in found[:SHOWN]]).cards(),
            "more": len(found) > SHOWN,
            "query": urlencode({"code": code.key}),
            "at": at,
        }

    reckoned = (timezone.localdate(at), timezone.get_current_timezone_name())  # "3 days ago" is in the reader's days
    return Fragment("jobs/_code_aside.html", context, (code.key, found, *reckoned))
