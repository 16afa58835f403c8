"""The pages on which a person keeps saved searches, and the one that stops their mails without a sign-in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.alerts.forms import TOO_MANY, AlertForm, NewAlertForm
from jobboard.alerts.models import SavedBefore, SavedSearch, TooMany
from jobboard.postings.models import Posting
from jobboard.postings.search import PostingFilter

MOST_QUERY = SavedSearch._meta.get_field("query").max_length or 0


def mine(request: PersonRequest, pk: int) -> SavedSearch:
    """A search this person keeps. 404 to everybody else."""
    return get_object_or_404(SavedSearch.objects.for_user(request.user).select_related("user"), pk=pk)


@never_cache
@require_safe
def alerts(request: PersonRequest) -> HttpResponse:
    """List what this person keeps, newest first."""
    searches: QuerySet[SavedSearch] = SavedSearch.objects.for_user(request.user).with_tally()
    return render(request, "alerts/list.html", {"searches": searches})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: PersonRequest) -> HttpResponse:
    """Save the search that the query string asks, as a new one or in the place of one that is kept."""
    at = timezone.now()
    asked = PostingFilter(request.GET, Posting.objects.live(at))
    if not asked.form.is_valid() or len(asked.query) > MOST_QUERY:
        return render(request, "alerts/unreadable.html", {"form": asked.form, "query": asked.query}, status=422)
    if kept := SavedSearch.objects.for_user(request.user).filter(query=asked.query).first():
        return _saved_before(request, kept)
    search = SavedSearch(user=request.user, query=asked.query)
    data = request.POST if request.method == "POST" else None
    form = NewAlertForm(data, instance=search, initial={"name": (asked.summary or "Every new job")[:120]})
    if data is not None and form.is_valid():
        try:
            search = _store(form)
        except SavedBefore as before:
            return _saved_before(request, before.search)
        except TooMany:  # since the form was read
            form.add_error("instead", TOO_MANY)
        else:
            messages.success(request, f"Saved. You get a mail when something new fits “{search.name}”.")
            return redirect("alerts")
    context = {"form": form, "asked": asked, "finds": asked.qs.count()}
    return render(request, "alerts/new.html", context, status=422 if form.is_bound else 200)


def _store(form: NewAlertForm) -> SavedSearch:
    """Keep the new search, or give its query, name and frequency to the one whose place it takes."""
    at, new, kept = timezone.now(), form.instance, form.cleaned_data.get("instead")
    if kept is None:
        new.keep(at)
        return new
    kept.name, kept.frequency = new.name, new.frequency
    kept.change(at, new.query)
    return kept


def _saved_before(request: HttpRequest, search: SavedSearch) -> HttpResponse:
    messages.info(request, "You keep this search already: here it is.")
    return redirect(search)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def saved_search(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one saved search with what it would find now, and change its name and frequency."""
    search = mine(request, pk)
    at = timezone.now()
    form = AlertForm(request.POST if request.method == "POST" else None, instance=search)
    if form.is_bound and form.is_valid():
        form.instance.change(at)
        messages.success(request, "Changed.")
        return redirect("alerts")
    asked = search.search(Posting.objects.live(at))
    finds = asked.qs.count() if asked.form.is_valid() else None
    context = {"form": form, "search": search, "asked": asked, "finds": finds, "untold": search.untold(at).count()}
    return render(request, "alerts/edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def pause(request: PersonRequest, pk: int) -> HttpResponse:
    """Stop a search's mails until it is resumed."""
    search = mine(request, pk)
    search.pause(timezone.now())
    messages.success(request, f"Paused: “{search.name}” sends no mails until you resume it.")
    return redirect("alerts")


@require_POST
def resume(request: PersonRequest, pk: int) -> HttpResponse:
    """Let a paused search mail again."""
    search = mine(request, pk)
    search.resume(timezone.now())
    messages.success(
        request, f"“{search.name}” mails again. What came meanwhile and is still open is in the next mail."
    )
    return redirect("alerts")


@require_POST
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Forget a search for good."""
    search = mine(request, pk)
    search.delete()
    messages.success(request, f"Deleted: “{search.name}”.")
    return redirect("alerts")


@login_not_required
@csrf_exempt  # mail programs post here without a cookie; who has the token may stop the mails, and nothing else
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Stop a search's mails by the link in them (RFC 8058): GET asks, since scanners follow links; only POST acts."""
    search = get_object_or_404(SavedSearch, token=token)
    if request.method == "POST":
        search.pause(timezone.now())
        search.refresh_from_db()
    response = render(request, "alerts/unsubscribe.html", {"search": search})
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    return response
