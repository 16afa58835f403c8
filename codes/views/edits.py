"""All NCCI edits of one code: filtered, in pages, for registered members."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.reader import Tier
from codes.as_of import dated
from codes.edits import DATASETS, CodeEdits, Partner, partners
from codes.models import Code, Release, Setting
from codes.rendered import keep
from codes.request import CodeRequest
from codes.systems import System
from codes.views.page import not_found, system_or_404

PER_PAGE = 50
COLUMNS = [(1, "This code in column 1"), (2, "This code in column 2")]
INDICATORS = [(0, "0: none bypasses it"), (1, "1: a modifier may bypass it")]  # 9 is of edits that never held


class EditsForm(forms.Form):
    """Which edits to list."""

    setting = forms.ChoiceField(choices=[(each.value, each.label) for each in DATASETS], required=False)
    column = forms.TypedChoiceField(
        choices=COLUMNS,
        coerce=int,
        empty_value=None,
        required=False,
    )
    indicator = forms.TypedChoiceField(
        label="Modifier indicator",
        choices=[("", "Any"), *INDICATORS],
        coerce=int,
        empty_value=None,
        required=False,
    )
    start = forms.RegexField(
        r"^[0-9A-Za-z]{0,5}$",
        label="Other code starts with",
        required=False,
        error_messages={"invalid": "Write a code or the start of one, such as 99 or J18."},
    )

    def count(self, found: Mapping[int, int]) -> None:
        """Say beside each indicator how many edits have it."""
        choices = [("", f"Any ({sum(found.values()):,})")]
        choices += [(f"{value}", f"{label} ({found.get(value, 0):,})") for value, label in INDICATORS]
        field = self.fields["indicator"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 - declared above
        field.choices = choices


@login_not_required
@require_safe
@dated
def show(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """List the edits of a code on a date of service; others than members are shown the lock on its page."""
    named = system_or_404(system)
    code = Code.objects.written(named, written).first()
    if code is None:
        return not_found(request, named, written)
    if named is System.ICD10CM:
        raise Http404("Edits pair procedures and supplies, not diagnoses.")
    if request.reader.look().tier is not Tier.REGISTERED:
        return redirect(f"{code.get_absolute_url()}#edits")
    form = EditsForm(request.GET)
    valid = form.is_valid()
    context = {
        "code": code,
        "form": form,
        **_found(code, form, request.as_of.day, request.GET.get("page")),
    }
    return render(request, "codes/edits.html", context, status=200 if valid else 400)


def _found(code: Code, form: EditsForm, on: date, page: str | None) -> dict[str, Any]:
    asked = form.cleaned_data
    edits = CodeEdits(code.code, on, {each.dataset: each for each in Release.objects.of_each_on(on)})
    setting = Setting(asked.get("setting") or Setting.PRACTITIONER)
    column = asked.get("column") or 1
    release = edits.releases.get(DATASETS[setting])
    found = edits.ptp(setting, column)
    if start := (asked.get("start") or "").upper():
        found = found.filter(**{f"column{3 - column}__startswith": start})
    shown = (code.code, setting.value, column, start, on, release and (release.pk, release.loaded_at))
    by_indicator = found.order_by().values_list("indicator").annotate(count=Count("pk"))
    counts = keep(("edits", *shown), lambda: dict(by_indicator))  # of 5,000 partners it takes longer than the page
    form.count(counts)
    if (indicator := asked.get("indicator")) is not None:
        found = found.filter(indicator=indicator)
    pages = Paginator(partners(found, column), PER_PAGE)
    pages.count = sum(counts.values()) if indicator is None else counts.get(indicator, 0)
    listed = pages.get_page(page)
    return {
        "edits": edits,
        "setting": setting,
        "column": column,
        "indicator": indicator,
        "start": start,
        "release": release,
        "caution": release.caution(on) if release else "",
        "page": listed,
        "partners": [Partner.of(row) for row in listed],
    }
