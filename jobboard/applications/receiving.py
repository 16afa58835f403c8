"""Answers that come by mail: what a mail must be to become a message of a thread, whatever it says of itself.

A mail is for one thread and one person by the address it came to (`replying`). It is taken from that person's own
mailbox alone, so that an address that got about with a forwarded mail serves nobody else. What may be said is decided
by the same verbs as on the site, now: an application that was withdrawn, a member who left, an employer that is
suspended take nothing in.
"""

import re
from collections import Counter
from datetime import datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import parseaddr
from hashlib import sha256
from html import unescape
from typing import Any

import nh3
from django.db import IntegrityError

from accounts.models import User
from jobboard.applications.letters import Letter
from jobboard.applications.models import MOST_MESSAGE, Application, LimitReached, StaleState
from jobboard.applications.quoting import ABOVE, own_words
from jobboard.applications.replying import purpose_of
from jobboard.employers.models import Member
from jobboard.sizes import megabytes

MOST_BYTES = 10_000_000  # of a mail with all that hangs on it
MOST_PARTS = 200
MOST_HEADER = 10_000  # bytes of one header: to understand one takes time by the square of its length
MOST_HEADERS = 100_000  # bytes of all headers of all parts
MOST_HTML = 60_000  # characters, up to what is quoted: tags that stand in each other take time by their square
_BREAKS = re.compile(r"<(?:br|/p|/div|/li|/tr|/h[1-6])\b[^<>]{0,200}>", re.IGNORECASE)
_ATTACHED = "(What was attached to this mail was not taken in.)"


class Refused(Exception):
    """A mail that is not taken in; the message says why, to the one who sent it."""


class Unanswered(Exception):
    """A mail that is dropped without a word, since a refusal would be answered by a machine."""


def take_in(content: bytes, recipient: str, at: datetime) -> bool:
    """Store a mail as a message in its thread; False for one that came before (by its Message-ID).

    Raises Refused and Unanswered.
    """
    application, person = _thread(recipient)
    if len(content) > MOST_BYTES:
        raise Refused(f"A mail has at most {megabytes(MOST_BYTES)}. Answer without what is attached.")
    mail = _read(content)
    if _is_automatic(mail):
        raise Unanswered
    if _sender(mail).lower() != person.email.lower():
        raise Refused("Answer from the mailbox that our mail came to, or on the site.")
    text = _text(mail)
    try:
        _say(application, person, at, text, _message_id(mail, content))
    except StaleState as error:
        raise Refused("This application was withdrawn. Nothing more can be written about it.") from error
    except LimitReached as error:
        raise Refused("As many messages as one side may write in 24 hours have been written. Try tomorrow.") from error
    except IntegrityError as error:
        if "one_message_per_mail" not in str(error):
            raise
        return False
    return True


def _thread(recipient: str) -> tuple[Application, User]:
    """The thread that an address is for, and who may write in it by that address. Raises Refused."""
    purpose = purpose_of(recipient)
    sent = Application.objects.select_related("candidate", "posting__employer")
    application = sent.filter(pk=purpose.application).first() if purpose else None
    person = User.objects.filter(pk=purpose.person, is_active=True).first() if purpose else None
    if application is None or person is None:
        raise Refused("No such address.")
    employer = application.posting.employer
    if person.pk != application.candidate_id and (
        employer.suspended_at or not Member.objects.writers().filter(employer=employer, user=person).exists()
    ):
        raise Refused("You no longer write for this employer.")
    return application, person


def _say(application: Application, person: User, at: datetime, text: str, message_id: str) -> None:
    if person.pk == application.candidate_id:
        application.answer(at, text, message_id)
    else:
        application.write(at, person, Letter("", text), message_id=message_id)


class _Policy(EmailPolicy):
    """The usual policy, but for headers whose understanding would take minutes: it refuses them unread."""

    seen: Counter[str] = Counter()

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """One header of a mail or of any of its parts, as it came. Raises Refused."""
        length = sum(map(len, sourcelines))
        self.seen["bytes"] += length
        if length > MOST_HEADER or self.seen["bytes"] > MOST_HEADERS:
            raise Refused("The headers of this mail are too long.")
        return super().header_source_parse(sourcelines)


def _read(content: bytes) -> EmailMessage:
    """A mail, whatever bytes it is. Raises Refused for what no mail program writes."""
    limited: Any = _Policy  # its types name the attributes of EmailPolicy alone
    try:
        mail = message_from_bytes(content, policy=limited(seen=Counter()))
        if not isinstance(mail, EmailMessage) or sum(1 for _ in mail.walk()) > MOST_PARTS:
            raise Refused("This mail has too many parts.")
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise Refused("This mail cannot be read.") from error
    return mail


def _sender(mail: EmailMessage) -> str:
    """The address that a mail says it is from; empty where it names none. Raises Refused.

    A second From is refused (RFC 5322, 3.6): a mail server may have proved the other one.
    """
    try:
        named = [str(each) for each in mail.get_all("From", [])]
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError) as error:
        raise Refused("This mail cannot be read.") from error
    if len(named) > 1:
        raise Refused("This mail names its sender twice.")
    return parseaddr(named[0])[1] if named else ""


def _is_automatic(mail: EmailMessage) -> bool:
    """Whether a machine wrote it: a note of absence, a list, a report of non-delivery (RFC 3834, 2 and 5)."""
    said = str(mail.get("Auto-Submitted", "no")).split(";")[0].strip().lower()
    lists = str(mail.get("Precedence", "")).strip().lower() in ("bulk", "junk", "list", "auto_reply")
    marks = any(mail.get(name) for name in ("List-Id", "X-Autoreply", "X-Autorespond", "X-Failed-Recipients"))
    return said != "no" or lists or marks or mail.get_content_type() == "multipart/report"


def _text(mail: EmailMessage) -> str:
    """What its writer added. Raises Refused where that is nothing, or too much."""
    try:
        body = mail.get_body(preferencelist=("plain", "html"))
        text = str(body.get_content()) if body else ""
        attached = any(True for _ in mail.iter_attachments()) if mail.is_multipart() else False
    except (ValueError, LookupError, RecursionError, AttributeError, TypeError, KeyError) as error:
        raise Refused("This mail cannot be read.") from error
    if body and body.get_content_type() == "text/html":
        text = text[: text.index(ABOVE) + len(ABOVE)] if ABOVE in text else text
        if len(text) > MOST_HTML:
            raise Refused("This mail is too long to be read. Answer in plain text.")
        text = unescape(nh3.clean(_BREAKS.sub("\n", text), tags=set()))
    text = own_words(text.replace("\x00", ""))
    if not text:
        raise Refused("There is nothing in this mail above what it quotes.")
    if attached:
        text += f"\n\n{_ATTACHED}"
    if len(text) > MOST_MESSAGE:
        raise Refused(f"A message has at most {MOST_MESSAGE} characters. Write a shorter one.")
    return text


def _message_id(mail: EmailMessage, content: bytes) -> str:
    """By what a mail that comes twice is known; where it names none, or none that fits, its content."""
    named = str(mail.get("Message-ID", "")).strip()
    return named if 0 < len(named) <= 250 and "\x00" not in named else f"sha256:{sha256(content).hexdigest()}"
