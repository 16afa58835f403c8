"""What owners put on an employer's page besides its text: the logo and the sites."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest, ReaderRequest
from jobboard.employers import logos
from jobboard.employers.access import managing, must_write
from jobboard.employers.forms import LogoForm, SiteForm
from jobboard.employers.models import Employer, Member, Site


def writing_owner(request: PersonRequest, pk: int) -> Member:
    """As `managing`, and 403 while the employer is suspended."""
    me = managing(request.user, pk)
    must_write(me)
    return me


@login_not_required
@require_safe
def logo(request: ReaderRequest, name: str, size: int) -> HttpResponse:
    """Hand out the logo of an employer whose page this reader may see."""
    if not name or size not in logos.SIZES:
        raise Http404("There is no such size.")
    get_object_or_404(Employer.objects.visible_to(request.user), logo=name)
    response = logos.download(name, size)
    patch_cache_control(response, private=True, max_age=3600)  # not longer: a suspended employer's logo goes too
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def employer_logo(request: PersonRequest, pk: int) -> HttpResponse:
    """Choose a logo, which is shown once it was checked and written anew."""
    employer = writing_owner(request, pk).employer
    form = LogoForm(request.POST, request.FILES) if request.method == "POST" else LogoForm()
    if not form.is_bound or not form.is_valid():
        context = {"form": form, "employer": employer}
        return render(request, "employers/logo.html", context, status=422 if form.is_bound else 200)
    _show(employer, request, logos.store(form.cleaned_data["logo"]))
    messages.success(request, "The logo is on your page.")
    return redirect(employer)


@require_POST
def employer_logo_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Show no logo any more. Twice is once."""
    employer = writing_owner(request, pk).employer
    if employer.logo:
        _show(employer, request, "")
    messages.success(request, "The page shows no logo.")
    return redirect("employer_logo", pk)


def _show(employer: Employer, request: PersonRequest, name: str) -> None:
    """Set the logo; files go once it is certain that nothing names them."""
    try:
        with transaction.atomic():
            old = employer.set_logo(timezone.now(), request.user, name)
            transaction.on_commit(lambda: logos.discard(old))
    except BaseException:
        logos.discard(name)  # the files are no part of the transaction
        raise


@require_http_methods(["GET", "HEAD", "POST"])
def sites(request: PersonRequest, pk: int) -> HttpResponse:
    """List the places at which an employer has people, and add one."""
    me = writing_owner(request, pk)
    form = SiteForm(request.POST if request.method == "POST" else None, instance=Site(employer=me.employer))
    if not form.is_bound or not form.is_valid():
        return _sites_page(request, me, form, 422 if form.is_bound else 200)
    try:
        form.instance.add()
    except Site.Named:
        form.add_error(None, "This site is on the page already.")
        return _sites_page(request, me, form, 409)
    except Site.TooMany:
        form.add_error(None, f"A page names up to {Site.MOST} sites. Remove one first.")
        return _sites_page(request, me, form, 429)
    messages.success(request, f"{form.instance} is on your page.")
    return redirect("employer_sites", pk)


def _sites_page(request: PersonRequest, me: Member, form: SiteForm, status: int) -> HttpResponse:
    context = {"employer": me.employer, "sites": me.employer.sites.all(), "form": form}
    return render(request, "employers/sites.html", context, status=status)


@require_POST
def site_remove(request: PersonRequest, pk: int, site_pk: int) -> HttpResponse:
    """Take a site off the page."""
    me = writing_owner(request, pk)
    site = get_object_or_404(me.employer.sites, pk=site_pk)
    site.delete()
    messages.success(request, f"{site} is off your page.")
    return redirect("employer_sites", pk)
