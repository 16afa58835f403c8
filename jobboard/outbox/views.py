"""The mail desk: what was sent, what waits, and what could not be sent."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_POST, require_safe

from jobboard.outbox.answering import AnswerForm, answers_to, send_answer
from jobboard.outbox.backend import queue
from jobboard.outbox.models import OutgoingMail
from jobboard.outbox.reading import readable

PER_PAGE = 50

type View = Callable[..., HttpResponse]


def is_open() -> bool:
    """Whether everybody may read the mail: on a demonstration that sends to nobody, and never in production."""
    return settings.DEMO_MODE and settings.MAIL_TO_FILES and not settings.PRODUCTION


def for_staff_or_demo(view: View) -> View:
    """Let staff in, and everybody where the mail desk is open."""

    @login_not_required
    @never_cache
    @wraps(view)
    def guarded(request: HttpRequest, **kwargs: object) -> HttpResponse:
        if is_open() or request.user.is_staff:
            return view(request, **kwargs)
        if request.user.is_authenticated:
            raise PermissionDenied
        return redirect_to_login(request.get_full_path())

    return guarded


@require_safe
@for_staff_or_demo
def desk(request: HttpRequest) -> HttpResponse:
    """List messages, newest first."""
    words = request.GET.get("q", "")[:200].strip()
    state = request.GET.get("state", "")
    mails = {
        "waiting": OutgoingMail.objects.waiting(),
        "given-up": OutgoingMail.objects.given_up(),
    }.get(state, OutgoingMail.objects.all())
    page = Paginator(mails.matching(words).defer("content").order_by("-created_at"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    counts = None
    if request.user.is_staff:
        counts = {
            "waiting": OutgoingMail.objects.waiting().count(),
            "given_up": OutgoingMail.objects.given_up().count(),
        }
    return render(
        request, "outbox/desk.html", {"page": page, "words": words, "state": state, "counts": counts, "open": is_open()}
    )


@require_safe
@for_staff_or_demo
def message(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one message: its headers, its text, and its HTML in a closed frame."""
    return _message(request, get_object_or_404(OutgoingMail, pk=pk), AnswerForm())


def _message(request: HttpRequest, mail: OutgoingMail, form: AnswerForm) -> HttpResponse:
    reading = readable(mail)
    context = {"mail": mail, "reading": reading, "answers_to": is_open() and answers_to(reading), "form": form}
    return render(request, "outbox/message.html", context, status=422 if form.errors else 200)


@require_POST
@for_staff_or_demo
def answer(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Answer a message in its reader's place. On a demonstration alone: elsewhere it would be another person's word."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if not is_open():
        raise PermissionDenied
    reading = readable(mail)
    if reading is None or not answers_to(reading):
        raise Http404("This message names no address for an answer.")
    form = AnswerForm(request.POST)
    if form.is_valid():
        refusal = send_answer(reading, form.cleaned_data["text"])
        if not refusal:
            messages.success(request, "The answer was taken in. It stands in the thread, on the site.")
            return redirect("mail_message", pk=pk)
        form.add_error("text", refusal)
    return _message(request, mail, form)


@require_safe
@for_staff_or_demo
@xframe_options_sameorigin
@csp_override(
    {
        "default-src": [CSP.NONE],
        "style-src": [CSP.UNSAFE_INLINE],  # mail programs know no other way; nothing can be loaded or run
        "img-src": ["data:"],
        "base-uri": [CSP.NONE],
        "form-action": [CSP.NONE],
        "frame-ancestors": [CSP.SELF],
        "sandbox": ["allow-popups", "allow-popups-to-escape-sandbox"],
    }
)
def html(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """The HTML part of one message, as a page that can run nothing and load nothing."""
    reading = readable(get_object_or_404(OutgoingMail, pk=pk))
    if reading is None or not reading.html:
        raise Http404("This message has no HTML part.")
    # A link opens beside the frame: inside it our own pages refuse to be shown.
    return HttpResponse(reading.html.replace("<head>", '<head><base target="_blank">', 1))


@require_POST
@for_staff_or_demo
def retry(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Try a message again that was given up. Staff only, also on a demonstration."""
    mail = get_object_or_404(OutgoingMail, pk=pk)
    if not request.user.is_staff:
        raise PermissionDenied
    if mail.start_again():
        transaction.on_commit(lambda: queue(mail.pk), robust=True)
        messages.success(request, "The message will be tried again within a minute.")
    else:
        messages.info(request, "This message was not given up, or is being tried again already.")
    return redirect("mail_message", pk=pk)
