"""Answers that a mail provider hands over by its webhook, in the form that providers document."""

import base64
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import pytest
from django.core import mail

from jobboard.applications import receiving
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


def by_postmark(person, to, **more):
    """A mail as Postmark hands it over."""
    return {
        "FromFull": {"Email": person.email, "Name": "Nora", "MailboxHash": ""},
        "ToFull": [{"Email": to, "Name": "", "MailboxHash": ""}],
        "OriginalRecipient": to,
        "Subject": "Re: Interview",
        "Date": "Mon, 2 Mar 2026 17:10:00 +0000",
        "TextBody": "Ten is fine.",
        "Headers": [{"Name": "Message-ID", "Value": "<one@mail.example>"}],
        "Attachments": [],
    } | more


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
    sent = by_postmark(nora, to)
    response = client.post(URL, json.dumps(sent), content_type="application/json", headers=basic(SECRET))
    assert response.status_code == 200
    assert Message.objects.get().text == "Ten is fine."
    assert Message.objects.get().message_id == "<one@mail.example>"


@pytest.fixture
def hand_over_more(client, settings, to, nora):
    """Post a mail with so many bytes attached, on a site that takes forms of 10 kB."""
    provider(settings, "postmark", WEBHOOK_SECRET=SECRET)
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000

    def post(size, secret=SECRET):
        file = {"Name": "a.txt", "ContentType": "text/plain", "Content": base64.b64encode(b"x" * size).decode()}
        sent = by_postmark(nora, to, Attachments=[file])
        return client.post(URL, json.dumps(sent), content_type="application/json", headers=basic(secret))

    return post


def test_a_mail_longer_than_a_form_may_be_is_taken_in(hand_over_more):
    assert hand_over_more(20_000).status_code == 200
    assert Message.objects.get().text.startswith("Ten is fine.")


def test_who_sent_a_mail_that_is_too_large_is_told(hand_over_more, nora, monkeypatch):
    monkeypatch.setattr(receiving, "MOST_BYTES", 15_000)
    mail.outbox.clear()
    assert hand_over_more(20_000).status_code == 200
    assert not Message.objects.exists()
    assert mail.outbox[0].to == [nora.email]
    assert "Answer without what is attached." in mail.outbox[0].body


def test_a_form_of_the_provider_may_be_as_long_and_hold_any_bytes(client, settings, to, nora):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000
    message = letter(nora, to, "Ten is fine.\n\n-- \n" + "\ufffd" * 10_000)
    stamp = str(int(time.time()))
    signature = hmac.new(b"signing-key", f"{stamp}a-token".encode(), hashlib.sha256).hexdigest()
    form = {"timestamp": stamp, "token": "a-token", "signature": signature, "recipient": to, "sender": nora.email}
    form = urlencode(form | {"body-mime": message.as_string()})
    sent = client.post(URL, form, content_type="application/x-www-form-urlencoded", headers=basic(SECRET))
    assert sent.status_code == 200
    assert Message.objects.get().text == "Ten is fine."


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
