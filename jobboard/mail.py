"""How every mail of the product is made: three templates a mail, one message a recipient."""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string

from jobboard.outbox.conditions import OnlyIf


class Wording(NamedTuple):
    """The subject and the plain text of a mail, as its recipient reads them."""

    subject: str
    text: str


def wording(template: str, **context: object) -> Wording:
    """What `send` would say under this template and context, to be looked at first."""
    context |= _site()
    subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
    return Wording(subject, render_to_string(f"{template}.txt", context).strip() + "\n")


def send(
    template: str,
    to: Iterable[str],
    headers: Mapping[str, str] | None = None,
    only_if: OnlyIf | None = None,
    **context: object,
) -> None:
    """Send `<template>_subject.txt`, `<template>.txt` and `<template>.html` to each address, in a message of its own.

    Call it in the transaction of the change it tells of: the outbox stores the message with that change, or not at all.
    Where `only_if` does not hold any more when its turn comes, it is dropped.
    """
    subject, text = wording(template, **context)
    html = render_to_string(f"{template}.html", context | _site())
    for address in sorted(set(to)):
        message = EmailMultiAlternatives(subject, text, to=[address], headers=dict(headers or {}))
        message.attach_alternative(html, "text/html")
        message.only_if = only_if  # type: ignore[attr-defined]  # for the outbox
        message.send()


def _site() -> dict[str, object]:
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
