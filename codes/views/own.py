"""A person's own things on codes: notes, favorites in folders, what they read last."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from codes.as_of import dated
from codes.forms import NAME_TAKEN, FolderForm, NoteForm
from codes.models import Code, Favorite, Folder, PrivateNote, Reading, ReadingOff
from codes.models.own import Changed, TooMany
from codes.own import Own
from codes.request import OwnRequest
from codes.systems import System
from codes.views.page import system_or_404

PER_PAGE = 50
LISTS = {"favorites": "Favorites", "notes": "Notes", "read": "Recently read"}
FULL = {
    Favorite: f"You keep {Favorite.MOST:,} favorites, the most one person may keep. Remove one first.",
    PrivateNote: f"You keep {PrivateNote.MOST:,} notes, the most one person may keep. Delete one first.",
    Folder: f"You have {Folder.MOST} folders, the most one person may have. Delete one first.",
}


@never_cache
@require_safe
def index(request: OwnRequest) -> HttpResponse:
    """List a person's favorites, notes or recently read codes, searched and by folder."""
    return _index(request, FolderForm(instance=Folder(user=request.user)))


def _index(request: OwnRequest, form: FolderForm, status: int = 200) -> HttpResponse:
    name = request.GET.get("list", "favorites")
    if name not in LISTS:
        raise Http404("There is no such list.")
    words = " ".join(request.GET.get("q", "").split())[:100]
    folders = list(Folder.objects.of(request.user).annotate(count=Count("favorites")))
    folder = _folder(request) if name == "favorites" else None
    found = _found(request, name, words, folder)
    context = {
        "lists": [(each, LISTS[each], count) for each, count in _counts(request).items()],
        "list": name,
        "words": words,
        "folders": folders,
        "folder": folder,
        "loose": request.GET.get("folder") == "none",
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "remembers": not ReadingOff.objects.filter(user=request.user).exists(),
    }
    return render(request, "codes/own.html", context, status=status)


def _counts(request: OwnRequest) -> dict[str, int]:
    models = {"favorites": Favorite, "notes": PrivateNote, "read": Reading}
    return {name: model.objects.of(request.user).count() for name, model in models.items()}


def _folder(request: OwnRequest) -> Folder | None:
    """The folder that an address names, of this person's. Raises Http404."""
    named = request.GET.get("folder", "")
    if named in ("", "none"):
        return None
    return _folder_or_404(request, named)


def _folder_or_404(request: OwnRequest, pk: str | int) -> Folder:
    if not str(pk).isdecimal() or int(pk) >= 2**63:
        raise Http404("There is no such folder.")
    return get_object_or_404(Folder.objects.of(request.user), pk=int(pk))


def _found(request: OwnRequest, name: str, words: str, folder: Folder | None) -> Any:
    if name == "read":
        return Reading.objects.of(request.user).matching(words)
    if name == "notes":
        return PrivateNote.objects.of(request.user).matching(words, "text")
    rows = Favorite.objects.of(request.user).select_related("folder").matching(words, "folder__name")
    return rows.filter(folder=folder) if folder or request.GET.get("folder") == "none" else rows


# One code's.


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@dated
def note(request: OwnRequest, system: str, written: str) -> HttpResponse:
    """Show and change a person's note on a code. 409 where it was changed in another window meanwhile."""
    code = own_code_or_404(request, system, written)
    own = Own.on(request.user, code)
    if request.method != "POST":
        return _note_page(request, code, own, NoteForm(initial={"text": own.note, "since": own.since}))
    form = NoteForm(request.POST)
    if not form.is_valid():
        return _note_page(request, code, own, form, status=422)
    text, since = form.cleaned_data["text"], form.cleaned_data["since"]
    try:
        PrivateNote.keep(request.user, code, text, timezone.now(), since)
    except Changed:
        form = NoteForm({"text": text, "since": own.since})  # saving again means it
        return _note_page(request, code, own, form, status=409)
    except TooMany:
        form.add_error("text", FULL[PrivateNote])
        return _note_page(request, code, own, form, status=422)
    messages.success(request, f"Your note on {code.code} is {'saved' if text else 'deleted'}.")
    return redirect(f"{code.get_absolute_url()}#note" if code.pk else "codes:own")


def _note_page(request: OwnRequest, code: Code, own: Own, form: NoteForm, status: int = 200) -> HttpResponse:
    context = {"code": code, "own": own, "form": form, "changed": status == 409}
    return render(request, "codes/note.html", context, status=status)


