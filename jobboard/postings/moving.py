"""What a team does with a posting, one button each.

Submit, take back, confirm, pause, resume, close, copy, renew, discard.
"""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.request import PersonRequest
from jobboard.postings import steps
from jobboard.postings.forms import CloseForm
from jobboard.postings.hiring import posting_page, stale, writable
from jobboard.postings.models import DailyLimit, Incomplete, Posting, StaleState


@require_POST
def posting_submit(request: PersonRequest, pk: int) -> HttpResponse:
    """Hand a draft, or one that was sent back, to staff for review."""
    posting = writable(request.user, pk)
    try:
        posting.submit(timezone.now(), request.user)
    except Incomplete:
        return posting_page(request, pk, status=422)
    except DailyLimit as limit:
        return posting_page(request, pk, status=429, limit=f"{limit} The draft is kept: submit it tomorrow.")
    except StaleState:
        return stale(request, posting)
    messages.success(request, "Submitted. Staff read every posting before it is public; you get a mail either way.")
    return redirect("hiring_posting", pk)


@require_POST
def posting_take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a posting that waits for review back, to write on it or to drop it."""
    posting = writable(request.user, pk)
    try:
        posting.take_back(timezone.now(), request.user)
    except StaleState:
        return stale(request, posting)
    messages.success(request, "Taken back. Staff no longer see it; submit it when it is ready.")
    return redirect("hiring_posting", pk)


@require_POST
def posting_confirm(request: PersonRequest, pk: int) -> HttpResponse:
    """Say that the job is still open."""
    posting = writable(request.user, pk)
    try:
        posting.confirm(timezone.now(), request.user)
    except StaleState:
        return stale(request, posting)
    messages.success(request, "Confirmed. Coders see today's date as “last confirmed”.")
    return redirect("hiring_posting", pk)


@require_POST
def posting_pause(request: PersonRequest, pk: int) -> HttpResponse:
    """Take no applications for now."""
    posting = writable(request.user, pk)
    try:
        posting.pause(timezone.now(), request.user)
    except StaleState:
        return stale(request, posting)
    messages.success(request, f"Paused. No list shows it until you resume it; its last day stays {_day(posting)}.")
    return redirect("hiring_posting", pk)


@require_POST
def posting_resume(request: PersonRequest, pk: int) -> HttpResponse:
    """Take applications again."""
    posting = writable(request.user, pk)
    try:
        posting.resume(timezone.now(), request.user)
    except StaleState:
        return stale(request, posting)
    messages.success(request, f"Live again, through {_day(posting)}.")
    return redirect("hiring_posting", pk)


@require_POST
def posting_close(request: PersonRequest, pk: int) -> HttpResponse:
    """End a posting, saying what came of it."""
    posting = writable(request.user, pk)
    form = CloseForm(request.POST)
    if not form.is_valid():
        return posting_page(request, pk, status=422, close_form=form)
    try:
        posting.close(timezone.now(), request.user, form.cleaned_data["outcome"])
    except StaleState:
        return stale(request, posting)
    messages.success(request, "Closed. Nobody can apply any more, and its page says so.")
    return redirect("hiring_posting", pk)


@require_POST
def posting_duplicate(request: PersonRequest, pk: int) -> HttpResponse:
    """Copy a posting into a new draft."""
    copy = writable(request.user, pk).duplicate(timezone.now(), request.user)
    messages.success(request, "Copied into a new draft. Choose its last day, look it over, and submit it.")
    return redirect(steps.written()[0].url(copy))


@require_POST
def posting_renew(request: PersonRequest, pk: int) -> HttpResponse:
    """Copy an ended or ending posting into a draft that will take its place."""
    posting = writable(request.user, pk)
    try:
        new = posting.renew(timezone.now(), request.user)
    except StaleState:
        return stale(request, posting)
    messages.success(request, "A new draft takes its place. Once it is live, the old page points to it.")
    return redirect(steps.written()[0].url(new))


@require_POST
def posting_discard(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete a draft that was never submitted."""
    posting = writable(request.user, pk)
    try:
        posting.discard()
    except StaleState:
        return stale(request, posting)
    messages.success(request, f"The draft “{posting}” is deleted.")
    return redirect(f"{reverse('hiring')}?employer={posting.employer.slug}")


def _day(posting: Posting) -> str:
    return f"{posting.last_day:%B %-d, %Y}"
