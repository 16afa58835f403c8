"""Where a request comes from, as far as it can be believed."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 - a name for "unknown", nothing is bound to it


def client_address(request: HttpRequest) -> str:
    """The client's IP address; an IPv4 client of a dual-stack server by its IPv4 address.

    Only as many entries of X-Forwarded-For are believed as we run proxies (`TRUSTED_PROXIES`), counted from the right,
    since a client can write anything to their left. Anything that is no address counts as 0.0.0.0.
    """
    candidate = request.META.get("REMOTE_ADDR") or ""
    if settings.TRUSTED_PROXIES:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
        candidate = hops[-min(settings.TRUSTED_PROXIES, len(hops))] or candidate
    try:
        address = ipaddress.ip_address(candidate.partition("%")[0])  # without the zone of a link-local address
    except ValueError:
        return UNKNOWN
    return str(getattr(address, "ipv4_mapped", None) or address)
