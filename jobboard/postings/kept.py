"""Figures that stand on many postings, and pages that guests see, kept for a while by each process.

To count a hundred thousand takes time, and a few more or fewer do not show in the answer. What stands on few is asked
anew every time, so that it is always exact. Pages with lists are kept until the journal tells of a change.
"""

import hashlib
from collections.abc import Callable, Hashable
from functools import wraps
from typing import Concatenate

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from jobboard.postings.board import board_for
from jobboard.postings.sources import PARAMETER, origin

MANY = 1_000  # from so many postings on a figure is kept
SECONDS = 60


def kept[T](shows: Hashable, make: Callable[[], T], stands_on: Callable[[T], int], seconds: int = SECONDS) -> T:
    """What `make` gives. Where it stands on `MANY` postings, it is given again for a while to all that ask the same."""
    key = _key(shows)
    known: T | None = caches["pages"].get(key)
    if known is None:
        known = make()
        if stands_on(known) >= MANY:
            caches["pages"].set(key, known, seconds)
    return known


def kept_for_guests[R: HttpRequest, **P](
    view: Callable[Concatenate[R, P], HttpResponse],
) -> Callable[Concatenate[R, P], HttpResponse]:
    """Answer guests again what an address gave them, as long as nothing about live postings has changed.

    The journal is asked every time, so what was closed, edited or has expired is gone at once. What such a page shows
    must depend on nothing but the address, where the reader came from, the postings with what their pages show of
    their employers, and the day in the reader's zone. What else it says, such as titles of codes, may be a minute old.
    """

    @wraps(view)
    def answer(request: R, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "GET" or request.COOKIES.keys() & {settings.SESSION_COOKIE_NAME, "messages"}:
            return view(request, *args, **kwargs)
        at = timezone.now()
        swap = [request.headers.get(f"HX-{name}", "") for name in ("Request", "Target", "History-Restore-Request")]
        came = origin(request.GET.get(PARAMETER, ""), request.headers.get("Referer", ""), request.get_host()).carried
        asked = (request.get_full_path(), came, *swap, timezone.localdate(at), timezone.get_current_timezone_name())
        key = _key(board_for(request, at).stamp, asked)
        known: HttpResponse | None = caches["answers"].get(key)
        if known is None:
            known = view(request, *args, **kwargs)
            if not known.cookies and not known.streaming and "CSRF_COOKIE" not in request.META:
                caches["answers"].set(key, known, SECONDS)
        return known

    return answer


def _key(*shows: Hashable) -> str:
    return hashlib.blake2b(repr(shows).encode(), digest_size=16).hexdigest()
