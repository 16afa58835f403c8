"""What goes into the log, and how much of it."""

import logging

from django.http import HttpRequest
from django.urls import Resolver404, resolve

# Addresses that open something to whoever has them, by name; what their parameters are stays out of the log.
OPEN_ADDRESSES = {
    "account_confirm_email",
    "account_reset_password_from_key",
    "address_change",
    "invitation",
    "reminders_stop",
    "still_hiring",
    "unsubscribe",
    "verification",
}


class RefusalsInOneLine(logging.Filter):
    """Keep the traceback of what failed; a request that was refused (403, 404, ...) is one line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, and leave out where a refusal was raised."""
        if record.levelno < logging.ERROR:
            record.exc_info = None
        return True


class TokensCut(logging.Filter):
    """Keep what opens something out of the log: whoever reads it would hold the key too."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, with "..." for each token in its path."""
        request = getattr(record, "request", None)
        if isinstance(request, HttpRequest) and isinstance(record.args, tuple):
            record.args = tuple(_cut(arg) if arg == request.path else arg for arg in record.args)
        return True


def _cut(path: str) -> str:
    try:
        match = resolve(path)
    except Resolver404:
        return path
    if match.view_name in OPEN_ADDRESSES:
        for token in match.kwargs.values():
            path = path.replace(str(token), "...")
    return path
