"""What a person's list of jobs leaves out, such as postings they have hidden.

A higher app registers a narrowing when it starts (`AppConfig.ready`); this app never learns its name. Only the list and
its counts are narrowed: feeds, alerts and saved searches find what anybody finds.
"""

from collections.abc import Callable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.http import HttpRequest

# Which postings to leave out for the one who asks; None for nothing, as for guests. A condition on `Posting` that a
# subquery answers, such as `Q(pk__in=Hidden.objects.for_user(user).values("posting"))`: no join, so no row comes twice.
type Narrowing = Callable[[HttpRequest], Q | None]

_narrowings: list[Narrowing] = []


def register(narrowing: Narrowing) -> None:
    """Leave out of every list of jobs what `narrowing` answers for its request. Twice is once."""
    if narrowing not in _narrowings:
        _narrowings.append(narrowing)


def left_out(request: HttpRequest) -> Q | None:
    """All that is left out for this request; None where nothing is, so that nothing needs to be asked."""
    answers = [answer for narrowing in _narrowings if (answer := narrowing(request)) is not None]
    return reduce(or_, answers) if answers else None
