"""The desk: staff read what was submitted, what was changed since, and what is on hold, and decide."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.postings.forms import LookedAtForm, ReasonForm
from jobboard.postings.models import Posting, PostingQuerySet, StaleState

POSTINGS_A_PAGE = 25


def staff_only[**P](view: Callable[Concatenate[PersonRequest, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer 404 to everybody else: the desk is not there for them."""

    @wraps(view)
    def guarded(request: PersonRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404("The desk is for staff.")
        return view(request, *args, **kwargs)

    return guarded


@staff_only
@require_safe
def desk(request: PersonRequest) -> HttpResponse:
    """List what waits for staff, oldest first."""
    at = timezone.now()
    lists = {
        "waiting": ("To review", Posting.objects.submitted()),
        "changed": ("Changed since approval", Posting.objects.changed_since_approval(at)),
        "held": ("On hold", Posting.objects.held()),
    }
    name = request.GET.get("list", "waiting")
    if name not in lists:
        raise Http404("There is no such list.")
    tabs = [(each, label, postings.order_by().count()) for each, (label, postings) in lists.items()]
    page = Paginator(lists[name][1].cards(), POSTINGS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/desk.html", {"tabs": tabs, "list": name, "page": page, "at": at})


@staff_only
@require_safe
def posting(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a posting as it would be published, with its history and what can be decided."""
    return posting_page(request, get_object_or_404(submitted(), pk=pk))


def submitted() -> PostingQuerySet:
    """What staff may see: everything but drafts, which are their employer's alone."""
    return Posting.objects.filter(submitted_at__isnull=False).select_related("employer")


def posting_page(request: PersonRequest, posting: Posting, status: int = 200, **refused: object) -> HttpResponse:
    """A posting on the desk, with a refused form or what came of a decision."""
    at = timezone.now()
    context = {
        "posting": posting,
        "employer": posting.employer,
        "stands": posting.state_at(at),
        "events": posting.events.select_related("by"),
        "others": posting.employer.postings.live(at).exclude(pk=posting.pk).count(),
        "looked_at": LookedAtForm(initial={"seen": posting.edited_at}),
        "send_back_form": ReasonForm(prefix="send-back"),
        "hold_form": ReasonForm(prefix="hold"),
        "at": at,
    }
    return render(request, "desk/posting.html", context | refused, status=status)


def stale(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where a posting stands now to somebody who decided on an earlier state of it."""
    posting = get_object_or_404(submitted(), pk=pk)
    return posting_page(request, posting, 409, overtaken=True)


@staff_only
@require_POST
def approve(request: PersonRequest, pk: int) -> HttpResponse:
    """Publish the version that was looked at."""
    posting = get_object_or_404(submitted(), pk=pk)
    try:
        posting.publish(timezone.now(), request.user, seen=seen(request))
    except StaleState:
        return stale(request, pk)
    except ValidationError as error:
        return posting_page(request, posting, 422, refusal=error.messages)
    messages.success(request, f"“{posting}” is live until {posting.last_day:%B %-d, %Y}.")
    return redirect("desk")


@staff_only
@require_POST
def recheck(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that the changed version was looked at and may stay."""
    posting = get_object_or_404(submitted(), pk=pk)
    try:
        posting.recheck(timezone.now(), request.user, seen=seen(request))
    except StaleState:
        return stale(request, pk)
    messages.success(request, f"The changes to “{posting}” are looked at.")
    return redirect(f"{reverse('desk')}?list=changed")


def seen(request: PersonRequest) -> datetime:
    """The version a decision is about. One that does not say so decides on a version nobody has."""
    form = LookedAtForm(request.POST)
    if not form.is_valid():
        raise StaleState
    return form.cleaned_data["seen"]


@staff_only
@require_POST
def send_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask the employer to change something first."""
    posting = get_object_or_404(submitted(), pk=pk)
    form = ReasonForm(request.POST, prefix="send-back")
    if not form.is_valid():
        return posting_page(request, posting, 422, send_back_form=form)
    try:
        posting.send_back(timezone.now(), request.user, form.cleaned_data["reason"])
    except StaleState:
        return stale(request, pk)
    messages.success(request, f"“{posting}” is sent back; its team has the reason by mail.")
    return redirect("desk")


@staff_only
@require_POST
def hold(request: PersonRequest, pk: int) -> HttpResponse:
    """Take a posting out of sight, saying why."""
    posting = get_object_or_404(submitted(), pk=pk)
    form = ReasonForm(request.POST, prefix="hold")
    if not form.is_valid():
        return posting_page(request, posting, 422, hold_form=form)
    try:
        posting.hold(timezone.now(), request.user, form.cleaned_data["reason"])
    except StaleState:
        return stale(request, pk)
    messages.success(request, f"“{posting}” is on hold; its team has the reason by mail.")
    return redirect("desk_posting", pk)


@staff_only
@require_POST
def release(request: PersonRequest, pk: int) -> HttpResponse:
    """End a hold."""
    posting = get_object_or_404(submitted(), pk=pk)
    try:
        posting.release(timezone.now(), request.user)
    except StaleState:
        return stale(request, pk)
    messages.success(request, f"The hold on “{posting}” has ended.")
    return redirect("desk_posting", pk)
