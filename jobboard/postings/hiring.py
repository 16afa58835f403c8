"""The pages of an employer's team: its postings, and each from draft to close."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import FETCH_RAISE, Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.employers.access import must_write, writing
from jobboard.employers.models import Member
from jobboard.postings.forms import CloseForm, PostingForm
from jobboard.postings.models import DailyLimit, Incomplete, Posting, PostingQuerySet, StaleState

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
    """List the postings of one of this person's employers, by where they stand."""
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
    context = {"me": me, "places": places, "tabs": tabs, "state": state, "page": page, "at": at}
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


@require_http_methods(["GET", "HEAD", "POST"])
def posting_new(request: PersonRequest, pk: int) -> HttpResponse:
    """Write a posting. It is saved as a draft, complete or not."""
    me = writing(request.user, pk)
    at = timezone.now()
    data = request.POST if request.method == "POST" else None
    form = PostingForm(data, instance=Posting(employer=me.employer), at=at)
    if data is not None and form.is_valid():
        form.instance.save_draft(at, me.user)
        return saved(request, form.instance)
    return form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def posting_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a posting; what a colleague saved meanwhile is not overwritten unseen."""
    posting = writable(request.user, pk)
    at = timezone.now()
    if not posting.editable_at(at):
        return stale(request, posting, "A posting that has ended stays as its readers saw it. Copy it to hire again.")
    data = request.POST if request.method == "POST" else None
    form = PostingForm(data, instance=posting, at=at)
    if data is None or not form.is_valid():
        return form_page(request, form)
    if not set(form.changed_data) - {"seen"}:
        return saved(request, posting)
    try:
        posting.edit(at, request.user, seen=form.cleaned_data["seen"])
    except StaleState:
        return told_of_colleague(request, posting, at)
    except Incomplete as lack:
        form.refuse(lack.missing)
        return form_page(request, form)
    return saved(request, posting)


def saved(request: PersonRequest, posting: Posting) -> HttpResponse:
    """Say what saving it meant, and go on to the preview or back to the form."""
    if posting.published_at:
        messages.success(request, "Saved. The posting stays live at its address; staff look at the change.")
        return redirect("hiring_posting", posting.pk)
    messages.success(request, "The draft is saved." if not posting.submitted_at else "Saved.")
    return redirect("posting_preview" if request.POST.get("next") == "preview" else "posting_edit", posting.pk)


def form_page(request: PersonRequest, form: PostingForm, status: int | None = None, **context: object) -> HttpResponse:
    """The form, filled in as it was sent."""
    context |= {"form": form, "posting": form.instance, "employer": form.instance.employer}
    return render(request, "hiring/posting_form.html", context, status=status or (422 if form.is_bound else 200))


def told_of_colleague(request: PersonRequest, posting: Posting, at: datetime) -> HttpResponse:
    """The form as it was sent, over the version a colleague saved meanwhile, naming what differs. Nothing is lost."""
    current, _ = readable(request.user, posting.pk)
    if not current.editable_at(at):
        return stale(request, current)
    data = request.POST.copy()
    data["seen"] = current.edited_at.isoformat()  # saving again is then a decision
    form = PostingForm(data, instance=current, at=at)
    differs = [form[name].label for name in form.changed_data if name != "seen"]
    form.is_valid()
    return form_page(request, form, 409, overtaken=current.edited_at, differs=differs)


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


def posting_page(
    request: PersonRequest, pk: int, status: int = 200, close_form: CloseForm | None = None, limit: str = ""
) -> HttpResponse:
    """A posting's page for its team, with a refused form or the limit that was reached."""
    posting, me = readable(request.user, pk)
    at = timezone.now()
    context = {
        "posting": posting,
        "employer": posting.employer,
        "stands": posting.state_at(at),
        "may_write": me.may_write and me.employer.suspended_at is None,
        "editable": posting.editable_at(at),
        "missing": labelled(posting.missing(at)),
        "events": posting.events.select_related("by"),
        "received": posting.applications.filter(withdrawn_at=None).count(),
        "close_form": close_form or CloseForm(),
        "refused": status == 422,
        "limit": limit,
        "at": at,
    }
    return render(request, "hiring/posting.html", context, status=status)


def labelled(missing: dict[str, str]) -> list[tuple[str, str]]:
    """What a posting lacks: each with the id of the form's control."""
    return [(f"id_{field}", what) for field, what in missing.items()]


@require_safe
def posting_preview(request: PersonRequest, pk: int) -> HttpResponse:
    """Show a posting as the public will."""
    posting, me = readable(request.user, pk)
    at = timezone.now()
    context = {
        "posting": posting,
        "employer": posting.employer,
        "stands": posting.state_at(at),
        "may_write": me.may_write and me.employer.suspended_at is None,
        "editable": posting.editable_at(at),
        "missing": labelled(posting.missing(at)),
        "at": at,
    }
    return render(request, "hiring/preview.html", context)


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
    return redirect("posting_edit", copy.pk)


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
