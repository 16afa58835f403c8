"""What an employer's team sees of the applications to its postings, and what it makes of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.applications.forms import StateForm
from jobboard.applications.models import Application, StaleState
from jobboard.applications.resumes import download
from jobboard.employers.access import must_write
from jobboard.employers.models import Member
from jobboard.postings.models import Posting

PER_PAGE = 50
WITHDRAWN = "withdrawn"


def readable(user: User, pk: int) -> tuple[Application, Member]:
    """An application to an employer whose team this person is on, and their place there. 404 to everybody else."""
    sent = Application.objects.for_team(user).select_related("posting__employer", "candidate")
    application = get_object_or_404(sent, pk=pk)
    me = Member.objects.select_related("employer").get(user=user, employer=application.posting.employer_id)
    return application, me


def writable(user: User, pk: int) -> Application:
    """As `readable`, and 403 to viewers, and to all while the employer is suspended."""
    application, me = readable(user, pk)
    must_write(me)
    return application


@never_cache
@require_safe
def applicants(request: PersonRequest, pk: int) -> HttpResponse:
    """List those who applied to a posting, newest first, all of them or those in one state."""
    posting = get_object_or_404(Posting.objects.for_team(request.user).select_related("employer"), pk=pk)
    state = request.GET.get("state", "")
    sent = Application.objects.filter(posting=posting)
    counts = dict(sent.readable().order_by().values_list("state").annotate(Count("pk")))
    chips = [(value, label, counts.get(value, 0)) for value, label in Application.State.choices]
    chips.append((WITHDRAWN, "Withdrawn", sent.filter(withdrawn_at__isnull=False).count()))
    if state == WITHDRAWN:
        sent = sent.filter(withdrawn_at__isnull=False)
    elif state in Application.State.values:
        sent = sent.readable().filter(state=state)
    else:
        state = ""
    page = Paginator(sent.defer("letter", "posting_html", "posting_facts"), PER_PAGE).get_page(request.GET.get("page"))
    context = {"posting": posting, "page": page, "chips": chips, "state": state, "all": sum(chip[2] for chip in chips)}
    return render(request, "applications/applicants.html", context)


@never_cache
@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one application: the content to the team, or that it was withdrawn."""
    application, me = readable(request.user, pk)
    context = {
        "application": application,
        "steps": application.steps.select_related("by"),
        "form": StateForm(initial={"state": application.state, "seen": application.state}),
        "may_write": me.may_write and not application.withdrawn_at and not me.employer.suspended_at,
    }
    return render(request, "applications/hiring_detail.html", context)


@require_safe
def resume(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give the team the resume, unless it was withdrawn."""
    application, _ = readable(request.user, pk)
    if application.withdrawn_at:
        raise Http404("This application was withdrawn.")
    return download(application.resume, application.resume_name)


@require_POST
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Put an application into another state, from the one it was shown in; 409 where it has left that."""
    application = writable(request.user, pk)
    form = StateForm(request.POST)
    if not form.is_valid():
        context = {"application": application, "form": form}
        return render(request, "applications/state_refused.html", context, status=422)
    state, seen = form.cleaned_data["state"], form.cleaned_data["seen"]
    try:
        if state != seen:
            application.move(timezone.now(), request.user, state, seen)
            messages.success(request, f"{application.name} is now “{application.shown}” and was told by mail.")
    except StaleState:
        return _stale(request, application, state)
    return redirect("hiring_application", application.pk)


def _stale(request: PersonRequest, application: Application, wanted: str) -> HttpResponse:
    """Say what somebody else made of it meanwhile, and offer the change again."""
    application.refresh_from_db()
    last = application.steps.select_related("by").last()
    form = StateForm(initial={"state": wanted, "seen": application.state})
    context = {"application": application, "last": last, "form": form, "wanted": Application.State(wanted).label}
    return render(request, "applications/stale.html", context, status=409)
