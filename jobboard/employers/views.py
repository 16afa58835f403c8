"""An employer's public page, and the form behind it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.request import PersonRequest, ReaderRequest
from jobboard.employers.access import managing, must_write
from jobboard.employers.forms import EmployerForm
from jobboard.employers.models import Employer, TooManyEmployers
from jobboard.employers.models.employer import MOST_OWNED

POSTINGS_A_PAGE = 20


@login_not_required
@require_safe
def employer(request: ReaderRequest, slug: str) -> HttpResponse:
    """Show who an employer is and what it has open; a former address leads to the one it has now."""
    visible = Employer.objects.visible_to(request.user)
    employer = visible.filter(slug=slug).first()
    if employer is None:
        moved = get_object_or_404(visible, former_slugs__slug=slug)
        return redirect(moved, permanent=True)
    at = timezone.now()
    live = employer.postings.live(at).cards().order_by("-published_at", "-id")
    page = Paginator(live, POSTINGS_A_PAGE).get_page(request.GET.get("page"))
    role = employer.members.filter(user=request.user.pk).values_list("role", flat=True).first()
    context = {
        "employer": employer,
        "sites": employer.sites.all(),
        "page": page,
        "role": role,
        "public": bool(page) or employer.is_public,
        "at": at,
    }
    return render(request, "employers/employer.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def employer_new(request: PersonRequest) -> HttpResponse:
    """Found an employer; the one who does owns it and can post at once."""
    form = EmployerForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "employers/employer_form.html", {"form": form}, status=422 if form.is_bound else 200)
    try:
        form.instance.found(timezone.now(), request.user)
    except TooManyEmployers:
        form.add_error(None, f"You own {MOST_OWNED} employers, which is as many as one person can.")
        return render(request, "employers/employer_form.html", {"form": form}, status=429)
    messages.success(request, f"{form.instance} is set up. Now write your first posting.")
    return redirect("posting_new", form.instance.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def employer_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change what an employer says of itself."""
    me = managing(request.user, pk)
    must_write(me)
    employer = me.employer
    form = EmployerForm(request.POST if request.method == "POST" else None, instance=employer)
    if request.method == "POST" and form.is_valid():
        form.instance.edit(timezone.now(), request.user)
        messages.success(request, "The page is changed.")
        return redirect(form.instance)
    context = {"form": form, "employer": employer}
    return render(request, "employers/employer_form.html", context, status=422 if form.is_bound else 200)
