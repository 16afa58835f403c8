"""What every request must be before a view reads it."""

from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from django.http import HttpRequest, HttpResponse

from jobboard.errors import bad_request

type View = Callable[[HttpRequest], HttpResponse]


def plain_input(get_response: View) -> View:
    """Answer 400 to an address with NUL characters, which PostgreSQL stores none of, or with bytes that are no UTF-8.

    Forms refuse them field by field (`django.core.validators.ProhibitNullCharactersValidator`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or not _plain(request.META.get("QUERY_STRING", "")):
            return bad_request(request, ValueError("An address that is no text"))
        return get_response(request)

    return middleware


def _plain(query: str) -> bool:
    """Whether a query string, in latin-1 as WSGI gives it (PEP 3333), is UTF-8 without NUL."""
    try:
        return "\x00" not in unquote_to_bytes(query.encode("latin-1")).decode()
    except UnicodeError:
        return False
