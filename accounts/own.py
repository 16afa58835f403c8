"""Who sees a person, what is kept of them, and leaving for good."""

from http import HTTPStatus

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from accounts.forms.privacy import LeaveForm, VisibilityForm
from accounts.models import Profile, User
from accounts.privacy import Refused, exported, leaving
from accounts.request import PersonRequest
from accounts.views import page_with_form, status_of


@never_cache
@require_safe
def privacy(request: PersonRequest) -> HttpResponse:
    """Show who sees this person, and the ways to take everything along or to leave."""
    return render(request, "accounts/privacy.html", {"profile": Profile.objects.of(request.user)})


@never_cache
@page_with_form
def visibility(request: PersonRequest) -> HttpResponse:
    """Choose who may see the profile."""
    profile = Profile.objects.of(request.user, store=request.method == "POST")
    form = VisibilityForm(request.POST if request.method == "POST" else None, instance=profile)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved. It holds from this moment on.")
        return redirect("privacy")
    return render(request, "accounts/visibility.html", {"form": form}, status=status_of(form))


@require_POST
def reminders(request: PersonRequest) -> HttpResponse:
    """Switch the mails about credentials on or off, as the button said."""
    profile = Profile.objects.of(request.user, store=True)
    profile.reminders = request.POST.get("reminders") == "on"
    profile.save(update_fields=["reminders"])
    messages.success(request, "You are reminded by mail." if profile.reminders else "You get no more reminders.")
    return redirect("profile")


@never_cache
@require_safe
@reauthentication_required  # type: ignore[untyped-decorator]
def export(request: PersonRequest) -> HttpResponse:
    """Hand a person everything that is kept of them, as a JSON file, once they gave the password again."""
    today = timezone.localdate()
    data = {"exported": timezone.now().isoformat(), **exported(request.user)}
    response = JsonResponse(data, json_dumps_params={"indent": 2, "ensure_ascii": False})
    response["Content-Disposition"] = f'attachment; filename="codeharbor-{today:%Y-%m-%d}.json"'
    return response


@never_cache
@reauthentication_required  # type: ignore[untyped-decorator]
@page_with_form
def leave(request: PersonRequest) -> HttpResponse:
    """Ask, then delete the account with all that is kept of the person; 409 where something stands against it."""
    form = LeaveForm(request.POST if request.method == "POST" else None, user=request.user)
    context = {"form": form, "follows": leaving(request.user)}
    if not form.is_valid():
        return render(request, "accounts/leave.html", context, status=status_of(form))
    try:
        _delete(request.user)
    except Refused as reason:
        form.add_error(None, str(reason))
        return render(request, "accounts/leave.html", context, status=HTTPStatus.CONFLICT)
    logout(request)
    messages.success(request, "Your account is deleted. Thank you for having been here.")
    return redirect("home")


def _delete(user: User) -> None:
    """Delete a person and tell the address that was theirs, or neither."""
    email = user.email
    with transaction.atomic():
        user.delete()
        get_adapter().send_mail("account/email/account_deleted", email, {})
