"""All codes that coverage articles join with one: by words or code, state and article, in pages, for members."""

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.reader import Tier
from codes.as_of import dated
from codes.coverage import (
    Listing,
    articles,
    by_code,
    joined,
    joined_codes,
    listed,
    listings,
    matching,
    state_of,
    states_of,
)
from codes.models import Code, CoverageDocument, Release
from codes.request import CodeRequest
from codes.search import LONGEST_QUERY
from codes.views.page import not_found, system_or_404

PER_PAGE = 50


class CrosswalkForm(forms.Form):
    """Which codes to list; the choices are those of the articles that name the code."""

    listing = forms.ChoiceField(label="Codes", required=False)
    state = forms.ChoiceField(required=False)
    article = forms.ChoiceField(required=False)
    q = forms.CharField(
        label="Code or words",
        max_length=LONGEST_QUERY,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )

    def __init__(self, asked: Any, offered: list[Listing], found: list[CoverageDocument]) -> None:
        super().__init__(asked)
        fields: Any = self.fields
        fields["listing"].choices = [(each.slug, each.heading) for each in offered]
        states = states_of(found, state_of(asked.get("state", "")))
        fields["state"].choices = [("", "All states"), *((state, state) for state in states)]
        fields["article"].choices = [("", "All articles"), *dict.fromkeys((one.number, str(one)[:80]) for one in found)]


@login_not_required
@require_safe
@dated
def show(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """List what articles join with a code on a date of service; others than members are shown the lock on its page."""
    named = system_or_404(system)
    code = Code.objects.written(named, written).first()
    if code is None:
        return not_found(request, named, written)
    if request.reader.look().tier is not Tier.REGISTERED:
        return redirect(f"{code.get_absolute_url()}#crosswalk")
    on = request.as_of.day
    found, offered = list(articles(code.code, on)), listings(named)
    form = CrosswalkForm(request.GET, offered, found)
    valid = form.is_valid()
    asked = form.cleaned_data
    listing = next((each for each in offered if each.slug == asked.get("listing")), offered[0])
    rows = joined(code.code, listing, on, asked.get("state", ""), asked.get("article", ""))
    if words := asked.get("q"):
        rows = matching(rows, words, listing.systems)
    page = Paginator(by_code(rows), PER_PAGE).get_page(request.GET.get("page"))
    release = Release.objects.of_each_on(on).filter(dataset=Release.Dataset.COVERAGE_ARTICLE).first()
    context = {
        "code": code,
        "on": on,
        "form": form,
        "listing": listing,
        "page": page,
        "joined": joined_codes(page, listed([row["code"] for row in page], listing.systems, on), found),
        "release": release,
        "caution": release.caution(on) if release else "",
    }
    return render(request, "codes/crosswalk.html", context, status=200 if valid else 400)
