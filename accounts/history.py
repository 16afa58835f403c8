"""The pages on which a person keeps their work history."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from accounts.forms.experience import ExperienceForm
from accounts.models import Experience, Profile
from accounts.request import PersonRequest
from accounts.views import page_with_form, status_of


@page_with_form
def experience_add(request: PersonRequest) -> HttpResponse:
    """List another position."""
    profile = Profile.objects.of(request.user, store=request.method == "POST")
    form = ExperienceForm(request.POST if request.method == "POST" else None, instance=Experience(profile=profile))
    if form.is_valid():
        form.save()
        messages.success(request, f"{form.instance} is in your work history.")
        return redirect("profile")
    return render(request, "accounts/experience_edit.html", {"form": form}, status=status_of(form))


@page_with_form
def experience_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change a position."""
    position = get_object_or_404(Experience.objects.of(request.user).select_related("profile__user"), pk=pk)
    form = ExperienceForm(request.POST if request.method == "POST" else None, instance=position)
    if form.is_valid():
        form.save()
        messages.success(request, f"{position} is saved.")
        return redirect("profile")
    context = {"form": form, "position": position}
    return render(request, "accounts/experience_edit.html", context, status=status_of(form))


@page_with_form
def experience_remove(request: PersonRequest, pk: int) -> HttpResponse:
    """Ask, then take a position out of the history."""
    position = get_object_or_404(Experience.objects.of(request.user), pk=pk)
    if request.method == "POST":
        position.delete()
        messages.success(request, f"{position} is out of your work history.")
        return redirect("profile")
    return render(request, "accounts/experience_remove.html", {"position": position})
