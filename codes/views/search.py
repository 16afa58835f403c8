"""Case2Code search: a code or words in, titles out."""

from datetime import date
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from codes.as_of import dated
from codes.forms import CodeSearchForm
from codes.models import Release
from codes.request import CodeRequest
from codes.search import exact, find
from codes.slots import fragments
from codes.systems import System

TOP = 8  # results of each system when all are searched
FAMILIES = 3
MOST = 5_000  # results; among more than that no few families are the right ones
PER_PAGE = 50  # results of a page when one is


@login_not_required
@require_safe
@dated
@vary_on_headers("HX-Request", "HX-History-Restore-Request")
def search(request: CodeRequest) -> HttpResponse:
    """Find codes. Never opens one by itself, since opening counts as a view."""
    form = CodeSearchForm(request.GET)
    context: dict[str, Any] = {"form": form, "systems": System, "today": request.as_of.day}
    if form.is_valid() and form.cleaned_data["q"]:
        context["texts"] = texts = _texts_open(request)
        context |= _results(**form.cleaned_data, page=request.GET.get("page"), on=request.as_of.day, texts=texts)
        context["exact"] = [
            (code, [fragment.html() for fragment in fragments("found", request, code)]) for code in context["exact"]
        ]
    context["notice"] = Release.objects.notice(System.CPT)
    context["part"] = bool(request.htmx) and not request.htmx.history_restore_request  # going back, a browser wants all
    template = "codes/search.html" + ("#results" if context["part"] else "")
    return render(request, template, context, status=200 if form.is_valid() else 400)


def _texts_open(request: CodeRequest) -> bool:
    """Whether our texts are searched: what a reader could not open now is not to be guessed by searching either."""
    if not request.user.is_authenticated:
        return False  # without asking what is left, which would give a guest who only searches a cookie
    return request.reader.look().remaining != 0


def _results(q: str, system: str, page: str | None, on: date, texts: bool) -> dict[str, Any]:
    found = find(q, on, texts=texts)
    groups = found.groups(TOP)
    total = sum(group.count for group in groups)
    results: dict[str, Any] = {"query": q, "exact": exact(q), "groups": groups, "total": total}
    if system:
        results["chosen"] = System(system)
        results["page"] = Paginator(found.within(System(system)), PER_PAGE).get_page(page)
    elif not found.by_code and TOP < total <= MOST:
        results["families"] = found.families(FAMILIES)
    return results
