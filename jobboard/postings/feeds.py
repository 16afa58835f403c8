"""The Atom feed (RFC 4287) of a search: the same query string as /jobs/, what is live now, the newest first."""

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.views.decorators.http import conditional_page, require_safe

from jobboard.postings.board import board_for
from jobboard.postings.found import Found
from jobboard.postings.kept import kept_for_guests
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter
from jobboard.postings.sources import Source, marked
from jobboard.postings.words import where
from jobboard.xml import writable

MOST_ENTRIES = 50


@login_not_required
@require_safe
@conditional_page
@kept_for_guests
def jobs_feed(request: HttpRequest) -> HttpResponse:
    """The newest live postings that a search finds. Answers 304 to a reader that has them all.

    400 names the parameters that cannot be read: left out, they would send a reader postings that nobody asked for.
    """
    at = timezone.now()
    search = PostingFilter(request.GET)
    if search.form.errors:
        words = f"This search cannot be read. Correct or leave out: {', '.join(search.form.errors)}.\n"
        return HttpResponseBadRequest(words, content_type="text/plain; charset=utf-8")
    newest = Found(search, board_for(request, at), at).newest(MOST_ENTRIES)
    postings = newest.select_related("employer").defer("search", "keywords", "description", "description_text")
    feed = Atom1Feed(
        title=writable(f"{settings.SITE_NAME} jobs: {search.summary or 'all'}"),
        link=_address(reverse("jobs"), search.query),
        feed_url=_address(reverse("jobs_feed"), search.query),
        description=None,
        language="en-us",
        author_name=settings.SITE_NAME,
    )
    for posting in postings:
        feed.add_item(**_entry(posting))
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _entry(posting: Posting) -> dict[str, Any]:
    """One posting. Its id is the address by number, which outlives a change of title."""
    facts = [where(posting), posting.get_employment_type_display(), posting.pay_text, posting.pay_comparable]
    return {
        "title": writable(f"{posting.title} at {posting.employer.name}"),
        "link": _address(marked(posting.get_absolute_url(), Source.FEED)),
        "unique_id": f"{settings.SITE_URL}/jobs/{posting.pk}",
        "unique_id_is_permalink": False,
        "description": writable(f"<p>{' · '.join(filter(None, facts))}</p>{posting.description_html}"),
        "author_name": writable(posting.employer.name),
        "pubdate": posting.published_at,
        "updateddate": max(posting.edited_at, posting.published_at or posting.edited_at),
    }


def _address(path: str, query: str = "") -> str:
    """The full address of a page of ours."""
    return f"{settings.SITE_URL}{path}{'?' if query else ''}{query}"
