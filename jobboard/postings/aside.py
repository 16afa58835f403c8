"""What a code page shows of jobs: live postings that need the code, in the slot that the page offers."""

from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils import timezone

from codes.models import Code
from codes.slots import Fragment
from jobboard.postings.models import Posting

SHOWN = 3


def jobs_needing(request: HttpRequest, code: Code) -> Fragment | None:  # noqa: ARG001 - the signature of a slot
    """The newest live postings that name a code or its family, and the way to all of them. One query."""
    at = timezone.now()
    postings = list(Posting.objects.live(at).naming(code.system, code.code).cards()[: SHOWN + 1])
    if not postings:
        return None
    context = {
        "code": code,
        "postings": postings[:SHOWN],
        "more": len(postings) > SHOWN,
        "query": urlencode({"code": code.key}),
        "at": at,
    }
    return Fragment("jobs/_code_aside.html", context)
