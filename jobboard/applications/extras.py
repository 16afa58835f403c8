"""What higher apps ask on the form of an application besides what every application holds.

A higher app registers a provider when it starts (`AppConfig.ready`); this app never learns its name.
"""

from collections.abc import Callable
from typing import Protocol

from django.http import QueryDict
from django.utils.safestring import SafeString

from jobboard.applications.models import Application
from jobboard.postings.models import Posting


class Extra(Protocol):
    """More fields on the form, checked with it and kept with what is sent."""

    def is_valid(self) -> bool:
        """Whether what was filled in can be sent."""

    def html(self) -> SafeString:
        """The fields, with their errors where they were refused."""

    def keep(self, application: Application) -> None:
        """Store the answers; called inside the transaction that sends the application."""


type Provider = Callable[[Posting, QueryDict | None], Extra | None]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Ask what `provider` answers for a posting, filled in from the form's data where there are any."""
    if provider not in _providers:
        _providers.append(provider)


def of(posting: Posting, data: QueryDict | None) -> list[Extra]:
    """Everything that is asked besides for a posting."""
    answers = (provider(posting, data) for provider in _providers)
    return [extra for extra in answers if extra is not None]
