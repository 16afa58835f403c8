"""The desk: staff read what was submitted, what was changed since, and what is on hold, and decide."""

from datetime import datetime

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.moderation.forms import FindingForm
from jobboard.moderation.models import Reason, Report, Signal
from jobboard.postings.desk import staff_only
from jobboard.postings.forms import LookedAtForm, ReasonForm
from jobboard.postings.models import Posting, PostingQuerySet, StaleState

POSTINGS_A_PAGE = 25


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
    page = Paginator(with_doubts(lists[name][1].cards()), POSTINGS_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "desk/desk.html", {"tabs": tabs, "list": name, "page": page, "at": at})


def with_doubts(postings: PostingQuerySet) -> PostingQuerySet:
    """Each with `doubts`, how many things were noticed about it that staff should look at."""
    doubts = Signal.objects.filter(posting=OuterRef("pk")).exclude(kind__in=Signal.NEUTRAL).order_by()
    counted = doubts.values("posting").annotate(count=Count("pk")).values("count")
    return postings.annotate(doubts=Coalesce(Subquery(counted), 0))


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
    reports = list(posting.reports.select_related("by", "settled_by"))
    context = {
        "posting": posting,
        "employer": posting.employer,
        "stands": posting.state_at(at),
        "events": posting.events.select_related("by"),
        "signals": list(posting.signals.all()),
        "reports": reports,
        "open_until": max((report.pk for report in reports if not report.settled_at), default=None),
        "others": posting.employer.postings.live(at).exclude(pk=posting.pk).count(),
        "looked_at": LookedAtForm(initial={"seen": posting.edited_at}),
        "finding_form": FindingForm(prefix="finding"),
        **reason_forms(request, ("send-back", "hold")),
        "at": at,
    }
    return render(request, "desk/posting.html", context | refused, status=status)


def reason_forms(request: PersonRequest, uses: tuple[str, ...]) -> dict[str, object]:
    """A form for each decision that needs a reason, begun with the ready one that the address names, and all of these.

    `?hold=7` opens the form of a hold with the text of reason 7.
    """
    ready = list(Reason.objects.filter(use__in=uses))
    chosen = {each.use: each for each in ready if request.GET.get(each.use) == str(each.pk)}
    context: dict[str, object] = {"begun": [*chosen], "begun_with": [each.pk for each in chosen.values()]}
    for use in uses:
        name = use.replace("-", "_")
        begun = {"reason": chosen[use].text} if use in chosen else None
        context[f"{name}_form"] = ReasonForm(prefix=use, initial=begun)
        context[f"{name}_reasons"] = [each for each in ready if each.use == use]
    return context


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
def settle(request: PersonRequest, pk: int) -> HttpResponse:
    """Settle the reports of a posting, as far as they were read."""
    posting = get_object_or_404(submitted(), pk=pk)
    form = FindingForm(request.POST, prefix="finding")
    if not form.is_valid():
        return posting_page(request, posting, 422, finding_form=form)
    done = Report.objects.filter(posting=posting).settle(timezone.now(), request.user, **form.cleaned_data)
    if not done:
        return stale(request, pk)
    messages.success(request, f"{done} report{'' if done == 1 else 's'} of “{posting}” settled.")
    return redirect("desk_reports")


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
