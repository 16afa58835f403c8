"""The Atom feed (RFC 4287) of a search: the same query string as /jobs/, what is live now, the newest first."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import conditional_page, require_safe

from jobboard.postings.board import board_for
from jobboard.postings.entries import Feed, entries
from jobboard.postings.found import Found
from jobboard.postings.kept import kept_for_guests
from jobboard.postings.search import PostingFilter
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
    board = board_for(request, at)
    feed = Feed(
        title=writable(f"{settings.SITE_NAME} jobs: {search.summary or 'all'}"),
        link=_address(reverse("jobs"), search.query),
        feed_url=_address(reverse("jobs_feed"), search.query),
        description=None,
        language="en-us",
        author_name=settings.SITE_NAME,
    )
    feed.items = entries(Found(search, board, at).newest(MOST_ENTRIES), board, at)
    return HttpResponse(feed.writeString("utf-8"), content_type=feed.content_type)


def _address(path: str, query: str = "") -> str:
    """The full address of a page of ours."""
    return f"{settings.SITE_URL}{path}{'?' if query else ''}{query}"
