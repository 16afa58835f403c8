"""Named places on the CareerCenter's pages where a higher app may show something of its own.

A higher app registers a provider when it starts (`AppConfig.ready`); the page's app never learns its name. Providers
are asked in the order of the installed apps, and each answers HTML, or nothing.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

type Provider = Callable[[HttpRequest, Any], str]
type CardsProvider = Callable[[HttpRequest, list[Any]], Mapping[int, str]]

# Each with what its providers are given besides the request.
SLOTS = (
    "jobs-note",  # above the results of a search: the search
    "posting-apply",  # under the way to apply: the posting
    "posting-body",  # between a posting's facts and its text: the posting
    "posting-employer",  # under the employer's name beside a posting: the posting
    "posting-aside",  # beside a posting, above similar ones: the posting
    "posting-end",  # after a posting: the posting
    "employer-actions",  # beside an employer's name: the employer
    "employer-facts",  # above what an employer says of itself: the employer
    "hiring-links",  # in the row of an employer's daily pages, as list items: the employer
    "hiring-more-links",  # in the menu of its other pages, as list items: the employer
    "hiring-application",  # on an application's page for its team, below the profile: the application
    "sent-application",  # on an application's page for its candidate, below the profile: the application
    "desk-posting",  # on the desk's page of a posting, below its text: the posting
    "hiring-aside",  # beside a posting on its team's page: the posting
)

_providers: dict[str, list[Provider]] = {name: [] for name in SLOTS}
_cards: list[CardsProvider] = []


def register(slot: str, provider: Provider) -> None:
    """Show what `provider` answers in a slot. Raises KeyError for a slot that does not exist."""
    if provider not in _providers[slot]:
        _providers[slot].append(provider)


def register_cards(provider: CardsProvider) -> None:
    """Show what `provider` answers on the cards of a list; it is asked once for all of them, so it can ask once too."""
    if provider not in _cards:
        _cards.append(provider)


def shown(slot: str, request: HttpRequest, subject: object) -> SafeString:
    """What the providers of a slot want shown, as HTML."""
    return mark_safe("".join(provider(request, subject) for provider in _providers[slot]))


def shown_on_cards(request: HttpRequest, postings: Iterable[Any]) -> dict[int, str]:
    """What the providers of cards want shown on these, as HTML by the id of the posting."""
    listed = list(postings)
    parts: dict[int, list[str]] = defaultdict(list)
    for provider in _cards:
        for pk, html in provider(request, listed).items():
            parts[pk].append(html)
    return {pk: mark_safe("".join(html)) for pk, html in parts.items()}
