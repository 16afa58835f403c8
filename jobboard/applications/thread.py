"""The thread of an application, as each side writes in it and keeps what it has read."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.request import PersonRequest
from jobboard.applications.candidate import application_page as candidates_page
from jobboard.applications.candidate import mine
from jobboard.applications.forms_team import MessageForm
from jobboard.applications.hiring import application_page as teams_page
from jobboard.applications.hiring import writable
from jobboard.applications.letters import Letter
from jobboard.applications.models import Application, LimitReached, Message, MessageQuerySet, StaleState

WITHDRAWN = "It was not sent: this application is withdrawn."
LIMIT = f"It was not sent: {Message.PER_DAY} messages in 24 hours is as many as one side writes. Send it tomorrow."

type Page = Callable[..., HttpResponse]


@require_POST
def write(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something to the candidate."""
    application = writable(request.user, pk)

    def say(text: str) -> None:
        application.write(timezone.now(), request.user, Letter("", text))

    return _say(request, application, say, teams_page, application.get_hiring_url())


@require_POST
def answer(request: PersonRequest, pk: int) -> HttpResponse:
    """Say something to the team."""
    application = mine(request.user, pk)

    def say(text: str) -> None:
        application.answer(timezone.now(), text)

    return _say(request, application, say, candidates_page, application.get_absolute_url())


def _say(
    request: PersonRequest, application: Application, say: Callable[[str], None], page: Page, address: str
) -> HttpResponse:
    """Send what the form holds, or show it again with what keeps it from being sent."""
    form = MessageForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            say(form.cleaned_data["text"])
        except StaleState:
            form.add_error("text", WITHDRAWN)
            status = 409
        except LimitReached:
            form.add_error("text", LIMIT)
            status = 429
        else:
            messages.success(request, "Your message is sent.")
            return redirect(f"{address}#thread")
    return page(request, application.pk, status=status, message_form=form)


@require_POST
def seen_by_team(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep that somebody who decides has looked at what the candidate wrote."""
    application = writable(request.user, pk)
    return _seen(request, application.messages.of_candidate(), application.get_hiring_url())


@require_POST
def seen_by_candidate(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep that the candidate has looked at what the team wrote."""
    application = mine(request.user, pk)
    return _seen(request, application.messages.of_team(), application.get_absolute_url())


def _seen(request: PersonRequest, thread: MessageQuerySet, address: str) -> HttpResponse:
    thread.mark_read(timezone.now())
    return HttpResponse() if request.headers.get("HX-Request") else redirect(f"{address}#thread")
