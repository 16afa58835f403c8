"""The page behind the link in the mail "still hiring?", which works without a sign-in."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.models import User
from jobboard.employers.models import Member
from jobboard.postings.forms import PulseForm
from jobboard.postings.models import Posting, StaleState


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_hiring(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm or close a posting by its token: GET says what will happen, since scanners follow links; POST does it."""
    posting = get_object_or_404(Posting.objects.by_ask(token).select_related("employer"), ask_hash__gt="")
    if posting.asked_at is None or posting.state_at(timezone.now()) != Posting.State.LIVE:
        return _page(request, posting, status=409 if request.method == "POST" else 200)
    form = PulseForm(request.POST if request.method == "POST" else None)
    if not form.is_bound or not form.is_valid():
        return _page(request, posting, form, status=422 if form.is_bound else 200)
    try:
        _answer(posting, form.cleaned_data["answer"], _colleague(request, posting))
    except StaleState:
        posting.refresh_from_db()
        return _page(request, posting, status=409)
    return _page(request, posting, answered=True)


def _answer(posting: Posting, answer: str, by: User | None) -> None:
    """Do what the team says: go on, or close with the outcome that it names."""
    if answer == PulseForm.YES:
        posting.confirm(timezone.now(), by, asked=posting.asked_at)
    else:
        posting.close(timezone.now(), by, answer)


def _colleague(request: HttpRequest, posting: Posting) -> User | None:
    """The person signed in, where they are one who may answer; else the token alone speaks."""
    user = request.user
    if not isinstance(user, User):
        return None
    may = Member.objects.writers().filter(user=user, employer=posting.employer_id).exists()
    return user if may else None


def _page(
    request: HttpRequest, posting: Posting, form: PulseForm | None = None, status: int = 200, **more: object
) -> HttpResponse:
    """The question, or what became of it."""
    context = {
        "posting": posting,
        "form": form,
        "stands": posting.state_at(timezone.now()),
        "again": settings.PULSE_DAYS,
        **more,
    }
    response = render(request, "hiring/still_hiring.html", context, status=status)
    response["X-Robots-Tag"] = "noindex"
    return response
