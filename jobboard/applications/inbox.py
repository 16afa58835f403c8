"""The listener that takes in answers by SMTP (RFC 5321), from the mail server that stands before it."""

import asyncio
import logging

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.db import connections
from django.utils import timezone

from jobboard.applications.receiving import MOST_BYTES, Refused, Unanswered, take_in
from jobboard.applications.replying import purpose_of

log = logging.getLogger(__name__)

PATIENCE = 60  # seconds without a word from the other side
TAKEN = "250 2.0.0 Taken in"
LATER = "451 4.3.0 This cannot be taken in at the moment; try again"


class Inbox:
    """Answers each step of a delivery. One recipient a mail: each address is for one person in one thread."""

    async def handle_RCPT(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take the addresses that this site made, and no others."""
        if envelope.rcpt_tos:
            return "452 4.5.3 One recipient at a time"
        if purpose_of(address) is None:
            return "550 5.1.1 No such address"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - named by aiosmtpd
        self, _server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        """Store the mail, off the loop that the other deliveries share."""
        return await asyncio.to_thread(_deliver, envelope)


def _deliver(envelope: Envelope) -> str:
    """The reply to a mail that has arrived whole."""
    content = envelope.content or b""
    try:
        if envelope.mail_from in (None, "", "<>"):  # a report of non-delivery (RFC 5321, 4.5.5)
            raise Unanswered
        take_in(content if isinstance(content, bytes) else content.encode(), envelope.rcpt_tos[0], timezone.now())
    except Refused as refused:
        return f"550 5.7.1 {refused}"
    except Unanswered:
        return "250 2.0.0 Left unanswered"
    except Exception:
        log.exception("A mail was not taken in")
        return LATER
    finally:
        connections.close_all()
    return TAKEN


def listener(host: str, port: int) -> Controller:
    """A listener that is still to be started; it runs in a thread of its own."""
    return Controller(
        Inbox(),
        hostname=host,
        port=port,
        data_size_limit=MOST_BYTES,
        timeout=PATIENCE,
        ident="Answers",
        ready_timeout=20,
    )
