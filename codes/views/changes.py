"""One code on two dates of service, side by side and marked, for registered members."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.reader import Access, Tier
from codes.as_of import AHEAD, FIRST, AsOf, dated
from codes.differences import Differences
from codes.models import Code
from codes.page import CodePage
from codes.request import CodeRequest
from codes.surroundings import with_surroundings
from codes.views.page import not_found, system_or_404

YEAR = timedelta(days=365)


class ComparisonForm(forms.Form):
    """Two dates of service; unless they are asked for, the day of the page and a year before it."""

    before = forms.DateField(label="From", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    after = forms.DateField(label="To", widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))

    def __init__(self, data: Any, as_of: AsOf) -> None:
        day = as_of.day
        asked = any(name in data for name in self.base_fields)
        super().__init__(data if asked else None, initial={"before": max(FIRST, day - YEAR), "after": day})
        self.bounds = FIRST, as_of.today + AHEAD

    def clean(self) -> dict[str, Any]:
        """Both within what can be asked, and in their order."""
        asked = {name: day for name, day in self.cleaned_data.items() if name in self.fields}
        first, last = self.bounds
        for name, day in asked.items():
            if not first <= day <= last:
                self.add_error(name, f"Choose a date from {first:%B %-d, %Y} to {last:%B %-d, %Y}.")
        if not self.errors and asked["before"] >= asked["after"]:
            self.add_error("after", "Choose a date after the first one.")
        return self.cleaned_data


@login_not_required
@require_safe
@dated
def show(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """Show what differs in a code between two days; others than members are shown the lock on its page."""
    named = system_or_404(system)
    codes = Code.objects.written(named, written)
    if not codes.exists():
        return not_found(request, named, written)
    code = codes.get()
    access = request.reader.look()
    if access.tier is not Tier.REGISTERED:
        return redirect(f"{code.get_absolute_url()}#changes")
    form = ComparisonForm(request.GET, request.as_of)
    context: dict[str, Any] = {"code": code, "form": form}
    if form.is_valid():
        before, after = (
            _page(code, access, AsOf(form.cleaned_data[name], request.as_of.today)) for name in ("before", "after")
        )
        context |= {"before": before, "after": after, "differences": Differences(before, after)}
    return render(request, "codes/changes.html", context, status=400 if form.errors else 200)


def _page(code: Code, access: Access, as_of: AsOf) -> CodePage:
    return CodePage(with_surroundings(Code.objects.filter(pk=code.pk), as_of.day).get(), access, as_of)
