"""Hiding, showing again, following, and forgetting what was seen: each a button, each undone by another."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.request import PersonRequest
from jobboard.alerts.models import SavedBefore, SavedSearch, TooMany
from jobboard.employers.models import Employer
from jobboard.tracker import beside
from jobboard.tracker.lists import SEEN, address
from jobboard.tracker.models import HiddenEmployer, HiddenPosting, Seen, SeenOff
from jobboard.tracker.views import OwnRequest, after, changed, seen_by_public

FULL = f"You keep {SavedSearch.MOST} alerts, the most one person may keep. Delete one to follow another employer."


@require_POST
def hide(request: OwnRequest, pk: int) -> HttpResponse:
    """Leave a posting out of this person's results and alerts. Twice is once."""
    posting = seen_by_public(pk)
    HiddenPosting.hide(request.user, posting, timezone.now())
    if request.htmx and request.POST.get("part") == "card":
        context = {"posting": posting, "next": beside.back(request)}
        return HttpResponse(render_to_string("tracker/_hidden.html", context, request))
    return changed(
        request, posting, f"“{posting}” is hidden from your results and alerts. It is under “My jobs, Hidden”."
    )


@require_POST
def show(request: OwnRequest, pk: int) -> HttpResponse:
    """Show a posting again. Twice is once, and a posting that is gone is no hindrance."""
    HiddenPosting.show(request.user, pk)
    if not request.htmx:
        messages.success(request, "It is in your results again.")
        return redirect(after(request, address("hidden")))
    posting = seen_by_public(pk)
    if request.POST.get("part") != "whole-card":
        return changed(request, posting, "")
    known = beside.marks(request.user, [pk])
    buttons = beside.card(request, posting, known.get(pk, set()))
    context = {"posting": posting, "beside": {pk: buttons}, "at": timezone.now()}
    return HttpResponse(render_to_string("jobs/_card.html", context, request))


def public(slug: str) -> Employer:
    """An employer that everybody may see. 404 for any other."""
    return get_object_or_404(Employer.objects.public(), slug=slug)


@require_POST
def hide_employer(request: PersonRequest, slug: str) -> HttpResponse:
    """Leave all postings of an employer out of this person's results and alerts. Twice is once."""
    employer = public(slug)
    HiddenEmployer.hide(request.user, employer, timezone.now())
    messages.success(request, f"Everything of {employer} is hidden from your results and alerts.")
    return redirect(after(request, employer.get_absolute_url()))


@require_POST
def show_employer(request: PersonRequest, slug: str) -> HttpResponse:
    """Show an employer's postings again. Twice is once."""
    employer = get_object_or_404(Employer, slug=slug)
    HiddenEmployer.show(request.user, employer)
    messages.success(request, f"{employer} is in your results again.")
    return redirect(after(request, address("hidden")))


@require_POST
def follow(request: PersonRequest, slug: str) -> HttpResponse:
    """Keep an alert for the employer's new jobs. Twice is once."""
    employer = public(slug)
    if beside.following(request.user, employer).exists():
        messages.info(request, f"You follow {employer} already.")
        return redirect(employer)
    search = SavedSearch(user=request.user, query=beside.follow_query(slug), name=f"Jobs at {employer}"[:120])
    try:
        search.keep(timezone.now())
    except TooMany:
        messages.error(request, FULL)
        return redirect("alerts")
    except SavedBefore as before:  # a second click
        search = before.search
    messages.success(request, f"You follow {employer}: new jobs of theirs come by mail, each morning there is one.")
    return redirect(after(request, employer.get_absolute_url()))


@require_POST
def unfollow(request: PersonRequest, slug: str) -> HttpResponse:
    """Delete that alert. Twice is once."""
    employer = get_object_or_404(Employer, slug=slug)
    beside.following(request.user, employer).delete()
    messages.success(request, f"You follow {employer} no more.")
    return redirect(after(request, employer.get_absolute_url()))


@require_POST
def seen_clear(request: PersonRequest) -> HttpResponse:
    """Forget what this person has read."""
    Seen.objects.filter(user=request.user).delete()
    messages.success(request, "Forgotten.")
    return redirect(address(SEEN))


@require_POST
def seen_switch(request: PersonRequest) -> HttpResponse:
    """Stop remembering what this person reads, and forget it; or begin again."""
    if request.POST.get("remember") == "yes":
        SeenOff.switch_on(request.user)
        messages.success(request, "The jobs you read from now on are remembered here.")
    else:
        SeenOff.switch_off(request.user, timezone.now())
        messages.success(request, "Nothing is remembered any more, and what was is forgotten.")
    return redirect(address(SEEN))
