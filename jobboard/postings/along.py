"""What goes along when a posting is copied, renewed, or kept as a template: what higher apps keep beside it.

A higher app registers it when it starts (`AppConfig.ready`); this one never learns its name. It is taken as JSON, as a
template keeps it, and given to a new draft in the transaction that stores that.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from jobboard.postings.models import Posting


class Companion(NamedTuple):
    """`take` answers what a posting has as JSON can hold it, or None; `give` stores that with a new draft.

    What a template holds may be years old: `give` leaves out what it no longer knows.
    """

    take: Callable[["Posting"], Any]
    give: Callable[["Posting", Any], None]


_companions: dict[str, Companion] = {}


def register(name: str, take: Callable[["Posting"], Any], give: Callable[["Posting", Any], None]) -> None:
    """Have this go along under a name. The same name again replaces it."""
    _companions[name] = Companion(take, give)


def of(posting: "Posting") -> dict[str, Any]:
    """All that goes along with a posting, by name; nothing for what it does not have."""
    taken = {name: companion.take(posting) for name, companion in _companions.items()}
    return {name: each for name, each in taken.items() if each is not None}


def give(posting: "Posting", taken: dict[str, Any]) -> None:
    """Store it with a new draft. A name that nobody registers any more is passed over."""
    for name, each in taken.items():
        if name in _companions:
            _companions[name].give(posting, each)
