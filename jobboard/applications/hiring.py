"""One application as an employer's team sees it, and what the team makes of it."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.applications import timeline
from jobboard.applications.forms_team import MessageForm, NoteForm, RatingForm, StateForm
from jobboard.applications.models import Application, Note, StaleState
from jobboard.applications.resumes import download
from jobboard.employers.access import must_take_resumes, must_write
from jobboard.employers.models import Member


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
def application(request: PersonRequest, pk: int) -> HttpResponse:
    """Show one application: the content to the team, or that it was withdrawn."""
    return application_page(request, pk)


def application_page(request: PersonRequest, pk: int, status: int = 200, **refused: object) -> HttpResponse:
    """An application's page for its team; `refused` holds forms that were sent and not taken."""
    application, me = readable(request.user, pk)
    is_open = application.withdrawn_at is None
    thread = list(application.messages.select_related("author")) if is_open else []
    notes = list(application.notes.select_related("author")) if is_open else []
    ratings = list(application.ratings.select_related("by")) if is_open else []
    mine = next((rating.stars for rating in ratings if rating.by_id == request.user.pk), None)
    at = timezone.now()
    context = {
        "application": application,
        "thread": thread,
        "unread": any(each.by_candidate and not each.read_at for each in thread),
        "notes": notes,
        "ratings": ratings,
        "mean": sum(rating.stars for rating in ratings) / len(ratings) if ratings else None,
        "entries": timeline.for_team(application, thread, notes, ratings),
        "form": StateForm(initial={"state": application.state, "seen": application.state, "tell": True}),
        "note_form": NoteForm(),
        "rating_form": RatingForm(initial={"stars": mine}),
        "message_form": MessageForm(),
        "may_write": me.may_write and is_open and not me.employer.suspended_at,
        "may_take_resumes": me.may_take_resumes and not me.employer.suspended_at,
        "changeable_since": at - Note.CHANGEABLE_FOR,
        "at": at,
    }
    return render(request, "applications/hiring_detail.html", context | refused, status=status)


@require_POST
def resume(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give the resume to those of the team who may take it, unless it was withdrawn, and keep that they took it."""
    application, me = readable(request.user, pk)
    must_take_resumes(me)
    try:
        file = application.hand_out(timezone.now(), request.user)
    except StaleState as error:
        raise Http404("This application was withdrawn.") from error
    return download(file, application.resume_name)
