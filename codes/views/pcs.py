"""ICD-10-PCS: look-up, tables and codes. In the public domain and with no text of ours, so nothing is metered."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from codes.as_of import dated
from codes.models import PcsCode, Release
from codes.pcs import beside, characters, found, named, normalize, sections
from codes.request import CodeRequest
from codes.search import LONGEST_QUERY

PER_PAGE = 100


class PcsForm(forms.Form):
    """The start of a code, or words."""

    q = forms.CharField(
        label="A code, the start of one, or words",
        max_length=LONGEST_QUERY,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )


@login_not_required
@require_safe
@dated
def index(request: CodeRequest) -> HttpResponse:
    """Look up codes and tables; without a question, show the sections."""
    form = PcsForm(request.GET)
    valid = form.is_valid()
    on, words = request.as_of.day, form.cleaned_data.get("q", "")
    context = _around(request) | {"form": form, "words": words}
    if words:
        context["page"] = Paginator(found(words, on), PER_PAGE).get_page(request.GET.get("page"))
    else:
        context["sections"] = sections(on)
    return render(request, "codes/pcs_index.html", context, status=200 if valid else 400)


@login_not_required
@require_safe
@dated
def show(request: CodeRequest, written: str) -> HttpResponse:
    """Show a code character by character, or the codes of a table. Any way of writing it leads to one address."""
    one_form = normalize(written)
    code = named(one_form, request.as_of.day) if one_form else None
    if code is None:
        context = _around(request) | {"form": PcsForm({"q": written[:40]}), "missing": written[:40]}
        return render(request, "codes/pcs_index.html", context, status=404)
    address = reverse("codes:pcs", args=[code.code.lower()])
    if request.path != address:
        return redirect(address, permanent=True)
    on = request.as_of.day
    before, after = beside(code, on)
    context = _around(request) | {
        "code": code,
        "status": code.status(on),
        "characters": characters(code.code, on),
        "before": before,
        "after": after,
    }
    if code.billable:
        context["table"] = PcsCode.objects.on(on).filter(code=code.code[:3]).first()
    else:
        below = PcsCode.objects.on(on).filter(billable=True).starting(code.code)
        context["page"] = Paginator(below, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "codes/pcs.html", context)


def _around(request: CodeRequest) -> dict[str, Any]:
    """The day and the release that holds on it."""
    on = request.as_of.day
    release = Release.objects.of_each_on(on).filter(dataset=Release.Dataset.ICD10PCS).first()
    return {"on": on, "release": release, "caution": release.caution(on) if release else ""}
