"""What every request must be before a view reads it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from jobboard.errors import bad_request

type View = Callable[[HttpRequest], HttpResponse]


def plain_input(get_response: View) -> View:
    """Answer 400 to NUL characters in the path or query: PostgreSQL stores none, so no page can mean them.

    Forms refuse them field by field (`django.core.validators.ProhibitNullCharactersValidator`).
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, ValueError("NUL character in the address"))
        return get_response(request)

    return middleware
