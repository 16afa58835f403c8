"""The terms under which a signed-in person reads the AMA's wordings of CPT codes, and their acceptance."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from accounts.request import PersonRequest
from codes.models import License
from codes.models.licensed import TERMS


class AcceptForm(forms.Form):
    """The terms as they were read, and a tick that they are accepted."""

    edition = forms.IntegerField(widget=forms.HiddenInput)
    terms = forms.CharField(widget=forms.HiddenInput)
    agreed = forms.BooleanField(
        label="I have read these terms and accept them",
        error_messages={"required": "Tick the box to accept the terms, or leave this page without doing so."},
    )

    def __init__(self, licensed: License, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.licensed = licensed

    def clean(self) -> dict[str, Any]:
        """Refuse terms that are no longer those in force."""
        cleaned: dict[str, Any] = super().clean() or {}
        if (cleaned.get("edition"), cleaned.get("terms")) != (self.licensed.edition, TERMS):
            raise forms.ValidationError("The terms have changed since you opened this page. Please read them again.")
        return cleaned


@require_safe
def read(request: PersonRequest) -> HttpResponse:
    """Show the terms, and whether this person accepted them."""
    licensed = _license_or_404()
    return _page(request, licensed, AcceptForm(licensed, initial=_in_force(licensed)))


@require_POST
def accept(request: PersonRequest) -> HttpResponse:
    """Keep that this person accepted the terms that were shown."""
    licensed = _license_or_404()
    form = AcceptForm(licensed, request.POST)
    if not form.is_valid():
        return _page(request, licensed, AcceptForm(licensed, initial=_in_force(licensed)), refused=form)
    licensed.accept(request.user, timezone.now())
    messages.success(request, f"You can now read the official wordings of {licensed} on the pages of its codes.")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    return redirect(target if safe else "codes:license")


def _in_force(licensed: License) -> dict[str, object]:
    return {"edition": licensed.edition, "terms": TERMS}


def _license_or_404() -> License:
    licensed = License.objects.current(timezone.localdate())
    if licensed is None:
        raise Http404("No edition of CPT is licensed here.")
    return licensed


def _page(
    request: PersonRequest, licensed: License, form: AcceptForm, refused: AcceptForm | None = None
) -> HttpResponse:
    context = {
        "license": licensed,
        "form": form,
        "refused": refused,
        "terms": TERMS,
        "accepted": licensed.accepted_by(request.user),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "codes/license.html", context)
