"""The page of one code: metered, and the only GET that writes."""

import re

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from codes.as_of import DatedResponse, dated
from codes.chosen import chosen_by, remember
from codes.models import Code, Release
from codes.opening import lowest_tier, opened
from codes.own import Found
from codes.rendered import Rendering, keep
from codes.request import CodeRequest
from codes.slots import fragments
from codes.systems import System

_DENTAL = re.compile(r"[Dd][0-9]{4}")


@login_not_required
@require_safe
@dated
@cache_control(private=True, no_cache=True)  # what one reader opened must not reach another through a cache
@vary_on_headers("Cookie", "HX-Request", "HX-History-Restore-Request")
def show(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """Show one code; opening it counts as a view of the reader's. Any way of writing it leads to one address."""
    if "prefetch" in request.headers.get("Sec-Purpose", ""):  # a browser's guess must not spend a view
        return HttpResponse(status=503, headers={"Cache-Control": "no-store"})
    named = system_or_404(system)
    one_form = named.normalize(written)
    if one_form is None:
        return not_found(request, named, written)
    address = reverse("codes:code", args=[named, one_form.lower()])
    if request.path != address:
        return redirect(address, permanent=True)
    found = Found.of(request.user, named, one_form)
    code, loaded_at = found.code, found.loaded_at
    if code is None or loaded_at is None:
        return not_found(request, named, one_form)
    access = opened(
        request, code, lambda: keep((code.pk, loaded_at, request.as_of.day), lambda: lowest_tier(code, request))
    )
    chosen = chosen_by(request) if access.granted else {}
    part = bool(request.htmx) and not request.htmx.history_restore_request  # going back, a browser wants the whole page
    page = Rendering(request, code, found, access, chosen, lambda: beside(request, code), part=part)
    response = DatedResponse(page.html())
    remember(request, response, chosen)
    return response


def beside(request: CodeRequest, code: Code) -> str:
    """What higher apps show beside a code."""
    return "".join(fragment.html() for fragment in fragments("aside", request, code))


def system_or_404(name: str) -> System:
    """The code system of an address, in any case. Raises Http404."""
    try:
        return System(name.lower())
    except ValueError:
        raise Http404(f"There is no code system {name[:40]!r}.") from None


def not_found(request: CodeRequest, system: System, written: str) -> HttpResponse:
    """Say that there is no such code, and show what is near: the same code elsewhere, the codes around it."""
    written = written[:40]
    elsewhere = Code.objects.none()
    for other in System:
        elsewhere = elsewhere | Code.objects.written(other, written)
    context = {
        "system": system,
        "written": written,
        "elsewhere": elsewhere.exclude(system=system).listed(),
        "near": Code.objects.near(system, written),
        "dental": system is System.HCPCS and bool(_DENTAL.fullmatch(written)),
        "releases": Release.objects.filter(dataset=system).order_by("effective"),
    }
    return render(request, "codes/not_found.html", context, status=404)
