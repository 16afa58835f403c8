"""What a person is neither mailed nor shown beside something else, such as postings they have hidden.

A higher app registers a condition when it starts (`AppConfig.ready`); this app never learns its name.
"""

from collections.abc import Callable
from datetime import datetime

from django.db.models import Q

from accounts.models import User
from jobboard.postings.models import Posting, PostingQuerySet

# The condition on `Posting` for the person with this id, answered by subqueries: no join, so no row comes twice.
type Withheld = Callable[[int], Q]

_conditions: list[Withheld] = []


def register(condition: Withheld) -> None:
    """Keep from everybody the postings that `condition` answers for them. Twice is once."""
    if condition not in _conditions:
        _conditions.append(condition)


def withheld_from(user: int) -> Q:
    """All that is kept from this person; an empty condition where nothing is registered."""
    together = Q()
    for condition in _conditions:
        together |= condition(user)
    return together


def live_for(user: object, at: datetime) -> PostingQuerySet:
    """What the public sees at a moment, without what is kept from the one who asks; guests hid nothing."""
    live = Posting.objects.live(at)
    withheld = withheld_from(user.pk) if isinstance(user, User) else Q()
    return live.exclude(withheld) if withheld else live
