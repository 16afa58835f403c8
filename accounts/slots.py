"""Named places on a person's own pages where a higher app may show something of its own.

A higher app registers a provider when it starts (`AppConfig.ready`); this app never learns its name.
"""

from collections.abc import Callable

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

type Provider = Callable[[HttpRequest], str]

_providers: dict[str, list[Provider]] = {
    "profile-aside": [],  # beside the profile
    "privacy-seen": [],  # on the page on privacy: who sees this person now, and who did
}


def register(slot: str, provider: Provider) -> None:
    """Show what `provider` answers, HTML or nothing, in a slot. Raises KeyError for a slot that does not exist."""
    if provider not in _providers[slot]:
        _providers[slot].append(provider)


def shown(slot: str, request: HttpRequest) -> SafeString:
    """What the providers of a slot want shown, as HTML."""
    return mark_safe("".join(provider(request) for provider in _providers[slot]))
