"""Those who read a posting when it is submitted, and whenever it is edited after that.

A higher app registers a reader when it starts (`AppConfig.ready`); this one never learns its name. A reader is called
inside the transaction that submits or edits, with what is stored by then, and must be quick. What a higher app has a
posting say besides its own text is registered too, so that readers find all the words in one place.
"""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from jobboard.postings.vocabulary import ApplyBy

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

type Reader = Callable[["Posting", datetime], None]
type Words = Callable[["Posting"], str]

_readers: list[Reader] = []
_words: list[Words] = []


def register(reader: Reader) -> None:
    """Have each version that staff will look at read by this one too."""
    if reader not in _readers:
        _readers.append(reader)


def register_words(said: Words) -> None:
    """Count what `said` answers for a posting among its words."""
    if said not in _words:
        _words.append(said)


def words(posting: "Posting") -> str:
    """All that people read of a posting, in lines: title, where to apply, text, and what higher apps have it say."""
    others = [said(posting) for said in _words] if posting.pk else []  # nothing stands beside what is not stored
    where = {ApplyBy.URL: posting.apply_url, ApplyBy.EMAIL: posting.apply_email}.get(ApplyBy(posting.apply_by), "")
    return "\n".join(filter(None, (posting.title, where, posting.description_text, *others)))


def read(posting: "Posting", at: datetime) -> None:
    """Hand a version that was just stored to each reader."""
    for reader in _readers:
        reader(posting, at)
