"""A person's own pages: the profile, and the credentials on it. Sign-in and security pages are django-allauth's."""

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import IntegrityError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.address import AddressChange
from accounts.completeness import hints
from accounts.forms.profile import CredentialForm, ProfileForm, time_zone_label
from accounts.models import Credential, Experience, Profile
from accounts.models.experience import lasting
from accounts.request import PersonRequest, ReaderRequest

page_with_form = require_http_methods(["GET", "HEAD", "POST"])


def status_of(form: BaseForm) -> HTTPStatus:
    """How to answer with a form: a refused one is no success."""
    return HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK


@require_safe
def profile(request: PersonRequest) -> HttpResponse:
    """Show a person what they told of themselves, what they may read, and where everything of theirs is."""
    person, today = request.user, timezone.localdate()
    profile = Profile.objects.of(person)
    credentials, experience = list(Credential.objects.of(person)), list(Experience.objects.of(person))
    told = hints(profile, credentials, experience)
    context = {
        "profile": profile,
        "zone": time_zone_label(person.time_zone),
        "credentials": [(held, held.has_expired(today)) for held in credentials],
        "experience": [(held, lasting(held.months(today))) for held in experience],
        "hints": [hint for hint in told if not hint.done],
        "told": sum(hint.done for hint in told),
        "tellable": len(told),
        "membership": person.membership(timezone.now()),
        "access": request.reader.look(),
    }
    return render(request, "accounts/profile.html", context)


@page_with_form
def profile_edit(request: PersonRequest) -> HttpResponse:
    """Change the profile."""
    profile = Profile.objects.of(request.user, store=request.method == "POST")
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_valid():
        form.save()
        messages.success(request, "Your profile is saved.")
        return redirect("profile")
    return render(request, "accounts/profile_edit.html", {"form": form}, status=status_of(form))


@page_with_form
def credential_add(request: PersonRequest) -> HttpResponse:
    """List another credential."""
    profile = Profile.objects.of(request.user, store=request.method == "POST")
    form = CredentialForm(request.POST if request.method == "POST" else None, instance=Credential(profile=profile))
    if form.is_valid() and form.store():
        messages.success(request, f"{form.instance} is on your profile.")
        return redirect("profile")
    return render(request, "accounts/credential_edit.html", {"form": form}, status=status_of(form))


@page_with_form
def credential_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a credential."""
    credential = get_object_or_404(Credential.objects.of(request.user), pk=pk)
    form = CredentialForm(request.POST if request.method == "POST" else None, instance=credential)
    if form.is_valid() and form.store():
        messages.success(request, f"{credential} is saved.")
        return redirect("profile")
    context = {"form": form, "credential": credential}
    return render(request, "accounts/credential_edit.html", context, status=status_of(form))


@page_with_form
def credential_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take a credential off the profile."""
    credential = get_object_or_404(Credential.objects.of(request.user), pk=pk)
    if request.method == "POST":
        credential.delete()
        messages.success(request, f"{credential} is off your profile.")
        return redirect("profile")
    return render(request, "accounts/credential_remove.html", {"credential": credential})


@login_not_required
@page_with_form
def address_change(request: ReaderRequest, token: str) -> HttpResponse:
    """Ask whoever opened the link in a mail, then change the address of the account that asked for it."""
    change = AddressChange.of_token(token)
    if change is None:
        return render(request, "account/email_confirm.html", status=HTTPStatus.NOT_FOUND)
    if request.method != "POST":
        return render(request, "accounts/address_change.html", {"change": change})
    try:
        change.grant()
    except IntegrityError:
        return render(
            request, "accounts/address_change.html", {"change": change, "taken": True}, status=HTTPStatus.CONFLICT
        )
    messages.success(request, f"You now sign in with {change.new}.")
    return redirect("profile")
