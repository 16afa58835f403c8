"""A stored message as a person reads it."""

from dataclasses import dataclass
from email.message import EmailMessage as MimeMessage

from django.conf import settings

from jobboard.outbox.files import read_file
from jobboard.outbox.models import OutgoingMail

SHAPE = {"content-type", "content-transfer-encoding", "mime-version"}  # headers that say nothing to a person


@dataclass(frozen=True)
class Reading:
    """A message's headers in their order, and its two bodies; an absent body is empty."""

    headers: list[tuple[str, str]]
    text: str
    html: str

    def header(self, name: str) -> str:
        """The value of a header; empty where there is none."""
        return next((value for each, value in self.headers if each.lower() == name.lower()), "")


def readable(mail: OutgoingMail) -> Reading | None:
    """What a message says. None: it is not kept, as it went to a mail provider, or its file was removed.

    A message for a mail provider is shown to nobody, not even while it waits: it may hold somebody's sign-in link.
    """
    if not settings.MAIL_TO_FILES:
        return None
    mime = read_file(mail.pk) if mail.content is None else mail.message().message()
    if mime is None:
        return None
    headers = [(name, str(value)) for name, value in mime.items() if name.lower() not in SHAPE]
    return Reading(headers, body(mime, "plain"), body(mime, "html"))


def body(mime: MimeMessage, kind: str) -> str:
    """The body of a kind, "plain" or "html", or an empty string."""
    part = mime.get_body(preferencelist=(kind,))
    return str(part.get_content()) if part is not None else ""
