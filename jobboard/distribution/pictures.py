"""The pictures that links to our pages show where people share them (Open Graph)."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from jobboard.distribution.drawing import Card, png
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import Workplace
from jobboard.postings.words import place

POSTING_KEPT_FOR = 60  # seconds: as long as a feed may still show what is closed
SITE_KEPT_FOR = 24 * 60 * 60


@login_not_required
@require_safe
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """Title, employer, pay and place of a live posting; 410 once it has ended, and 404 for any other."""
    at = timezone.now()
    seen = Posting.objects.live(at) | Posting.objects.ended(at)
    posting = get_object_or_404(seen.cards(), pk=pk)
    if posting.state_at(at) != Posting.State.LIVE:
        return HttpResponse("This job has ended.\n", status=410, content_type="text/plain; charset=utf-8")
    return answer(request, card(posting), POSTING_KEPT_FOR)


@login_not_required
@require_safe
def site(request: HttpRequest) -> HttpResponse:
    """The picture of every page that has none of its own."""
    said = Card("Read the code. Find the work.", "Medical coding reference and jobs", settings.SITE_URL.split("//")[1])
    return answer(request, said, SITE_KEPT_FOR)


def card(posting: Posting) -> Card:
    """What the picture of a posting says."""
    there = place(posting)
    where = posting.get_workplace_display()
    if there:
        where = f"{where}, {there}" if posting.workplace == Workplace.REMOTE else f"{where} in {there}"
    return Card(posting.title, posting.employer.name, where, posting.pay_text)


def answer(request: HttpRequest, said: Card, kept_for: int) -> HttpResponse:
    """The picture, or 304 where the asker has it: then nothing is drawn."""
    response = get_conditional_response(request, etag=said.etag)
    if response is None:
        response = HttpResponse(png(said), content_type="image/png")
    response["ETag"] = said.etag
    patch_cache_control(response, public=True, max_age=kept_for)
    return response
