"""The page of one code: metered, and the only GET that writes."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from codes.models import Code
from codes.rendered import find, rendered
from codes.request import CodeRequest
from codes.slots import fragments
from codes.systems import System


@login_not_required
@require_safe
@cache_control(private=True, no_cache=True)  # what one reader opened must not reach another through a cache
@vary_on_headers("Cookie", "HX-Request")
def show(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """Show one code; opening it counts as a view of the reader's. Any way of writing it leads to one address."""
    named = system_or_404(system)
    one_form = named.normalize(written)
    if one_form is None:
        return not_found(request, named, written)
    address = reverse("codes:code", args=[named, one_form.lower()])
    if request.path != address:
        return redirect(address, permanent=True)
    found = find(named, one_form)
    if found is None:
        return not_found(request, named, one_form)
    code, loaded_at = found
    access = request.reader.open(code.key) if request.method == "GET" else request.reader.look()
    context = {
        "page": rendered(code, loaded_at, access, timezone.localdate()),
        "code": code,
        "access": access,
        "aside": [fragment.html(request) for fragment in fragments("aside", request, code)],
    }
    return render(request, "codes/code.html" + ("#body" if request.htmx else ""), context)


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
    }
    return render(request, "codes/not_found.html", context, status=404)
