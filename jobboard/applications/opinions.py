"""What a team says of an application among itself: notes and ratings."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from accounts.request import PersonRequest
from jobboard.applications.forms_team import NoteForm, RatingForm
from jobboard.applications.hiring import application_page, writable
from jobboard.applications.models import Application, Note, StaleState, TooLate

WITHDRAWN = "Nothing was kept: the candidate withdrew this application."
TOO_LATE = "Nothing was changed: a note is its author's to change for a day, then it is the team's record."


@require_POST
def note(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep a note for the team."""
    application = writable(request.user, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return application_page(request, pk, status=422, note_form=form)
    try:
        application.note(timezone.now(), request.user, form.cleaned_data["text"])
    except StaleState:
        form.add_error("text", WITHDRAWN)
        return application_page(request, pk, status=409, note_form=form)
    return redirect(f"{application.get_hiring_url()}#notes")


@require_POST
def rate(request: PersonRequest, pk: int) -> HttpResponse:
    """Keep this member's rating in place of an earlier one, or take it back."""
    application = writable(request.user, pk)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return application_page(request, pk, status=422, rating_form=form)
    try:
        application.rate(timezone.now(), request.user, form.cleaned_data["stars"])
    except StaleState:
        form.add_error("stars", WITHDRAWN)
        return application_page(request, pk, status=409, rating_form=form)
    return redirect(f"{application.get_hiring_url()}#ratings")


def own_note(user: User, pk: int, note_pk: int) -> tuple[Application, Note]:
    """A note this person wrote. 403 to viewers, 404 to everybody else and for what is withdrawn."""
    application = writable(user, pk)
    kept = Note.objects.filter(application=application, application__withdrawn_at=None)
    return application, get_object_or_404(kept, pk=note_pk, author=user)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def note_edit(request: PersonRequest, pk: int, note_pk: int) -> HttpResponse:
    """Change a note within a day."""
    application, note = own_note(request.user, pk, note_pk)
    form = NoteForm(request.POST if request.method == "POST" else None, initial={"text": note.text})
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            note.edit(timezone.now(), request.user, form.cleaned_data["text"])
        except TooLate:
            form.add_error("text", TOO_LATE)
            status = 409
        else:
            return redirect(f"{application.get_hiring_url()}#notes")
    return render(request, "applications/note_edit.html", {"application": application, "form": form}, status=status)


@require_POST
def note_discard(request: PersonRequest, pk: int, note_pk: int) -> HttpResponse:
    """Delete a note within a day."""
    application, note = own_note(request.user, pk, note_pk)
    try:
        note.discard(timezone.now(), request.user)
    except TooLate:
        messages.warning(request, TOO_LATE)
    else:
        messages.success(request, "The note is deleted.")
    return redirect(f"{application.get_hiring_url()}#notes")
