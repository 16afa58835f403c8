"""What every request must be before a view reads it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes, urlencode, urlsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django_htmx.http import HttpResponseClientRedirect, reselect, reswap, retarget
from django_htmx.middleware import HtmxDetails

from jobboard.errors import bad_request

_REFUSALS = {400, 403, 404, 410, 413, 429}  # what is answered with a page of its own

type View = Callable[[HttpRequest], HttpResponse]


def plain_input(get_response: View) -> View:
    """Refuse what no page can mean, before anything reads it.

    400 to an address with NUL characters, which PostgreSQL stores none of, or with bytes that are no UTF-8; 413 to a
    body of more than REQUEST_MAX_BYTES, before it fills the disk. A cookie with NUL is as good as none. Forms refuse
    NUL field by field (`django.core.validators.ProhibitNullCharactersValidator`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or not _plain(request.META.get("QUERY_STRING", "")):
            return bad_request(request, ValueError("An address that is no text"))
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdecimal() or int(length) > settings.REQUEST_MAX_BYTES:
            return bad_request(request, RequestDataTooBig("A body that is too large to be read"))
        if any("\x00" in value for value in request.COOKIES.values()):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\x00" not in value}
        return get_response(request)

    return middleware


def readable_form(get_response: View) -> View:
    """Answer 400 to a form whose bytes are no UTF-8: decoding put U+FFFD in their place, and storing that loses text.

    Stands behind the CSRF check, which has read the form already. Mails that a provider hands over are read by their
    own view alone, by its own limits: they are what others wrote.
    """
    mails = resolve_url("mail_inbound")

    def middleware(request: HttpRequest) -> HttpResponse:
        ours = request.method == "POST" and request.path != mails
        if ours and any("\ufffd" in value for values in request.POST.lists() for value in (values[0], *values[1])):
            return bad_request(request, ValueError("A form that is no text"))
        return get_response(request)

    return middleware


def sign_in_as_a_page(get_response: View) -> View:
    """Have htmx go to the sign-in page where it asked for a part of a page after the session had ended.

    htmx follows a redirect unseen and would swap the sign-in page into the part. After signing in, people come back to
    the page they were on, not to the address of the part. Stands behind HtmxMiddleware.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        sign_in = resolve_url(settings.LOGIN_URL)
        to = urlsplit(response.get("Location", ""))
        htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # the documented seam of HtmxMiddleware
        if not htmx or to.path != sign_in:
            return response
        back = htmx.current_url_abs_path
        return HttpResponseClientRedirect(f"{sign_in}?{urlencode({'next': back})}" if back else to.geturl())

    return middleware


def refusal_as_a_page(get_response: View) -> View:
    """Have htmx show a page that refuses as the page it is, where a part of another was asked for.

    Such as 404 to somebody who left the team while its board stood open. Stands behind HtmxMiddleware.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        htmx: HtmxDetails = request.htmx  # type: ignore[attr-defined]  # the documented seam of HtmxMiddleware
        refused = response.status_code in _REFUSALS and not response.streaming
        if htmx and refused and response.content.startswith(b"<!doctype html>"):
            reselect(retarget(reswap(response, "innerHTML"), "body"), "unset")
        return response

    return middleware


def _plain(query: str) -> bool:
    """Whether a query string, in latin-1 as WSGI gives it (PEP 3333), is UTF-8 without NUL."""
    try:
        return "\x00" not in unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError:
        return False
