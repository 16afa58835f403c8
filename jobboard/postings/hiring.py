"""The pages of an employer's team: its postings by where they stand, and each of them."""

from datetime import datetime

from django.core.paginator import Paginator
from django.db.models import FETCH_RAISE, Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.employers.access import must_write
from jobboard.employers.models import Member
from jobboard.postings import attention, paylaws, steps
from jobboard.postings.forms import CloseForm, TemplateForm
from jobboard.postings.models import Posting, PostingQuerySet

POSTINGS_A_PAGE = 25


def readable(user: User, pk: int) -> tuple[Posting, Member]:
    """A posting of an employer whose team this person is on, and their place there. 404 to everybody else."""
    me = get_object_or_404(Member.objects.select_related("employer"), user=user, employer__postings=pk)
    return me.employer.postings.get(pk=pk), me


def writable(user: User, pk: int) -> Posting:
    """As `readable`, and 403 to viewers, and to all while the employer is suspended."""
    posting, me = readable(user, pk)
    must_write(me)
    return posting


@require_safe
def hiring(request: PersonRequest) -> HttpResponse:
    """List the postings of one of this person's employers, by where they stand, and what waits for the team."""
    places = list(Member.objects.filter(user=request.user).select_related("employer").order_by("employer__name"))
    if not places:
        return render(request, "hiring/start.html")
    me = chosen(places, request.GET.get("employer"))
    at = timezone.now()
    postings = Posting.objects.filter(employer=me.employer_id)
    counts = postings.tally(at)
    state = request.GET.get("state", "")
    if state and state not in Posting.State:
        raise Http404("There is no such state.")
    page = Paginator(rows(postings.standing(at, state)), POSTINGS_A_PAGE).get_page(request.GET.get("page"))
    tabs = [("", "All", sum(counts.values()))]
    tabs += [(each.value, each.label, counts[each]) for each in Posting.State if each in counts or each == state]
    context = {"me": me, "places": places, "tabs": tabs, "state": state, "page": page, "at": at, "counts": counts}
    context["calls"] = [] if state else attention.calls(postings, at)
    return render(request, "hiring/hiring.html", context)


def chosen(places: list[Member], slug: str | None) -> Member:
    """The place at the employer that the address names, or the first one. 404 where it is not this person's."""
    for place in places:
        if slug in (None, "", place.employer.slug):
            return place
    raise Http404("You are on no team of that name.")


def rows(postings: PostingQuerySet) -> PostingQuerySet:
    """What the list shows: the last edited first, each with the count of its `received` applications."""
    # The relation is made by the app above this one, which this one does not import.
    received = Count("applications", filter=Q(applications__withdrawn_at=None))
    lean = postings.defer("description", "description_html", "description_text", "keywords", "search")
    return lean.fetch_mode(FETCH_RAISE).annotate(received=received).order_by("-edited_at", "-id")


def stale(request: PersonRequest, posting: Posting, why: str = "") -> HttpResponse:
    """Say that a posting has left the state the request came from, and where it stands now."""
    posting, _ = readable(request.user, posting.pk)
    last = posting.events.select_related("by").order_by("-at", "-id").first()
    context = {"posting": posting, "stands": posting.state_at(timezone.now()), "last": last, "why": why}
    return render(request, "hiring/stale.html", context, status=409)


@require_safe
def posting(request: PersonRequest, pk: int) -> HttpResponse:
    """Show where a posting stands, what can be done next, and what was done so far."""
    return posting_page(request, pk)


def posting_page(request: PersonRequest, pk: int, status: int = 200, **refused: object) -> HttpResponse:
    """A posting's page for its team, with a refused form."""
    posting, me = readable(request.user, pk)
    at = timezone.now()
    family = Posting.objects.filter(Q(renewed_from=pk) | Q(pk=posting.renewed_from_id)).only("title", "renewed_from")
    context = {
        "posting": posting,
        "employer": posting.employer,
        "stands": posting.state_at(at),
        "may_write": me.may_write and me.employer.suspended_at is None,
        "editable": posting.editable_at(at),
        "renewable": posting.renewable_at(at),
        "renewals": family,
        "missing": missing(posting, at),
        "duty": paylaws.duty(posting, at),
        "events": posting.events.select_related("by"),
        "received": posting.applications.filter(withdrawn_at=None).count(),
        "close_form": CloseForm(),
        "template_form": TemplateForm(initial={"name": posting.title[:80]}),
        "refused": status == 422,
        "limit": "",
        "at": at,
    }
    return render(request, "hiring/posting.html", context | refused, status=status)


def missing(posting: Posting, at: datetime) -> list[tuple[str, str]]:
    """What a posting still lacks for review: each with the address of its control in the step that asks for it."""
    lacks = posting.missing(at).items()
    return [(f"{steps.of_field(field).url(posting)}#id_{field}", what) for field, what in lacks]
