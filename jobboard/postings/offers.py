"""Other searches that the page of one offers: by the state that its words name, and wider ones where it finds none."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from jobboard.places import names
from jobboard.postings.facets import LABELS
from jobboard.postings.found import Found
from jobboard.postings.search import MILES, PostingFilter


class Offer(NamedTuple):
    """Another search: in words, its query string, and how many jobs it finds."""

    words: str
    query: str
    jobs: int


class Offers:
    """What is offered beside what a search found. Each is counted only when a page asks for it."""

    def __init__(self, search: PostingFilter, found: Found) -> None:
        self._search, self._found = search, found

    @cached_property
    def by_state(self) -> Offer | None:
        """The state that stands among the words, as the state that a search is for; named by its name."""
        asked = self._search.asked
        named = names.state_among(asked.get("q") or "")
        if not named or asked.get("state"):
            return None
        offer = self._offer(LABELS["state"][named.state], self._search.changed(q=named.rest, state=named.state))
        return offer if offer.jobs else None

    @cached_property
    def wider(self) -> list[Offer]:
        """Where nothing was found: the same search with one thing changed, as far as that finds something."""
        if self._found:
            return []
        less = self._search.criteria
        without = (self._offer(f"without “{each.words.strip('“”')}”", each.without) for each in less if len(less) > 1)
        return [offer for offer in (*self._farther, *self._from_home, *without) if offer.jobs]

    @property
    def _farther(self) -> Iterator[Offer]:
        """The next distance at which there is something."""
        if place := self._search.asked.get("near"):
            beyond = (str(miles) for miles, _ in MILES if int(miles) > self._search.miles)
            offers = (
                self._offer(f"within {miles} miles of {place}", self._search.changed(within=miles)) for miles in beyond
            )
            yield from [offer for offer in offers if offer.jobs][:1]

    @property
    def _from_home(self) -> Iterator[Offer]:
        """With remote work, for people who live there."""
        asked = self._search.asked
        if asked.get("near") and not asked.get("remote"):
            yield self._offer("with remote work from there", self._search.changed(remote="true"))

    def _offer(self, words: str, query: str) -> Offer:
        return Offer(words, query, len(self._found.asking(query)))
