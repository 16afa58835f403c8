"""Reasons ready to use, which staff keep themselves."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.moderation.forms import ReadyReasonForm
from jobboard.moderation.models import Reason
from jobboard.postings.desk import staff_only
from jobboard.postings.models import StaleState


@staff_only
@require_safe
def reasons(request: PersonRequest) -> HttpResponse:
    """List them under what they are for."""
    ready = list(Reason.objects.select_related("edited_by"))
    groups = [(label, [each for each in ready if each.use == use]) for use, label in Reason.Use.choices]
    return render(request, "desk/reasons.html", {"groups": groups})


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def reason_new(request: PersonRequest) -> HttpResponse:
    """Write one."""
    return _form(request, Reason())


@staff_only
@require_http_methods(["GET", "HEAD", "POST"])
def reason_edit(request: PersonRequest, pk: int) -> HttpResponse:
    """Change one. Reasons that were given keep the words they were given in."""
    return _form(request, get_object_or_404(Reason, pk=pk))


def _form(request: PersonRequest, reason: Reason) -> HttpResponse:
    form = ReadyReasonForm(request.POST if request.method == "POST" else None, instance=reason)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        try:
            form.instance.keep(timezone.now(), request.user, seen=form.cleaned_data["seen"])
        except StaleState:
            form.add_error(None, "A colleague changed or deleted this reason meanwhile. Open it again to see how.")
            status = 409
        else:
            messages.success(request, f"“{form.instance}” is stored.")
            return redirect("desk_reasons")
    return render(request, "desk/reason_form.html", {"form": form, "reason": reason}, status=status)


@staff_only
@require_POST
def reason_delete(request: PersonRequest, pk: int) -> HttpResponse:
    """Delete one."""
    reason = get_object_or_404(Reason, pk=pk)
    reason.delete()
    messages.success(request, f"“{reason}” is deleted.")
    return redirect("desk_reasons")
