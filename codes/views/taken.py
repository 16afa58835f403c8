"""What a reader takes along of a code page, granted exactly as the page is."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from codes.as_of import dated
from codes.checklist import as_text
from codes.models import Code
from codes.opening import lowest_tier, opened
from codes.page import CodePage
from codes.pdf import document
from codes.request import CodeRequest
from codes.surroundings import with_surroundings
from codes.views.page import system_or_404


def opened_or_404(request: CodeRequest, system: str, written: str) -> CodePage:
    """A code's page, opened for this reader and counted as its page is. Raises Http404."""
    named = system_or_404(system)
    code = with_surroundings(Code.objects.written(named, written), request.as_of.day).first()
    if code is None:
        raise Http404(f"{named.label} {written[:20]} is not in the reference.")
    access = opened(request, code, lambda: lowest_tier(code, request))
    return CodePage(code, access, request.as_of)


@login_not_required
@require_safe
@dated
@cache_control(private=True, no_store=True)
def checklist(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """The documentation of a code as plain text, `item` being in the record; where it is locked, its page says so."""
    page = opened_or_404(request, system, written)
    block = page.block("documentation")
    if block is None:
        raise Http404(f"Nothing is written on the documentation of {page.code.code} here.")
    if not block.checklist:
        return redirect(f"{page.code.get_absolute_url()}#documentation")
    ticked = {int(each) for each in request.GET.getlist("item") if each.isdecimal() and len(each) < 4}
    text = as_text(page.checklist_heading, block.checklist, ticked, page.checklist_source)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
@dated
@cache_control(private=True, no_store=True)
def pdf(request: CodeRequest, system: str, written: str) -> HttpResponse:
    """A code's opened blocks as a PDF file; where the page is not open to this reader, the page says what opens it."""
    page = opened_or_404(request, system, written)
    if not page.access.granted:
        return redirect(page.code)
    name = f"{page.system.value}-{page.code.code.lower()}-{page.on:%Y-%m-%d}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(document(page), content_type="application/pdf", headers=headers)
