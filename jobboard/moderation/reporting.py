"""Reporting a posting, with an account or as a guest. Its employer never learns who did."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.reader import network_key
from accounts.request import ReaderRequest
from jobboard.moderation.forms import ReportForm
from jobboard.moderation.models import Report
from jobboard.postings.models import Posting

BEFORE = "You have reported this posting already. Our staff have it."
BEFORE_AS_GUEST = "Somebody on your network has reported this posting already. Sign in to report it yourself."
LIMIT = "You have reported as many postings today as one person can. Try again tomorrow."
LIMIT_AS_GUEST = "Guests of your network have reported as many postings today as they can. Sign in to report this one."


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: ReaderRequest, pk: int, slug: str) -> HttpResponse:
    """Ask what is wrong with a live posting, and put the answer before staff."""
    posting = get_object_or_404(Posting.objects.live(timezone.now()).select_related("employer"), pk=pk)
    if slug != posting.slug:
        return redirect("report", posting.pk, posting.slug)
    form = ReportForm(request.POST if request.method == "POST" else None, instance=_blank(request, posting))
    if request.method != "POST" or not form.is_valid():
        return _page(request, posting, form, 422 if form.is_bound else 200)
    guest = not request.user.is_authenticated
    try:
        form.instance.send(timezone.now())
    except Report.Before:
        form.add_error(None, BEFORE_AS_GUEST if guest else BEFORE)
        return _page(request, posting, form, 409)
    except Report.LimitReached:
        form.add_error(None, LIMIT_AS_GUEST if guest else LIMIT)
        return _page(request, posting, form, 429)
    return redirect("report_thanks", posting.pk, posting.slug)


def _blank(request: ReaderRequest, posting: Posting) -> Report:
    """A report by this person, or by a guest of this network."""
    if request.user.is_authenticated:
        return Report(posting=posting, by=request.user)
    return Report(posting=posting, network=network_key(request))


def _page(request: ReaderRequest, posting: Posting, form: ReportForm, status: int) -> HttpResponse:
    return render(request, "jobs/report.html", {"posting": posting, "form": form}, status=status)


@login_not_required
@require_safe
def thanks(request: ReaderRequest, pk: int, slug: str) -> HttpResponse:  # noqa: ARG001 - as the address has it
    """Thank for a report, and say what happens with it."""
    posting = get_object_or_404(Posting.objects.live(timezone.now()).select_related("employer"), pk=pk)
    return render(request, "jobs/report_thanks.html", {"posting": posting})
