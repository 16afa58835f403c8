"""How every mail of the product is made: three templates a mail, one message a recipient."""

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string


def send(template: str, to: Iterable[str], headers: Mapping[str, str] | None = None, **context: object) -> None:
    """Send `<template>_subject.txt`, `<template>.txt` and `<template>.html` to each address, in a message of its own.

    Call it in the transaction of the change it tells of: the outbox stores the message with that change, or not at all.
    """
    context |= {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    text, html = render_to_string(f"{template}.txt", context), render_to_string(f"{template}.html", context)
    for address in sorted(set(to)):
        message = EmailMultiAlternatives(subject, text.strip() + "\n", to=[address], headers=dict(headers or {}))
        message.attach_alternative(html, "text/html")
        message.send()
