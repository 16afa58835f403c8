"""Those who read a posting when it is submitted, and whenever it is edited after that.

A higher app registers a reader when it starts (`AppConfig.ready`); this one never learns its name. A reader is called
inside the transaction that submits or edits, with what is stored by then, and must be quick.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

type Reader = Callable[["Posting", datetime], None]

_readers: list[Reader] = []


def register(reader: Reader) -> None:
    """Have each version that staff will look at read by this one too."""
    if reader not in _readers:
        _readers.append(reader)


def read(posting: "Posting", at: datetime) -> None:
    """Hand a version that was just stored to each reader."""
    for reader in _readers:
        reader(posting, at)
