"""What the public sees of jobs: the search and a posting's page."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url
from django_htmx.middleware import HtmxDetails

from jobboard.postings import jsonld, narrowings
from jobboard.postings.board import board_for
from jobboard.postings.found import Found
from jobboard.postings.kept import kept_for_guests
from jobboard.postings.models import Posting
from jobboard.postings.offers import Offers
from jobboard.postings.panel import Panel
from jobboard.postings.search import PostingFilter, canonical_query
from jobboard.postings.similar import similar
from jobboard.postings.sources import PARAMETER, origin
from jobboard.postings.withheld import live_for

PAGE = 20  # postings on a page of results
SIMILAR = 5  # others shown beside a posting
PARTS = {"results": "#swapped", "search": "#searched"}  # what each target of a swap is sent, instead of the whole page


class SearchRequest(HttpRequest):
    """A request as its middleware leaves it, for type checkers: it says whether htmx sent it."""

    htmx: HtmxDetails


@login_not_required
@require_safe
@kept_for_guests
def jobs(request: SearchRequest) -> HttpResponse:
    """Search live postings. The address holds the search; a page beyond the last shows the last.

    A part that cannot be read is named and left out (400): the rest is searched, and the form keeps what was written.
    """
    at = timezone.now()
    search = PostingFilter(request.GET)
    found = Found(search, board_for(request, at), at, narrowings.left_out(request))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    query = canonical_query(request.GET, "sort")
    part = "" if request.htmx.history_restore_request else PARTS.get(request.htmx.target or "", "")
    context = {"search": search, "found": found, "page": page, "panel": Panel(search, found), "query": query, "at": at}
    context |= {"offers": Offers(search, found), "list_url": reverse("jobs")}
    response = render(request, f"jobs/list.html{part}", context, status=400 if search.form.errors else 200)
    patch_vary_headers(response, ["HX-Request", "HX-Target"])  # a browser going back must not be given a part
    return push_url(response, _address(query, page.number)) if part else response


def _address(query: str, number: int) -> str:
    """The search's own address: what stands in the address bar after a swap."""
    parts = [query, f"page={number}" if number > 1 else ""]
    asked = "&".join(part for part in parts if part)
    return f"{reverse('jobs')}{'?' if asked else ''}{asked}"


@login_not_required
@require_safe
@kept_for_guests
def posting(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    """Show a live posting; say of an ended one that it has ended (410), of a paused one that it is paused.

    A paused page answers 200, since it will be back, but without markup and closed to search engines. Nobody learns
    here that any other posting exists.
    """
    at = timezone.now()
    posting = get_object_or_404(Posting.objects.known(at).select_related("employer"), pk=pk)
    if slug != posting.slug:
        return redirect(posting, permanent=True)
    others = similar(posting, live_for(request.user, at), SIMILAR, at)
    context = {"posting": posting, "similar": others, "at": at, "address": settings.SITE_URL + request.path}
    if (stands := posting.state_at(at)) != Posting.State.LIVE:
        context |= {"stands": stands, "renewal": posting.renewed_as(at)}
        return render(request, "jobs/gone.html", context, status=200 if stands == Posting.State.PAUSED else 410)
    came = origin(request.GET.get(PARAMETER, ""), request.headers.get("Referer", ""), request.get_host())
    context["came"] = came.carried
    context["json_ld"] = jsonld.block(jsonld.job_posting(posting))
    return render(request, "jobs/posting.html", context)
