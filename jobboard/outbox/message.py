"""A message between the moment it is written and the moment a transport takes it: packed for a database column."""

from base64 import b64decode, b64encode
from email.message import EmailMessage as MimeMessage
from email.policy import Policy, default
from typing import Any

from django.core.mail import EmailAttachment, EmailMessage, EmailMultiAlternatives

RFC5322_LINE_LENGTH = 998  # characters of a line without its CRLF


class WholeLines(EmailMultiAlternatives):
    """A message whose headers are not folded below the length that RFC 5322 allows.

    Python folds at 78 characters, and a longer word without spaces it turns into an RFC 2047 encoded word. The address
    in List-Unsubscribe is such a word, and mail programs do not decode it there: the unsubscribe button would be dead.
    """

    def message(self, *, policy: Policy | None = None) -> MimeMessage:
        """The message as it goes over the wire."""
        return super().message(policy=(policy or default).clone(max_line_length=RFC5322_LINE_LENGTH))


def packed(message: EmailMessage) -> dict[str, Any]:
    """All that a message holds, as JSON. Raises TypeError for an attachment that is not (name, content, type)."""
    return {
        "subject": str(message.subject),
        "from_email": str(message.from_email),
        "to": [str(address) for address in message.to],
        "cc": [str(address) for address in message.cc],
        "bcc": [str(address) for address in message.bcc],
        "reply_to": [str(address) for address in message.reply_to],
        "headers": {name: str(value) for name, value in message.extra_headers.items()},
        "body": str(message.body),
        "subtype": message.content_subtype,
        "alternatives": [[str(text), str(kind)] for text, kind in getattr(message, "alternatives", [])],
        "attachments": [_packed_attachment(attachment) for attachment in message.attachments],
    }


def _packed_attachment(attachment: object) -> list[str | None]:
    if not isinstance(attachment, EmailAttachment):
        raise TypeError(f"attach files by name, content and type, not as {type(attachment).__name__}")
    name, content, kind = attachment
    if isinstance(content, str):
        content = content.encode()
    if not isinstance(content, bytes):
        raise TypeError(f"attach text or bytes, not {type(content).__name__}")
    return [name, b64encode(content).decode("ascii"), kind]


def unpacked(content: dict[str, Any]) -> EmailMultiAlternatives:
    """The message that `packed` was given."""
    fields = dict(content)
    subtype = fields.pop("subtype")
    attachments = [(name, b64decode(data), kind) for name, data, kind in fields.pop("attachments")]
    message = WholeLines(**fields, attachments=attachments)
    message.content_subtype = subtype
    return message
