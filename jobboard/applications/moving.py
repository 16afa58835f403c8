"""Moving an application from one state to another, from its page or from the board."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST
from django_htmx.http import retarget, trigger_client_event

from accounts.request import PersonRequest
from jobboard.applications.forms_team import StateForm
from jobboard.applications.hiring import writable
from jobboard.applications.models import Application, MailTemplate, StaleState

ON_THE_BOARD = "board-said"  # the element that answers go into where a card was moved


@require_POST
def move(request: PersonRequest, pk: int) -> HttpResponse:
    """Put an application into another state, from the one it was shown in; 409 where it has left that.

    What the candidate would be told of an interview, an offer, a hire or a refusal is shown first, and can be changed.
    """
    application = writable(request.user, pk)
    form = StateForm(request.POST)
    if not form.is_valid():
        return _refused(request, application, form)
    state, seen, tell = (form.cleaned_data[name] for name in ("state", "seen", "tell"))
    if form.asks_first and application.withdrawn_at is None and application.state == seen:
        return _ask(request, application, form)
    try:
        if state != seen:
            application.move(timezone.now(), request.user, state, seen, tell=tell, letter=form.letter)
    except StaleState:
        return _stale(request, application, form)
    told = "" if state == seen else " and was told by mail" if tell else ". No mail was sent"
    return _done(request, application, form, f"{application.name} is now “{application.shown}”{told}.")


def _from_board(request: PersonRequest) -> bool:
    return request.headers.get("HX-Target") == ON_THE_BOARD


def _ask(request: PersonRequest, application: Application, form: StateForm) -> HttpResponse:
    """Show what the candidate is going to be told."""
    state = form.cleaned_data["state"]
    letter = MailTemplate.objects.letter_for(application.posting.employer_id, state)
    words = letter.filled_for(application)._asdict() if letter else {}
    again = StateForm(initial=form.cleaned_data | words | {"sure": True})
    return _asked(request, application, again, 200)


def _asked(request: PersonRequest, application: Application, form: StateForm, status: int) -> HttpResponse:
    """The question as a page, or as a dialog over the board."""
    wanted = Application.State(form["state"].value())
    form.say_to(application)
    context = {"application": application, "form": form, "wanted": wanted.label, "back": _back(form, application)}
    if _from_board(request):
        response = render(request, "applications/move.html#dialog", context, status=status)
        return retarget(response, "#board-dialog")
    return render(request, "applications/move.html", context, status=status)


def _refused(request: PersonRequest, application: Application, form: StateForm) -> HttpResponse:
    """The words again with what is wrong with them, or that no state was named."""
    if not form.errors.keys() & {"state", "seen", "sure"}:
        return _asked(request, application, form, 422)
    part = "#said" if _from_board(request) else ""
    context = {"application": application}
    return render(request, f"applications/state_refused.html{part}", context, status=422)


def _stale(request: PersonRequest, application: Application, form: StateForm) -> HttpResponse:
    """Say what somebody else made of it meanwhile, and offer the change again."""
    application.refresh_from_db()
    data = form.cleaned_data
    context = {
        "application": application,
        "last": application.steps.select_related("by").last(),
        "form": StateForm(initial=data | {"seen": application.state, "sure": False}),
        "wanted": Application.State(data["state"]).label,
    }
    if _from_board(request):
        response = render(request, "applications/stale.html#said", context, status=409)
        return trigger_client_event(response, "board-changed")
    return render(request, "applications/stale.html", context, status=409)


def _done(request: PersonRequest, application: Application, form: StateForm, words: str) -> HttpResponse:
    """Say what was made of it, on the page it was done on."""
    if _from_board(request):
        response = render(request, "applications/move.html#said", {"words": words})
        return trigger_client_event(response, "board-changed")
    messages.success(request, words)
    return redirect(_back(form, application))


def _back(form: StateForm, application: Application) -> str:
    return came_from(str(form["back"].value() or ""), application.get_hiring_url())


def came_from(asked: str, otherwise: str) -> str:
    """The page of a team that a change came from, as the change names it; `otherwise` where that is none of ours."""
    if asked.startswith("/hiring/") and url_has_allowed_host_and_scheme(asked, allowed_hosts=None):
        return asked
    return otherwise
