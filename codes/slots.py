"""Named places on code pages where a higher app may show something of its own.

A higher app registers a provider when it starts (`AppConfig.ready`); this app never learns its name.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from codes.models import Code
from codes.rendered import keep


@dataclass(frozen=True)
class Fragment:
    """A template, what it needs, and all that decides how it looks: while that is the same, the HTML is kept."""

    template: str
    context: Callable[[], dict[str, object]]
    shows: Hashable

    def html(self) -> SafeString:
        """The fragment as it stands on the page."""
        return keep((self.template, self.shows), lambda: render_to_string(self.template, self.context()))


type Provider = Callable[[HttpRequest, Code], Fragment | None]

_providers: dict[str, list[Provider]] = {
    "aside": [],  # beside a code on its page
    "found": [],  # under a code that a search found exactly
}


def register(slot: str, provider: Provider) -> None:
    """Show what `provider` answers in a slot, for each code there. Raises KeyError for a slot that does not exist."""
    if provider not in _providers[slot]:
        _providers[slot].append(provider)


def fragments(slot: str, request: HttpRequest, code: Code) -> list[Fragment]:
    """What the providers of a slot want shown for this code."""
    answers = (provider(request, code) for provider in _providers[slot])
    return [fragment for fragment in answers if fragment is not None]
