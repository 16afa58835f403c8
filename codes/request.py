"""Requests as the views here see them, for type checkers."""

from django_htmx.middleware import HtmxDetails

from accounts.request import PersonRequest, ReaderRequest


class CodeRequest(ReaderRequest):
    """Any request: it has a reader, and says whether htmx sent it."""

    htmx: HtmxDetails


class OwnRequest(CodeRequest, PersonRequest):
    """A signed-in person's request."""
