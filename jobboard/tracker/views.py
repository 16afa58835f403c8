"""The list of a person's jobs, and the page on which they note what they know of one."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from accounts.request import PersonRequest
from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from jobboard.tracker import beside, lists
from jobboard.tracker.forms import TrackedForm
from jobboard.tracker.items import Item, with_postings
from jobboard.tracker.models import TooMany, Tracked

PER_PAGE = 20
FULL = f"You keep {Tracked.MOST:,} jobs, the most one person may keep. Remove one first."


class OwnRequest(PersonRequest):
    """A signed-in person's request as its middleware leaves it, for type checkers."""

    htmx: HtmxDetails


@never_cache
@require_safe
def tracker(request: PersonRequest) -> HttpResponse:
    """List what a person saved, applied to, hid or has seen, one list at a time."""
    at = timezone.now()
    name = request.GET.get("list", "saved")
    all_lists = lists.of(request.user)
    if name not in all_lists:
        raise Http404("There is no such list.")
    page = Paginator(all_lists[name].rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "lists": all_lists.values(),
        "list": all_lists[name],
        "page": page,
        "rows": all_lists[name].shown(list(page), at),
        "at": at,
        **lists.beside(request.user, name),
    }
    return render(request, "tracker/list.html", context)


def seen_by_public(pk: int) -> Posting:
    """A posting whose address the public may open. 404 for any other: nobody learns here that it exists."""
    return get_object_or_404(Posting.objects.known(timezone.now()).select_related("employer"), pk=pk)


def mine(request: PersonRequest, pk: int) -> Item:
    """What this person keeps of a posting or sent to it; 404 where they did neither and cannot see the posting."""
    tracked = Tracked.objects.for_user(request.user).filter(posting=pk).select_related("posting__employer").first()
    application = Application.objects.for_candidate(request.user).filter(posting=pk).first()
    if tracked or application:
        return Item(tracked, application)
    posting = seen_by_public(pk)
    names = {"title": posting.title, "employer_name": posting.employer.name}
    return Item(Tracked(user=request.user, posting=posting, saved_at=timezone.now(), **names))


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def tracked(request: PersonRequest, pk: int) -> HttpResponse:
    """Show and change what a person notes about a job; storing it saves the job."""
    item, at = mine(request, pk), timezone.now()
    row = item.tracked or Tracked(
        user=request.user, posting_id=pk, saved_at=at, title=item.title, employer_name=item.employer_name
    )
    data = request.POST if request.method == "POST" else None
    form = TrackedForm(data, instance=row, sent_here=item.application is not None)
    if data is not None and form.is_valid():
        return _stored(request, form)
    (item,) = with_postings([item], at)
    context = {"form": form, "item": item, "tracked": row, "at": at}
    return render(request, "tracker/edit.html", context, status=422 if form.is_bound else 200)


def _stored(request: PersonRequest, form: TrackedForm) -> HttpResponse:
    """Keep what the form holds, in the row that may have come into being meanwhile."""
    row: Tracked = form.instance
    if row.pk is None:
        try:
            saved = Tracked.objects.save_for(request.user, row.posting, row.saved_at)
        except TooMany:
            messages.error(request, FULL)
            return redirect("tracker")
        row.pk, row.saved_at, row._state.adding = saved.pk, saved.saved_at, False
    row.keep()
    messages.success(request, f"“{row.title}” is on your list.")
    return redirect(lists.address(Item(row, _sent(request, row.posting_id)).stage))


def _sent(request: PersonRequest, pk: int) -> Application | None:
    return Application.objects.for_candidate(request.user).filter(posting=pk).first()


@require_POST
def save(request: OwnRequest, pk: int) -> HttpResponse:
    """Keep a job. Twice is once."""
    posting = seen_by_public(pk)
    try:
        Tracked.objects.save_for(request.user, posting, timezone.now())
    except TooMany:
        messages.error(request, FULL)
        return _elsewhere(request, "tracker")
    return changed(request, posting, f"“{posting}” is saved. It is under “My jobs”.")


@require_POST
def remove(request: OwnRequest, pk: int) -> HttpResponse:
    """Take a job off the list. One with notes is only removed by a person who was told so."""
    row = Tracked.objects.for_user(request.user).filter(posting=pk).first()
    sure = request.POST.get("sure") == "yes"
    if row and not (row.is_bare or sure):
        messages.info(request, "You noted something about this job. The button below deletes it with your notes.")
        return _elsewhere(request, "tracked", pk)
    if row:
        row.delete()
    words = f"“{row}” is off your list." if row else "It was off your list already."
    if sure:
        messages.success(request, words)
        return _elsewhere(request, "tracker")
    return changed(request, seen_by_public(pk), words)


def changed(request: OwnRequest, posting: Posting, words: str) -> HttpResponse:
    """The part of the page that a button belongs to; without htmx, the page it was on, saying what was done."""
    if not request.htmx:
        messages.success(request, words)
        return redirect(after(request, posting.get_absolute_url()))
    if request.POST.get("part") == "card":
        known = beside.marks(request.user, [posting.pk])
        return HttpResponse(beside.card(request, posting, known.get(posting.pk, set())))
    return HttpResponse(beside.on_posting(request, posting))


def after(request: PersonRequest, otherwise: str) -> str:
    """The page of ours that a form came from, or another one."""
    wanted = request.POST.get("next", "")
    ours = wanted.startswith("/") and url_has_allowed_host_and_scheme(wanted, allowed_hosts=None)
    return wanted if ours else otherwise


def _elsewhere(request: OwnRequest, name: str, *args: int) -> HttpResponse:
    """Another page, for a browser and for htmx alike."""
    response = redirect(name, *args)
    return HttpResponseClientRedirect(response["Location"]) if request.htmx else response
