"""Applying, and what a candidate sees of what they sent."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.applications import extras, timeline
from jobboard.applications.forms import ApplyForm
from jobboard.applications.forms_team import MessageForm
from jobboard.applications.models import Application, SentBefore, StaleState
from jobboard.applications.resumes import download
from jobboard.applications.snapshot import of_profile
from jobboard.employers.models import Member
from jobboard.postings.models import Posting
from jobboard.postings.sources import PARAMETER, carried
from jobboard.postings.vocabulary import ApplyBy

PER_PAGE = 20
ANSWERS_REFUSED = "Look at the questions below: an answer is missing or cannot be read."


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: PersonRequest, pk: int, slug: str) -> HttpResponse:
    """Send an application to a live posting that takes them on this site.

    410 for one that has ended, 409 for one that is paused.
    """
    at = timezone.now()
    posting = get_object_or_404(Posting.objects.known(at).select_related("employer"), pk=pk)
    if (stands := posting.state_at(at)) != Posting.State.LIVE:
        context = {"posting": posting, "at": at, "stands": stands, "renewal": posting.renewed_as(at)}
        return render(request, "jobs/gone.html", context, status=409 if stands == Posting.State.PAUSED else 410)
    if posting.apply_by != ApplyBy.SITE:
        return redirect(posting)
    if slug != posting.slug:
        query = request.GET.urlencode()
        return redirect(f"{reverse('apply', args=[posting.pk, posting.slug])}{'?' if query else ''}{query}")
    if Member.objects.filter(employer=posting.employer_id, user=request.user).exists():
        raise PermissionDenied(f"You are on the hiring team of {posting.employer.name}, so you cannot apply to it.")
    sent = Application.objects.for_candidate(request.user)
    if before := sent.filter(posting=posting).first():
        return _sent_before(request, before)
    return _form(request, posting, sent.first())


def _form(request: PersonRequest, posting: Posting, last: Application | None) -> HttpResponse:
    """Show the form, refuse it filled in, or send what it holds."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    came = carried(request.GET.get(PARAMETER, ""))
    new = Application(posting=posting, candidate=request.user, source=came.source, source_host=came.host)
    form = ApplyForm(*bound, instance=new, last=last, initial={"name": last.name if last else request.user.name})
    asked = extras.of(posting, request.POST if form.is_bound else None)
    refused = [extra for extra in asked if form.is_bound and not extra.is_valid()]
    form.answers_refused = ANSWERS_REFUSED if refused else ""
    if form.is_bound and form.is_valid():
        try:
            form.instance.send(timezone.now(), form.resume, also=asked)
        except SentBefore as before:
            return _sent_before(request, before.application)
        messages.success(request, f"Your application was sent to {posting.employer.name}.")
        return redirect(form.instance)
    context = {"form": form, "extras": asked, "posting": posting, "profile": of_profile(request.user)}
    return render(request, "applications/apply.html", context, status=422 if form.is_bound else 200)


def _sent_before(request: PersonRequest, application: Application) -> HttpResponse:
    messages.info(request, "You applied to this job before: here is what you sent. One person applies once.")
    return redirect(application)


@never_cache
@require_safe
def applications(request: PersonRequest) -> HttpResponse:
    """List what this person has sent, newest first."""
    sent = Application.objects.for_candidate(request.user).with_news().select_related("posting")
    page = Paginator(sent, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "applications/list.html", {"page": page})


def mine(user: User, pk: int) -> Application:
    """What this person sent. 404 to everybody else."""
    sent = Application.objects.for_candidate(user).select_related("posting__employer", "candidate")
    return get_object_or_404(sent, pk=pk)


@never_cache
@require_safe
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """Show what was sent, as it was sent, and what became of it."""
    return application_page(request, pk)


def application_page(request: PersonRequest, pk: int, status: int = 200, **refused: object) -> HttpResponse:
    """An application's page for its candidate; `refused` holds a message that was sent and not taken."""
    application = mine(request.user, pk)
    thread = list(application.messages.all())
    context = {
        "application": application,
        "thread": thread,
        "unread": any(not each.by_candidate and not each.read_at for each in thread),
        "entries": timeline.for_candidate(application, thread),
        "message_form": MessageForm(),
        "may_write": application.withdrawn_at is None,
        "is_live": Posting.objects.live(timezone.now()).filter(pk=application.posting_id).exists(),
    }
    return render(request, "applications/detail.html", context | refused, status=status)


@require_safe
def resume(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give the candidate the resume that was sent."""
    application = mine(request.user, pk)
    return download(application.resume, application.resume_name)


@require_POST
def withdraw(request: PersonRequest, pk: int) -> HttpResponse:
    """Take an application back for good."""
    application = mine(request.user, pk)
    try:
        application.withdraw(timezone.now())
    except StaleState:
        application.refresh_from_db()
        messages.warning(request, f"Nothing was changed: this application is {application.told.lower()}.")
    else:
        messages.success(request, "Your application is withdrawn. The employer can no longer read it.")
    return redirect(application)
