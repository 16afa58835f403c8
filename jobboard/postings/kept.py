"""Figures that stand on many postings, kept for a while by each process.

To count a hundred thousand takes time, and a few more or fewer do not show in the answer. What stands on few is asked
anew every time, so that it is always exact. Lists of postings are never kept: what is closed is gone at once.
"""

import hashlib
from collections.abc import Callable, Hashable

from django.core.cache import caches

MANY = 1_000  # from so many postings on a figure is kept
SECONDS = 60


def kept[T](shows: Hashable, make: Callable[[], T], stands_on: Callable[[T], int], seconds: int = SECONDS) -> T:
    """What `make` gives. Where it stands on `MANY` postings, it is given again for a while to all that ask the same."""
    key = hashlib.blake2b(repr(shows).encode(), digest_size=16).hexdigest()
    known: T | None = caches["pages"].get(key)
    if known is None:
        known = make()
        if stands_on(known) >= MANY:
            caches["pages"].set(key, known, seconds)
    return known
