"""Requests as the views here see them, for type checkers."""

from django_htmx.middleware import HtmxDetails

from accounts.request import PersonRequest, ReaderRequest
from codes.as_of import AsOf


class CodeRequest(ReaderRequest):
    """A request to a page of the code reference: it has a reader, says whether htmx sent it, and as of when it asks."""

    htmx: HtmxDetails
    as_of: AsOf


class OwnRequest(CodeRequest, PersonRequest):
    """A signed-in person's request."""
