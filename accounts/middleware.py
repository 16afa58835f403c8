"""Gives every request its reader and its time zone."""

import zoneinfo
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.utils.functional import SimpleLazyObject, empty

from accounts.reader import Reader, guest_cookie

type View = Callable[[HttpRequest], HttpResponse]


def reader(get_response: View) -> View:
    """Set a lazy `request.reader`; a guest whose reader was asked for is sent the cookie that counts their views.

    Such an answer is this reader's own, so no shared cache may keep it.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        lazy = SimpleLazyObject(lambda: Reader.of(request))
        request.reader = lazy  # type: ignore[attr-defined]  # the documented seam of this middleware
        response = get_response(request)
        if lazy.__dict__["_wrapped"] is not empty:
            patch_cache_control(response, private=True)
            patch_vary_headers(response, ["Cookie"])
            if lazy.new_guest is not None and not request.user.is_authenticated:
                response.set_signed_cookie(**guest_cookie(lazy.new_guest))
        return response

    return middleware


def time_zone(get_response: View) -> View:
    """Show times in the zone a signed-in person chose."""

    def middleware(request: HttpRequest) -> HttpResponse:
        zone = request.user.time_zone if request.user.is_authenticated else ""
        with timezone.override(zoneinfo.ZoneInfo(zone) if zone else None):
            return get_response(request)

    return middleware
