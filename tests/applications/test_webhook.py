"""Answers that a mail provider hands over by its webhook, in the form that providers document."""

import base64
import hashlib
import hmac
import json
import time

import pytest
from django.core import mail

from jobboard.applications.models import Message
from jobboard.applications.replying import Purpose, address
from tests.applications.conftest import NOON
from tests.applications.test_receiving import DOMAIN, letter

pytestmark = pytest.mark.django_db
URL = "/mail/inbound/"
SECRET = "hook:from-the-provider"


def provider(settings, name, **keys):
    settings.INBOUND_DOMAIN, settings.EMAIL_PROVIDER = DOMAIN, name
    settings.ANYMAIL = keys


@pytest.fixture
def to(settings, application, nora):
    """Where Nora answers, on a site whose provider is Mailgun."""
    provider(settings, "mailgun", WEBHOOK_SECRET=SECRET, MAILGUN_WEBHOOK_SIGNING_KEY="signing-key")
    return address(Purpose(application.pk, nora.pk))


def basic(secret):
    return {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"}


@pytest.fixture
def hand_over(client):
    """Post a mail as a route of Mailgun forwards it, in its raw form."""

    def post(message, to, secret=SECRET, key="signing-key", **fields):
        stamp, token = str(int(time.time())), "a-token"
        signature = hmac.new(key.encode(), f"{stamp}{token}".encode(), hashlib.sha256).hexdigest()
        form = {"timestamp": stamp, "token": token, "signature": signature, "recipient": to}
        form |= {"sender": "nora@coders.example", "body-mime": message.as_string()} | fields
        return client.post(URL, form, headers=basic(secret) if secret else {})

    return post


def test_an_answer_stands_in_the_thread(hand_over, to, nora, as_, rex, application):
    assert hand_over(letter(nora, to), to).status_code == 200
    message = Message.objects.get()
    assert (message.text, message.author, message.by_candidate) == ("Ten is fine.", nora, True)
    assert "Ten is fine." in as_(rex).get(application.get_hiring_url()).text
    assert hand_over(letter(nora, to), to).status_code == 200
    assert Message.objects.count() == 1


def test_a_provider_that_hands_over_json(client, settings, to, nora):
    provider(settings, "postmark", WEBHOOK_SECRET=SECRET)
    sent = {
        "FromFull": {"Email": nora.email, "Name": "Nora", "MailboxHash": ""},
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": to,
        "Subject": "Re: Interview",
        "Date": "Mon, 2 Mar 2026 17:10:00 +0000",
        "TextBody": "Ten is fine.",
        "Headers": [{"Name": "Message-ID", "Value": "<one@mail.example>"}],
        "Attachments": [],
    }
    response = client.post(URL, json.dumps(sent), content_type="application/json", headers=basic(SECRET))
    assert response.status_code == 200
    assert Message.objects.get().text == "Ten is fine."
    assert Message.objects.get().message_id == "<one@mail.example>"


@pytest.mark.parametrize("wrong", [{"secret": "hook:guessed"}, {"secret": ""}, {"key": "guessed"}])
def test_who_does_not_prove_to_be_the_provider_hands_nothing_over(hand_over, to, nora, wrong):
    assert hand_over(letter(nora, to), to, **wrong).status_code == 400
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("name", "keys", "domain"),
    [
        ("", {}, DOMAIN),
        ("mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key"}, DOMAIN),
        ("mailgun", {"MAILGUN_WEBHOOK_SIGNING_KEY": "signing-key", "WEBHOOK_SECRET": SECRET}, ""),
        ("unisender_go", {"WEBHOOK_SECRET": SECRET}, DOMAIN),
    ],
)
def test_it_is_closed_until_it_is_configured(hand_over, to, nora, settings, name, keys, domain):
    provider(settings, name, **keys)
    settings.INBOUND_DOMAIN = domain
    assert hand_over(letter(nora, to), to).status_code == 404
    assert not Message.objects.exists()


def test_a_refusal_is_told_to_the_one_whose_address_it_is(hand_over, to, nora, ben, application):
    application.withdraw(NOON)
    mail.outbox.clear()
    for writer in (nora, ben):
        assert hand_over(letter(writer, to), to).status_code == 200
    assert not Message.objects.exists()
    withdrawn, elsewhere = mail.outbox
    assert withdrawn.to == elsewhere.to == [nora.email]
    assert "This application was withdrawn." in withdrawn.body
    assert "Answer from the mailbox that our mail came to" in elsewhere.body
    assert withdrawn.extra_headers["Auto-Submitted"] == "auto-replied"


def test_what_is_for_nobody_here_or_from_a_machine_is_dropped(hand_over, to, nora):
    mail.outbox.clear()
    assert hand_over(letter(nora, "office@harbor.example"), "office@harbor.example").status_code == 200
    assert hand_over(letter(nora, to, Auto_Submitted="auto-replied"), to).status_code == 200
    assert hand_over(letter(nora, to), to, sender="").status_code == 200
    assert not Message.objects.exists()
    assert not mail.outbox
