"""The transports of a production site: a mail server, and a provider by django-anymail."""

import socketserver
import threading
from collections.abc import Iterator

import pytest
from django.core import mail as django_mail

from jobboard.outbox.models import OutgoingMail
from tests.outbox.conftest import NOON

pytestmark = pytest.mark.django_db
UNSUBSCRIBE = f"<https://www.codeharbor.example/alerts/unsubscribe/{'k3Yz' * 20}/>"


class MailServer(socketserver.TCPServer):
    """Speaks as much SMTP (RFC 5321) as a client needs, and keeps what it was given."""

    allow_reuse_address = True
    refuse = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.letters: list[tuple[list[str], str]] = []


class Conversation(socketserver.StreamRequestHandler):
    """One client's session."""

    server: MailServer

    def handle(self) -> None:
        self.say("220 ready")
        recipients: list[str] = []
        for line in self.rfile:
            verb = line[:4].upper().strip()
            if verb == b"RCPT":
                recipients.append(line.decode().partition("<")[2].partition(">")[0])
                self.say("550 no such mailbox" if self.server.refuse else "250 ok")
            elif verb == b"DATA":
                self.say("354 go on")
                lines = iter(self.rfile.readline, b".\r\n")
                self.server.letters.append((recipients, b"".join(lines).decode()))
                self.say("250 taken")
            else:
                self.say("221 bye" if verb == b"QUIT" else "250 ok")

    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@pytest.fixture
def mail_server(settings, mail_dir) -> Iterator[MailServer]:
    """A mail server on a port of its own, and the settings that lead to it."""
    with MailServer() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.05])
        thread.start()
        host, port = server.server_address[:2]
        settings.MAILERS |= {
            "transport": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": host, "port": port, "timeout": 10},
            }
        }
        yield server
        server.shutdown()
        thread.join(10)


def test_a_mail_server_is_given_the_message_as_it_was_written(mail_server, stored):
    mail = stored(headers={"List-Unsubscribe": UNSUBSCRIBE}, bcc=["archive@house.example"])
    assert OutgoingMail.objects.deliver_next(NOON).sent_at
    ((recipients, letter),) = mail_server.letters
    assert recipients == ["nora@coders.example", "archive@house.example"]
    assert f"Message-ID: <{mail.pk}@codeharbor.example>\r\n" in letter
    assert f"List-Unsubscribe: {UNSUBSCRIBE}\r\n" in letter
    assert "archive@house.example" not in letter
    assert "It was received." in letter
    assert "<p>It was received.</p>" in letter


def test_a_mailbox_that_does_not_exist_is_a_failed_try(mail_server, stored):
    mail_server.refuse = True
    mail = stored()
    OutgoingMail.objects.deliver_next(NOON)
    mail.refresh_from_db()
    assert mail.tries == 1
    assert "no such mailbox" in mail.error
    assert mail.content


def test_a_provider_is_given_the_message_as_it_was_written(settings, stored):
    settings.MAILERS |= {"transport": {"BACKEND": "anymail.backends.test.EmailBackend"}}
    mail = stored(headers={"List-Unsubscribe": UNSUBSCRIBE})
    assert OutgoingMail.objects.deliver_next(NOON).sent_at
    params = django_mail.outbox[0].anymail_test_params
    assert params["extra_headers"]["List-Unsubscribe"] == UNSUBSCRIBE
    assert params["extra_headers"]["Message-ID"] == f"<{mail.pk}@codeharbor.example>"
    assert [address.addr_spec for address in params["to"]] == ["nora@coders.example"]
    assert params["text_body"] == "It was received.\n"
    assert "<p>It was received.</p>" in params["html_body"]