@require_POST
@dated
def star(request: OwnRequest, system: str, written: str) -> HttpResponse:
    """Mark a code, in a folder of this person's or in none; marking it again moves it."""
    code = own_code_or_404(request, system, written)
    named = request.POST.get("folder", "")
    folder = _folder_or_404(request, named) if named else None
    try:
        Favorite.keep(request.user, code, folder, timezone.now())
    except TooMany:
        messages.error(request, FULL[Favorite])
        response = redirect("codes:own")
        return HttpResponseClientRedirect(response["Location"]) if request.htmx else response
    return _starred(request, code, f"{code.code} is in {f'“{folder}”' if folder else 'your favorites'}.")


@require_POST
@dated
def unstar(request: OwnRequest, system: str, written: str) -> HttpResponse:
    """Take the mark off. Twice is once."""
    code = own_code_or_404(request, system, written)
    Favorite.objects.of(request.user).on(code).delete()
    return _starred(request, code, f"{code.code} is no longer among your favorites.")


def _starred(request: OwnRequest, code: Code, words: str) -> HttpResponse:
    """The star as it is now; without htmx, the page it was on, saying what was done."""
    if request.htmx:
        context = {"code": code, "own": Own.on(request.user, code), "said": words}
        return render(request, "codes/_star.html", context)
    messages.success(request, words)
    return redirect("codes:own" if request.POST.get("from") == "list" or not code.pk else code.get_absolute_url())


def own_code_or_404(request: OwnRequest, system: str, written: str) -> Code:
    """A code of the reference; or one that is gone from it, on which this person keeps something. Raises Http404."""
    named = system_or_404(system)
    one_form = named.normalize(written)
    if one_form is None:
        raise Http404(f"{named.label} has no code {written[:20]!r}.")
    code = Code.objects.filter(system=named, code=one_form).listed().first()
    return code or _gone(request, named, one_form)


def _gone(request: OwnRequest, system: System, written: str) -> Code:
    gone = Code(system=system, code=written)
    if any(model.objects.of(request.user).on(gone).exists() for model in (PrivateNote, Favorite)):
        return gone
    raise Http404(f"{system.label} {written} is not in the reference.")


# Folders.


@require_POST
def folder_add(request: OwnRequest) -> HttpResponse:
    """Make a folder."""
    form = FolderForm(request.POST, instance=Folder(user=request.user))
    if Folder.objects.of(request.user).count() >= Folder.MOST:
        form.add_error("name", FULL[Folder])
    if not _stored(form):
        return _index(request, form, status=422)
    messages.success(request, f"The folder “{form.instance}” is there.")
    return redirect(f"{reverse('codes:own')}?folder={form.instance.pk}")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def folder(request: OwnRequest, pk: int) -> HttpResponse:
    """Rename a folder, or come to the button that deletes it."""
    mine = _folder_or_404(request, pk)
    form = FolderForm(request.POST if request.method == "POST" else None, instance=mine)
    if form.is_bound and _stored(form):
        messages.success(request, f"The folder is called “{mine}”.")
        return redirect(f"{reverse('codes:own')}?folder={mine.pk}")
    count = mine.favorites.count()
    context = {"form": form, "folder": Folder.objects.of(request.user).get(pk=mine.pk), "count": count}
    return render(request, "codes/folder.html", context, status=422 if form.is_bound else 200)


def _stored(form: FolderForm) -> bool:
    """Whether the folder is stored; another window may have taken the name since the form asked."""
    if not form.is_valid():
        return False
    try:
        form.save()
    except IntegrityError:
        form.add_error("name", NAME_TAKEN)
        return False
    return True


@require_POST
def folder_delete(request: OwnRequest, pk: int) -> HttpResponse:
    """Delete a folder; its codes stay favorites, in no folder."""
    mine = _folder_or_404(request, pk)
    mine.delete()
    messages.success(request, f"The folder “{mine}” is gone. Its codes are still among your favorites.")
    return redirect("codes:own")


# What was read.


@require_POST
def read(request: OwnRequest, system: str, written: str) -> HttpResponse:
    """Remember that a code page was shown, unless the person switched that off. Its script sends this."""
    code = own_code_or_404(request, system, written)
    Reading.note(request.user, code, timezone.now())
    return HttpResponse(status=204)


@require_POST
def read_clear(request: OwnRequest) -> HttpResponse:
    """Forget what was read."""
    Reading.objects.of(request.user).delete()
    messages.success(request, "The list of what you read is empty.")
    return redirect(f"{reverse('codes:own')}?list=read")


@require_POST
def read_switch(request: OwnRequest) -> HttpResponse:
    """Switch remembering on or off, as the button said."""
    if request.POST.get("remember") == "yes":
        ReadingOff.switch_on(request.user)
        messages.success(request, "The codes you open are remembered for you again.")
    else:
        ReadingOff.switch_off(request.user, timezone.now())
        messages.success(request, "Switched off, and the list is empty.")
    return redirect(f"{reverse('codes:own')}?list=read")
