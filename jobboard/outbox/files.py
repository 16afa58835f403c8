"""Mail as files, where no provider is configured: one .eml for each message in MAIL_DIR."""

import re
import tempfile
from collections.abc import Sequence
from email import message_from_binary_file, policy
from email.message import EmailMessage as MimeMessage
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend


class MailFiles(BaseEmailBackend):
    """Writes each message to a file named by its Message-ID, so that delivering it again writes over the first copy."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the files; returns how many."""
        for message in email_messages:
            mime = message.message()
            write_whole(Path(settings.MAIL_DIR), f"{mail_name(mime)}.eml", mime.as_bytes())
        return len(email_messages)


def mail_name(mime: MimeMessage) -> str:
    """The part of the Message-ID before the @, which the outbox makes from the row's id."""
    return re.sub(r"[^\w-]", "", str(mime["Message-ID"]).partition("@")[0])


def write_whole(folder: Path, name: str, data: bytes) -> None:
    """Put a file into a folder so that nobody ever sees a part of it, and a kill leaves the old one or the new one."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=folder, prefix=f".{name}.", delete=False) as draft:
        draft.write(data)
    Path(draft.name).replace(folder / name)


def read_file(pk: UUID) -> MimeMessage | None:
    """The file of one outbox row, parsed; None where there is none."""
    try:
        with Path(settings.MAIL_DIR, f"{pk}.eml").open("rb") as file:
            return message_from_binary_file(file, MimeMessage, policy=policy.default)
    except FileNotFoundError:
        return None
