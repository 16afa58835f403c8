"""Addresses that a mail about an application is answered to: each serves one person in one thread, unguessable.

`reply+<application>-<person>-<code>@INBOUND_DOMAIN`, the numbers in base 16 and the code an HMAC of both under the
site's key. So nothing is stored that could be stolen, and what may be said through one is decided when it is used.
"""

import re
from typing import NamedTuple

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_ADDRESS = re.compile(r"reply\+([0-9a-f]{1,15})-([0-9a-f]{1,15})-([0-9a-f]{40})", re.IGNORECASE)


class Purpose(NamedTuple):
    """The thread and the person that an address is for, by their keys."""

    application: int
    person: int


def is_open() -> bool:
    """Whether this site takes in mail, and so names addresses for answers."""
    return bool(settings.INBOUND_DOMAIN)


def address(purpose: Purpose) -> str:
    """Where this person answers in this thread; an empty string on a site that takes no mail in."""
    if not is_open():
        return ""
    code = _code(purpose, settings.SECRET_KEY)
    return f"reply+{purpose.application:x}-{purpose.person:x}-{code}@{settings.INBOUND_DOMAIN}"


def purpose_of(address: str) -> Purpose | None:
    """What an address is for; None for one that this site did not make."""
    local, _, domain = address.rpartition("@")
    found = _ADDRESS.fullmatch(local)
    if not found or domain.lower() != settings.INBOUND_DOMAIN.lower() or not domain:
        return None
    purpose = Purpose(int(found[1], 16), int(found[2], 16))
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    good = [constant_time_compare(_code(purpose, key), found[3].lower()) for key in keys]
    return purpose if any(good) else None


def _code(purpose: Purpose, key: str | bytes) -> str:
    value = f"{purpose.application}:{purpose.person}"
    return salted_hmac("jobboard.applications.replying", value, secret=key, algorithm="sha256").hexdigest()[:40]
