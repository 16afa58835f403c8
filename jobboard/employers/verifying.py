"""Showing that an employer's domain is its own."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.request import PersonRequest, ReaderRequest
from jobboard.employers.access import managing, must_write
from jobboard.employers.domains import is_free_mail
from jobboard.employers.forms import VerificationForm
from jobboard.employers.models import Member, Verification

TOO_OFTEN = f"You can ask {Verification.PER_DAY} times in 24 hours. Try again tomorrow."


@require_http_methods(["GET", "HEAD", "POST"])
def verify(request: PersonRequest, pk: int) -> HttpResponse:
    """Say how an employer becomes verified, and mail the question to an address at its domain."""
    me = managing(request.user, pk)
    if request.method != "POST":
        return verify_page(request, me)
    must_write(me)
    form = VerificationForm(request.POST, instance=_question(me))
    if not provable(me) or not form.is_valid():
        return verify_page(request, me, form, 422)
    try:
        form.instance.send(timezone.now(), request.user)
    except Verification.LimitReached:
        form.add_error(None, TOO_OFTEN)
        return verify_page(request, me, form, 429)
    messages.success(request, f"The question is on its way to {form.instance.email}. Its link is good for 3 days.")
    return redirect("employer_verify", pk)


def verify_page(
    request: PersonRequest, me: Member, form: VerificationForm | None = None, status: int = 200
) -> HttpResponse:
    """Where the employer stands, with a refused form."""
    context = {
        "employer": me.employer,
        "provable": provable(me),
        "open": me.employer.verifications.open(timezone.now()).first(),
        "form": form or VerificationForm(instance=_question(me)),
    }
    return render(request, "employers/verify.html", context, status=status)


def provable(me: Member) -> bool:
    """Whether a mailbox at the domain of the employer's website says anything."""
    return bool(me.employer.domain) and not is_free_mail(me.employer.domain)


def _question(me: Member) -> Verification:
    return Verification(employer=me.employer, domain=me.employer.domain)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def verification(request: ReaderRequest, token: str) -> HttpResponse:
    """Ask (GET) whoever holds the link whether the employer is theirs, and note that it is (POST). It works once."""
    asked = Verification.objects.select_related("employer", "asked_by").by_token(token)
    verification = get_object_or_404(asked.filter(employer__suspended_at=None))
    now = timezone.now()
    done = False
    still = verification.is_open(now) and verification.employer.domain == verification.domain
    if request.method == "POST" and still:
        try:
            verification.confirm(now)
            done = True
        except Verification.NotOpen:
            still = False
    context = {"verification": verification, "open": still, "done": done}
    return render(request, "employers/verification.html", context, status=200 if still else 410)
