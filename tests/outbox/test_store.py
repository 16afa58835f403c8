"""No mail without the change it tells of, and no change without its mail."""

import os
import subprocess
import sys
from email import policy

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives, send_mail
from django.db import transaction
from kombu.exceptions import OperationalError

from jobboard.outbox import backend
from jobboard.outbox.message import packed, unpacked
from jobboard.outbox.models import OutgoingMail
from tests.outbox.conftest import NOON

pytestmark = pytest.mark.usefixtures("mail_dir")


@pytest.mark.django_db(transaction=True)
def test_a_message_is_stored_and_its_delivery_queued_once_committed(queued, letter):
    with transaction.atomic():
        letter().send()
        assert queued == []
    mail = OutgoingMail.objects.get()
    assert queued == [mail.pk]
    assert (mail.subject, mail.recipients) == ("Your application", "Nora Vance <nora@coders.example>")
    assert mail.sent_at is None


@pytest.mark.django_db(transaction=True)
def test_a_change_that_is_rolled_back_sends_nothing(queued, letter):
    with transaction.atomic():
        letter().send()
        transaction.set_rollback(True)
    assert not OutgoingMail.objects.exists()
    assert queued == []


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_does_not_break_the_request(caplog, monkeypatch, letter):
    def refuse(*args, **options):
        raise OperationalError("connection refused")

    monkeypatch.setattr(backend.deliver, "apply_async", refuse)
    with transaction.atomic():
        letter().send()
    assert OutgoingMail.objects.waiting().count() == 1
    assert "connection refused" in caplog.text


def test_a_broker_that_is_down_is_noticed_at_once():
    """Left to itself, Celery tries to connect for ever."""
    program = "import django; django.setup(); from jobboard.outbox.backend import queue; queue('no matter')"
    down = os.environ | {"CELERY_BROKER_URL": "redis://127.0.0.1:1/0", "DJANGO_SETTINGS_MODULE": "jobboard.settings"}
    ended = subprocess.run([sys.executable, "-c", program], env=down, capture_output=True, text=True, timeout=60)
    assert "kombu.exceptions.OperationalError" in ended.stderr


@pytest.mark.django_db
def test_the_message_id_and_date_are_fixed_when_it_is_made(letter):
    message = letter(headers={"message-id": "<theirs@elsewhere>"})
    mail = OutgoingMail.objects.store(message, NOON)
    first, second = (OutgoingMail.objects.get().message().message() for _ in range(2))
    assert first["Message-ID"] == second["Message-ID"] == f"<{mail.pk}@codeharbor.example>"
    assert first.get_all("Message-ID") == [first["Message-ID"]]
    assert first["Date"] == "Mon, 02 Mar 2026 17:00:00 +0000"


@pytest.mark.django_db
def test_a_line_break_in_a_header_stops_the_change():
    with pytest.raises(ValueError, match="linefeed"):
        send_mail("Hello\nBcc: everybody@example.com", "text", None, ["nora@coders.example"])
    assert not OutgoingMail.objects.exists()


def test_packing_keeps_everything_of_a_message():
    message = EmailMultiAlternatives(
        "Grüße", "text ü", "Desk <desk@house.example>", ["a@x.example"], cc=["b@x.example"], bcc=["c@x.example"],
        reply_to=["d@x.example"], headers={"List-Id": "<alerts>"},
        attachments=[("codes.csv", "code,name\n", "text/csv"), ("logo.png", b"\x89PNG\x00", "image/png")],
    )  # fmt: skip
    message.attach_alternative("<p>html ü</p>", "text/html")
    again = unpacked(packed(message))
    assert packed(again) == packed(message)
    assert again.recipients() == ["a@x.example", "b@x.example", "c@x.example"]
    assert again.attachments == message.attachments


def test_a_message_that_is_only_html_stays_html():
    message = EmailMessage("Hello", "<p>Hello</p>", to=["a@x.example"])
    message.content_subtype = "html"
    assert unpacked(packed(message)).message().get_content_type() == "text/html"


def test_a_long_address_in_a_header_goes_out_as_it_is():
    """Python would fold it into an encoded word, and the unsubscribe button of mail programs would be dead."""
    address = f"<https://www.codeharbor.example/alerts/unsubscribe/{'k3Yz' * 20}/>"
    message = unpacked(packed(EmailMessage("Hello", "text", to=["a@x.example"], headers={"List-Unsubscribe": address})))
    for wire in (message.message().as_bytes(), message.message(policy=policy.SMTP).as_bytes()):
        assert f"List-Unsubscribe: {address}\n".encode() in wire.replace(b"\r\n", b"\n")
