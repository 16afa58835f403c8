"""Browsing: the systems, a system's chapters, a chapter's or block's codes. Titles only, so nothing is metered."""

from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from codes.as_of import dated
from codes.models import Code, Heading, Release
from codes.request import CodeRequest
from codes.systems import System
from codes.views.page import system_or_404

CODES_PER_PAGE = 100


@login_not_required
@require_safe
@dated
def index(request: CodeRequest) -> HttpResponse:
    """Show the code systems, how many codes each has here, and from which release."""
    releases = Release.objects.newest()
    tops = list(Heading.objects.filter(parent=None).order_by("position"))
    chapters = {system: [top for top in tops if top.system == system] for system in System}
    systems = [
        (system, sum(chapter.billable_codes for chapter in own), releases.get(system), own)
        for system, own in chapters.items()
    ]
    return render(request, "codes/index.html", {"systems": systems, "own": releases.get(Release.Dataset.OWN_TEXTS)})


@login_not_required
@require_safe
@dated
def system(request: CodeRequest, system: str) -> HttpResponse:
    """Show the chapters of a code system."""
    named = system_or_404(system)
    if system != named:
        return redirect("codes:system", named, permanent=True)
    releases = Release.objects.newest()
    context = {
        "system": named,
        "headings": Heading.objects.filter(system=named).order_by("position"),
        "release": releases.get(named),
        "own": releases.get(Release.Dataset.OWN_TEXTS),
        "notice": Release.objects.notice(named),
    }
    return render(request, "codes/system.html", context)


@login_not_required
@require_safe
@dated
def heading(request: CodeRequest, system: str, slug: str) -> HttpResponse:
    """Show what stands under a chapter or block: its blocks, and its codes in pages, of one category if asked."""
    named = system_or_404(system)
    if (system, slug) != (named, slug.lower()):
        return redirect("codes:heading", named, slug.lower(), permanent=True)
    found = get_object_or_404(Heading.objects.select_related("release"), system=named, slug=slug)
    codes = Code.objects.filter(heading=found)
    category = named.normalize(request.GET.get("category", "")) or ""
    chosen = codes.filter(code__startswith=category) if category else codes
    page = Paginator(chosen.listed().order_by("position"), CODES_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "system": named,
        "heading": found,
        "above": Heading.objects.filter(pk__in=found.lineage).order_by("position"),
        "below": Heading.objects.filter(parent=found).order_by("position"),
        "categories": codes.filter(parent=None).listed().order_by("position") if named is System.ICD10CM else [],
        "category": category,
        "codes": page,
        "thin": bool(page) and not any(code.title for code in page),
        "today": request.as_of.day,
        "notice": Release.objects.notice(named),
    }
    return render(request, "codes/heading.html", context)
