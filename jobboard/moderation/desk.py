"""The desk: staff read what was submitted, what was changed since, and what is on hold, and decide."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.moderation.forms import FindingForm
from jobboard.moderation.models import Reason, Report, Signal
from jobboard.postings.desk import staff_only
from jobboard.postings.forms import LookedAtForm, ReasonForm
from jobboard.postings.models import Event, Posting, PostingQuerySet, StaleState

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


def on_the_desk(view: Callable[[PersonRequest, Posting], HttpResponse]) -> Callable[[PersonRequest, int], HttpResponse]:
    """Hand the view a posting that staff may see: any but a draft, which is its employer's alone.

    Where its team took it back meanwhile, say so, and that nothing was decided.
    """

    @staff_only
    @wraps(view)
    def found(request: PersonRequest, pk: int) -> HttpResponse:
        posting = Posting.objects.filter(submitted_at__isnull=False, pk=pk).select_related("employer").first()
        if posting:
            return view(request, posting)
        taken_back = Event.objects.filter(posting=pk, kind=Event.Kind.TAKEN_BACK).last()
        if taken_back is None:
            raise Http404("Staff see no drafts.")
        return render(request, "desk/taken_back.html", {"event": taken_back}, status=409)

    return found


@on_the_desk
@require_safe
def posting(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Show a posting as it would be published, with its history and what can be decided."""
    return posting_page(request, posting)


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


@on_the_desk
def stale(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Show where a posting stands now to somebody who decided on an earlier state of it."""
    return posting_page(request, posting, 409, overtaken=True)


@on_the_desk
@require_POST
def approve(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Publish the version that was looked at."""
    try:
        posting.publish(timezone.now(), request.user, seen=seen(request))
    except StaleState:
        return stale(request, posting.pk)
    except ValidationError as error:
        return posting_page(request, posting, 422, refusal=error.messages)
    messages.success(request, f"“{posting}” is live until {posting.last_day:%B %-d, %Y}.")
    return redirect("desk")


@on_the_desk
@require_POST
def recheck(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Note that the changed version was looked at and may stay."""
    try:
        posting.recheck(timezone.now(), request.user, seen=seen(request))
    except StaleState:
        return stale(request, posting.pk)
    messages.success(request, f"The changes to “{posting}” are looked at.")
    return redirect(f"{reverse('desk')}?list=changed")


def seen(request: PersonRequest) -> datetime:
    """The version a decision is about. One that does not say so decides on a version nobody has."""
    form = LookedAtForm(request.POST)
    if not form.is_valid():
        raise StaleState
    return form.cleaned_data["seen"]


@on_the_desk
@require_POST
def send_back(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Ask the employer to change something first."""
    form = ReasonForm(request.POST, prefix="send-back")
    if not form.is_valid():
        return posting_page(request, posting, 422, send_back_form=form)
    try:
        posting.send_back(timezone.now(), request.user, form.cleaned_data["reason"])
    except StaleState:
        return stale(request, posting.pk)
    messages.success(request, f"“{posting}” is sent back; its team has the reason by mail.")
    return redirect("desk")


@on_the_desk
@require_POST
def hold(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Take a posting out of sight, saying why."""
    form = ReasonForm(request.POST, prefix="hold")
    if not form.is_valid():
        return posting_page(request, posting, 422, hold_form=form)
    try:
        posting.hold(timezone.now(), request.user, form.cleaned_data["reason"])
    except StaleState:
        return stale(request, posting.pk)
    messages.success(request, f"“{posting}” is on hold; its team has the reason by mail.")
    return redirect("desk_posting", posting.pk)


@on_the_desk
@require_POST
def settle(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Settle the reports of a posting, as far as they were read."""
    form = FindingForm(request.POST, prefix="finding")
    if not form.is_valid():
        return posting_page(request, posting, 422, finding_form=form)
    done = Report.objects.filter(posting=posting).settle(timezone.now(), request.user, **form.cleaned_data)
    if not done:
        return stale(request, posting.pk)
    messages.success(request, f"{done} report{'' if done == 1 else 's'} of “{posting}” settled.")
    return redirect("desk_reports")


@on_the_desk
@require_POST
def release(request: PersonRequest, posting: Posting) -> HttpResponse:
    """End a hold."""
    try:
        posting.release(timezone.now(), request.user)
    except StaleState:
        return stale(request, posting.pk)
    messages.success(request, f"The hold on “{posting}” has ended.")
    return redirect("desk_posting", posting.pk)
