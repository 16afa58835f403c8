"""The entries of feeds, kept as XML for as long as their postings stay as they are."""

from collections.abc import Iterable
from datetime import datetime
from io import StringIO
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed
from django.utils.xmlutils import SimplerXMLGenerator

from jobboard.postings.board import Board
from jobboard.postings.models import Posting
from jobboard.postings.slotted import Slotted
from jobboard.postings.sources import Source, marked
from jobboard.postings.words import where
from jobboard.xml import writable

MOST_KEPT = 1_500  # of about 3 kB each

type Entry = dict[str, Any]  # what an `Atom1Feed` asks of an item: its dates; and "xml"


class Feed(Atom1Feed):
    """A feed of entries that are written already."""

    items: list[Entry]

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        """Write the entries as they are."""
        for entry in self.items:
            handler.ignorableWhitespace(entry["xml"])  # its way to write what is not to be escaped


_kept = Slotted[Entry](MOST_KEPT)


def entries(pks: Iterable[int], on: Board, at: datetime) -> list[Entry]:
    """The entries of postings in this order, without those that are not live. One query, none where all are kept."""
    live = Posting.objects.live(at).select_related("employer")
    long = ("search", "keywords", "description", "description_text")

    def made(missing: list[int]) -> dict[int, Entry]:
        return {each.pk: _entry(each) for each in live.filter(pk__in=missing).defer(*long)}

    return _kept.of(pks, on, made)


def _entry(posting: Posting) -> Entry:
    """One posting. Its id is the address by number, which outlives a change of title."""
    facts = [where(posting), posting.get_employment_type_display(), posting.pay_text, posting.pay_comparable]
    feed = Atom1Feed(title="", link="", description=None)
    feed.add_item(
        title=writable(f"{posting.title} at {posting.employer.name}"),
        link=settings.SITE_URL + marked(posting.get_absolute_url(), Source.FEED),
        unique_id=f"{settings.SITE_URL}/jobs/{posting.pk}",
        description=writable(f"<p>{' · '.join(filter(None, facts))}</p>{posting.description_html}"),
        author_name=writable(posting.employer.name),
        pubdate=posting.published_at,
        updateddate=max(posting.edited_at, posting.published_at or posting.edited_at),
    )
    written = StringIO()
    feed.write_items(SimplerXMLGenerator(written, "utf-8", short_empty_elements=True))
    return {"xml": written.getvalue(), **{name: feed.items[0][name] for name in ("pubdate", "updateddate")}}
