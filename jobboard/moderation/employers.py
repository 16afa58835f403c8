"""Employers on the desk: who they are, what became of them, and whether their postings are shown."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.employers.models import Employer, EmployerQuerySet, StaleState
from jobboard.moderation.desk import reason_forms
from jobboard.moderation.forms import SearchForm
from jobboard.postings.desk import staff_only
from jobboard.postings.forms import LookedAtForm, ReasonForm
from jobboard.postings.models import Posting

EMPLOYERS_A_PAGE = 25


def lists() -> dict[str, tuple[str, EmployerQuerySet]]:
    """The lists of the page, each with its label."""
    return {
        "all": ("All", Employer.objects.order_by("-created_at", "-id")),
        "changed": ("Changed", Employer.objects.changed()),
        "suspended": ("Suspended", Employer.objects.filter(suspended_at__isnull=False).order_by("-suspended_at", "id")),
    }


@staff_only
@require_safe
def employers(request: PersonRequest) -> HttpResponse:
    """List employers: the newest first, or those whose page changed, or those that are suspended."""
    shown = lists()
    name = request.GET.get("list", "all")
    if name not in shown:
        raise Http404("There is no such list.")
    form = SearchForm(request.GET)
    words = form.cleaned_data["q"] if form.is_valid() else ""
    found = shown[name][1].filter(Q(name__icontains=words) | Q(website__icontains=words))
    tabs = [(each, label, query.order_by().count()) for each, (label, query) in shown.items()]
    page = Paginator(found, EMPLOYERS_A_PAGE).get_page(request.GET.get("page"))
    context = {"tabs": tabs, "list": name, "page": page, "form": form, "words": words, "at": timezone.now()}
    return render(request, "desk/employers.html", context, status=200 if form.is_valid() else 400)


@staff_only
@require_safe
def employer(request: PersonRequest, pk: int) -> HttpResponse:
    """Show an employer with its history, its team and where its postings stand."""
    return employer_page(request, get_object_or_404(Employer, pk=pk))


def employer_page(request: PersonRequest, employer: Employer, status: int = 200, **refused: object) -> HttpResponse:
    """An employer on the desk, with a refused form or what came of a decision."""
    tally = employer.postings.tally(timezone.now())
    context = {
        "employer": employer,
        "events": employer.events.select_related("by"),
        "members": employer.members.select_related("user"),
        "sites": employer.sites.all(),
        "tally": [(Posting.State(state).label, count) for state, count in sorted(tally.items())],
        "public": employer.is_public,
        "looked_at": LookedAtForm(initial={"seen": employer.changed_at}),
        "readmit_form": ReasonForm(prefix="readmit"),
        **reason_forms(request, ("suspend",)),
    }
    return render(request, "desk/employer.html", context | refused, status=status)


@staff_only
@require_POST
def suspend(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an employer and all its postings out of sight, saying why."""
    return _with_reason(request, pk, "suspend", Employer.suspend, "is suspended: the public sees nothing of it")


@staff_only
@require_POST
def readmit(request: PersonRequest, pk: int) -> HttpResponse:
    """End a suspension, saying why."""
    return _with_reason(request, pk, "readmit", Employer.readmit, "is readmitted")


def _with_reason(request: PersonRequest, pk: int, name: str, verb: Callable[..., None], done: str) -> HttpResponse:
    employer = get_object_or_404(Employer, pk=pk)
    form = ReasonForm(request.POST, prefix=name)
    if not form.is_valid():
        return employer_page(request, employer, 422, **{f"{name}_form": form})
    try:
        verb(employer, timezone.now(), request.user, form.cleaned_data["reason"])
    except StaleState:
        return employer_page(request, get_object_or_404(Employer, pk=pk), 409, overtaken=True)
    messages.success(request, f"{employer} {done}; its owners have the reason by mail.")
    return redirect("desk_employer", pk)


@staff_only
@require_POST
def recheck(request: PersonRequest, pk: int) -> HttpResponse:
    """Note that a changed page was looked at and may stay."""
    employer = get_object_or_404(Employer, pk=pk)
    form = LookedAtForm(request.POST)
    try:
        if not form.is_valid():
            raise StaleState
        employer.recheck(timezone.now(), request.user, form.cleaned_data["seen"])
    except StaleState:
        return employer_page(request, get_object_or_404(Employer, pk=pk), 409, overtaken=True)
    messages.success(request, f"The page of {employer} is looked at.")
    return redirect("desk_employers")
