"""Requests as views see them, for type checkers: what the middleware of this app has put on them."""

from django.http import HttpRequest

from accounts.models import User
from accounts.reader import Reader


class ReaderRequest(HttpRequest):
    """Any request: `accounts.middleware.reader` gave it a reader."""

    reader: Reader


class PersonRequest(ReaderRequest):
    """A request to a page that only signed-in people reach."""

    user: User
