"""The page on which owners make and revoke the keys of the API."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.request import PersonRequest
from jobboard.employers.access import managing, must_write
from jobboard.employers.models import Member
from jobboard.imports.forms import KeyForm
from jobboard.imports.models import Key
from jobboard.imports.models.key import MOST_KEYS


@require_http_methods(["GET", "HEAD", "POST"])
def keys(request: PersonRequest, pk: int) -> HttpResponse:
    """List the keys and make one. Its secret is in the answer to the form and nowhere else, never again."""
    me = managing(request.user, pk)
    if request.method != "POST":
        return keys_page(request, me, KeyForm())
    must_write(me)
    form = KeyForm(request.POST, instance=Key(employer=me.employer, made_by=me.user))
    if not form.is_valid():
        return keys_page(request, me, form, 422)
    try:
        secret = form.instance.make(timezone.now(), me.user)
    except Key.LimitReached:
        form.add_error(None, f"An employer has at most {MOST_KEYS} keys. Revoke one that nothing uses any more.")
        return keys_page(request, me, form, 422)
    return keys_page(request, me, KeyForm(), 201, secret=secret, made=form.instance)


def keys_page(request: PersonRequest, me: Member, form: KeyForm, status: int = 200, **context: object) -> HttpResponse:
    """The page with a form, and with the secret of a key just made."""
    listed = me.employer.keys.select_related("made_by", "meter")
    working = set(Key.objects.filter(employer=me.employer).open().values_list("pk", flat=True))
    context |= {"me": me, "employer": me.employer, "form": form, "keys": listed, "working": working}
    response = render(request, "imports/keys.html", context, status=status)
    response["Cache-Control"] = "no-store"  # no copy of a secret stays in the browser
    return response


@require_POST
def revoke(request: PersonRequest, pk: int, key_pk: int) -> HttpResponse:
    """Make a key useless."""
    me = managing(request.user, pk)
    key = get_object_or_404(me.employer.keys, pk=key_pk)
    try:
        key.revoke(timezone.now())
    except Key.Stale:
        return keys_page(request, me, KeyForm(), 409, refusal=f"The key “{key}” was revoked already.")
    messages.success(request, f"The key “{key}” is revoked: nothing opens with it any more.")
    return redirect("keys", pk)
