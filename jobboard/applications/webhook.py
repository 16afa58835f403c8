"""Answers that a mail provider hands over by HTTP: its inbound webhook, as django-anymail reads it.

Open where `EMAIL_PROVIDER` receives mail, `INBOUND_DOMAIN` names what it receives for, and `ANYMAIL` holds a
`WEBHOOK_SECRET`: each request then proves itself by that, and by the provider's signature where it signs. A provider
has taken the mail already, so what is refused cannot bounce: the person whose address it came to is told by mail.
"""

from typing import Any

from anymail.inbound import AnymailInboundMessage
from anymail.signals import AnymailInboundEvent, inbound
from anymail.utils import get_anymail_setting
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.dispatch import receiver
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from accounts.models import User
from jobboard.applications import mails
from jobboard.applications.receiving import Refused, Unanswered, take_in
from jobboard.applications.replying import purpose_of


@csrf_exempt
@login_not_required
def webhook(request: HttpRequest) -> HttpResponse:
    """Let Anymail's view of the site's provider read the request; 404 where none is configured."""
    provider = settings.EMAIL_PROVIDER
    if not (provider and settings.INBOUND_DOMAIN and get_anymail_setting("webhook_secret", default="")):
        raise Http404("No provider hands mail over here.")
    try:
        view = resolve(f"/{provider}/inbound/", "anymail.urls").func
    except Resolver404 as error:
        raise Http404("This provider hands no mail over.") from error
    if request.content_type != "multipart/form-data":
        # Django holds what this says to the limit of forms, and would answer 413 to a mail of which somebody must be
        # told. Only who proved to be the provider is read; `plain_input` has held it to REQUEST_MAX_BYTES.
        request.META.pop("CONTENT_LENGTH", None)
    return view(request)


@receiver(inbound)
def _arrived(event: AnymailInboundEvent, **_: Any) -> None:
    """Take a mail in for each address of ours that it came to. What goes wrong is answered 500: it comes again."""
    mail: AnymailInboundMessage = event.message
    if mail.envelope_sender in ("", "<>"):  # a report of non-delivery (RFC 5321, 4.5.5)
        return
    for address in _recipients(mail):
        try:
            take_in(mail.as_bytes(), address, timezone.now())
        except Unanswered:
            pass
        except Refused as refused:
            _tell(address, str(refused))


def _recipients(mail: AnymailInboundMessage) -> set[str]:
    """The addresses of ours that a mail came to, by its envelope where the provider tells it."""
    named = [mail.envelope_recipient] if mail.envelope_recipient else [each.addr_spec for each in mail.to + mail.cc]
    return {address for address in named if purpose_of(address)}


def _tell(address: str, reason: str) -> None:
    purpose = purpose_of(address)
    person = User.objects.filter(pk=purpose.person, is_active=True).first() if purpose else None
    if person:
        with transaction.atomic():
            mails.not_taken_in(person, reason)
