"""What a coder decides: requests of employers, and whom to block."""

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.request import PersonRequest
from jobboard.employers.models import Employer
from jobboard.talent.forms import BlockForm
from jobboard.talent.models import Block, ContactRequest, StaleState

PER_PAGE = 20


def mine(request: PersonRequest, pk: int) -> ContactRequest:
    """A request that was sent to this person. 404 to everybody else."""
    sent = ContactRequest.objects.for_person(request.user).select_related("employer", "person")
    return get_object_or_404(sent, pk=pk)


@never_cache
@require_safe
def requests(request: PersonRequest) -> HttpResponse:
    """List who asks to be in touch, those that wait first."""
    sent = ContactRequest.objects.for_person(request.user).filter(employer__suspended_at=None)
    waiting = sent.open().select_related("employer", "sent_by")
    page = Paginator(sent.answered().select_related("employer"), PER_PAGE).get_page(request.GET.get("page"))
    blocked = set(Block.objects.of(request.user).values_list("employer", flat=True))
    with_page = set(Employer.objects.public().filter(contact_requests__in=waiting).values_list("pk", flat=True))
    context = {"waiting": waiting, "page": page, "blocked": blocked, "with_page": with_page}
    return render(request, "talent/requests.html", context)


@require_POST
def accept(request: PersonRequest, pk: int) -> HttpResponse:
    """Let an employer read the name and the address."""
    asked = mine(request, pk)
    return _answer(request, asked.accept, f"{asked.employer} now reads your name, address and profile.")


@require_POST
def decline(request: PersonRequest, pk: int) -> HttpResponse:
    """Answer no."""
    asked = mine(request, pk)
    return _answer(request, asked.decline, f"Declined. {asked.employer} is told that, and nothing else.")


@require_POST
def take_back(request: PersonRequest, pk: int) -> HttpResponse:
    """Let an employer read the name and the address no longer."""
    asked = mine(request, pk)
    return _answer(request, asked.take_back, f"Taken back. {asked.employer} no longer reads your name and address.")


def _answer(request: PersonRequest, verb: Callable[[datetime], None], done: str) -> HttpResponse:
    try:
        verb(timezone.now())
    except StaleState:
        messages.warning(request, "Nothing was changed: this request was answered before, or can no longer be.")
    else:
        messages.success(request, done)
    return redirect("contact_requests")


@require_POST
def block(request: PersonRequest, pk: int) -> HttpResponse:
    """Block the employer of a request."""
    asked = mine(request, pk)
    Block.objects.add(timezone.now(), request.user, asked.employer)
    messages.success(request, f"Blocked: nobody on the team of {asked.employer} finds you any more.")
    return redirect("contact_requests")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def blocked(request: PersonRequest) -> HttpResponse:
    """List whom this person blocked, and block an employer by its name."""
    form = BlockForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        for employer in form.employers:
            Block.objects.add(timezone.now(), request.user, employer)
        messages.success(request, f"Blocked: nobody on the team of {form.employers[0]} finds you any more.")
        return redirect("blocked")
    blocks = Block.objects.of(request.user).select_related("employer")
    status = HTTPStatus.UNPROCESSABLE_ENTITY if form.errors else HTTPStatus.OK
    return render(request, "talent/blocked.html", {"form": form, "blocks": blocks}, status=status)


@require_POST
def unblock(request: PersonRequest, pk: int) -> HttpResponse:
    """Let an employer find this person again, as far as the profile is open to it."""
    made = get_object_or_404(Block.objects.of(request.user).select_related("employer"), pk=pk)
    made.delete()
    messages.success(request, f"{made.employer} is no longer blocked.")
    return redirect("blocked")
