"""The pages on which a coder keeps resumes."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.applications.forms import NAME_TAKEN, KeepForm, RenameForm
from jobboard.applications.kept import MOST, KeptResume, NoRoom, ResumeGone
from jobboard.applications.resumes import download


def mine(request: PersonRequest, pk: int) -> KeptResume:
    """A resume this person keeps. 404 to everybody else."""
    return get_object_or_404(KeptResume.objects.of(request.user), pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def resumes(request: PersonRequest) -> HttpResponse:
    """List what this person keeps, and keep another one."""
    bound = (request.POST, request.FILES) if request.method == "POST" else ()
    form = KeepForm(*bound, instance=KeptResume(user=request.user))
    if form.is_bound and form.is_valid() and _keep(form):
        messages.success(request, f"“{form.instance}” is kept. You can choose it whenever you apply.")
        return redirect("resumes")
    kept = list(KeptResume.objects.of(request.user))
    context = {"form": form, "kept": kept, "most": MOST, "is_full": len(kept) >= MOST}
    return render(request, "applications/resumes.html", context, status=422 if form.is_bound else 200)


def _keep(form: KeepForm) -> bool:
    """Store what the form holds; False: there is no room, or a parallel request took the name."""
    try:
        if form.resume:
            form.instance.keep(timezone.now(), form.resume)
    except NoRoom as full:
        form.add_error("file", str(full))
    except IntegrityError:
        form.add_error("name", NAME_TAKEN)
    return not form.errors


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Rename a resume."""
    resume = mine(request, pk)
    form = RenameForm(request.POST if request.method == "POST" else None, instance=resume)
    if form.is_bound and form.is_valid():
        try:
            resume.rename(form.cleaned_data["name"])
        except IntegrityError:
            form.add_error("name", NAME_TAKEN)
        except ResumeGone:
            return _gone(request)
        else:
            messages.success(request, f"It is called “{resume}” now.")
            return redirect("resumes")
    context = {"form": form, "resume": KeptResume.objects.of(request.user).filter(pk=pk).first()}
    return render(request, "applications/resume_edit.html", context, status=422 if form.is_bound else 200)


@require_safe
def file(request: PersonRequest, pk: int) -> HttpResponseBase:
    """Give its owner the file."""
    resume = mine(request, pk)
    return download(resume.file, resume.file_name)


@require_POST
def default(request: PersonRequest, pk: int) -> HttpResponse:
    """Have a resume chosen on the form of an application."""
    resume = mine(request, pk)
    try:
        resume.make_default()
    except ResumeGone:
        return _gone(request)
    messages.success(request, f"“{resume}” is chosen from now on when you apply.")
    return redirect("resumes")


@require_POST
def delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete a resume with its file. What was sent with an application stays with that application."""
    resume = mine(request, pk)
    resume.discard()
    messages.success(request, f"“{resume}” is deleted. Applications you sent with it keep their copy.")
    return redirect("resumes")


def _gone(request: PersonRequest) -> HttpResponse:
    messages.warning(request, "Nothing was changed: this resume was deleted meanwhile.")
    return redirect("resumes")
