"""A posting at one place: what other boards list, since they want an entry for each place."""

from collections.abc import Iterator
from hashlib import sha256
from typing import NamedTuple

from django.utils.text import slugify

from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import Workplace

LONGEST_REFERENCE = 40  # characters: LinkedIn's limit for partnerJobId


class Opening(NamedTuple):
    """A posting and a place in the United States; `state` is a two-letter code, or empty where any will do."""

    posting: Posting
    city: str
    state: str

    @property
    def reference(self) -> str:
        """A name no other opening has or will have: ids are given once, and another place is another opening.

        Such as "417-us", "417-tx", "417-tx-austin".
        """
        parts = [str(self.posting.pk), self.state.lower() or "us", slugify(self.city)]
        name = "-".join(part for part in parts if part)
        if len(name) <= LONGEST_REFERENCE:
            return name
        return f"{name[: LONGEST_REFERENCE - 9]}-{sha256(name.encode()).hexdigest()[:8]}"


def openings(posting: Posting) -> Iterator[Opening]:
    """The one place of work at a place; of remote work each state people may live in, or the whole country."""
    if posting.workplace != Workplace.REMOTE:
        yield Opening(posting, posting.city, posting.state)
        return
    for state in sorted(posting.remote_states) or [""]:
        yield Opening(posting, "", state)
