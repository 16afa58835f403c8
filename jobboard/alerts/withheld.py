"""What is not mailed to a person by the word of a higher app, such as postings they have hidden.

A higher app registers a condition when it starts (`AppConfig.ready`); this app never learns its name.
"""

from collections.abc import Callable

from django.db.models import Q

# The condition on `Posting` for the person with this id, answered by subqueries: no join, so no row comes twice.
type Withheld = Callable[[int], Q]

_conditions: list[Withheld] = []


def register(condition: Withheld) -> None:
    """Mail nobody a posting that `condition` answers for them. Twice is once."""
    if condition not in _conditions:
        _conditions.append(condition)


def withheld_from(user: int) -> Q:
    """All that is not mailed to this person; an empty condition where nothing is registered."""
    together = Q()
    for condition in _conditions:
        together |= condition(user)
    return together
