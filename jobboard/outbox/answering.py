"""An answer to a message of the demonstration, as its reader's mail program would send it.

The addresses of the demonstration lead nowhere, so its mail desk stands in for the mailboxes: an answer goes by SMTP to
the listener that a real site keeps for its mail server.
"""

import smtplib
from email.message import EmailMessage as MimeMessage
from email.utils import make_msgid

from django import forms
from django.conf import settings

from jobboard.outbox.reading import Reading

PATIENCE = 15  # seconds


class AnswerForm(forms.Form):
    """What the reader of a message writes back."""

    text = forms.CharField(label="Your answer", max_length=5000, widget=forms.Textarea(attrs={"rows": 4}))


def answers_to(reading: Reading | None) -> str:
    """The address that a message names for its answer; empty where it names none, or one that is not ours."""
    address = reading.header("Reply-To") if reading else ""
    domain = settings.INBOUND_DOMAIN
    return address if domain and address.endswith(f"@{domain}") else ""


def send_answer(reading: Reading, text: str) -> str:
    """Send an answer with the message quoted below it; returns why it was not taken in, or an empty string."""
    mail = MimeMessage()
    mail["From"], mail["To"] = reading.header("To"), answers_to(reading)
    mail["Subject"] = f"Re: {reading.header('Subject')}"
    mail["Message-ID"] = make_msgid(domain="demo.example")
    mail["In-Reply-To"] = mail["References"] = reading.header("Message-ID")
    quoted = "\n".join(f"> {line}" for line in reading.text.splitlines())
    mail.set_content(f"{text}\n\nOn {reading.header('Date')}, {settings.SITE_NAME} wrote:\n\n{quoted}\n")
    try:
        with smtplib.SMTP("127.0.0.1", settings.INBOUND_PORT, timeout=PATIENCE) as server:
            server.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        return " ".join(_words(said) for _, said in refused.recipients.values())
    except smtplib.SMTPResponseException as refused:
        return _words(refused.smtp_error)
    except OSError:
        return "Nobody takes in mail at the moment: `make run` starts the listener, or `manage.py receive_mail` does."
    return ""


def _words(said: bytes | str) -> str:
    """What a server said, without the code before it (RFC 3463)."""
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return text.partition(" ")[2] if text[:1].isdigit() else text
