"""What must still hold when a message goes out.

A message may wait: for a worker, for a mail server that is down, for three days at most. What it tells of can be over
by then. The app that writes such a message registers a condition when it starts (`AppConfig.ready`) and names it with
the ids that it is about; the outbox asks at the moment of delivery, so it does not matter which was first, the message
or the change.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple


class OnlyIf(NamedTuple):
    """A condition by its name, and the ids of what it is about, as the condition reads them."""

    name: str
    about: list[int]


class Condition(NamedTuple):
    """`holds` says whether a message about these ids may go out at a moment.

    `dropped` is called, in the transaction that drops the message, for what must be done since it never went out.
    """

    holds: Callable[[list[int], datetime], bool]
    dropped: Callable[[list[int], datetime], None] | None = None


_conditions: dict[str, Condition] = {}


def register(
    name: str,
    holds: Callable[[list[int], datetime], bool],
    dropped: Callable[[list[int], datetime], None] | None = None,
) -> None:
    """Keep a condition under a name. The same name again replaces it."""
    _conditions[name] = Condition(holds, dropped)


def named(name: str) -> Condition:
    """The condition of a name. Raises KeyError for one that nobody registered."""
    return _conditions[name]
