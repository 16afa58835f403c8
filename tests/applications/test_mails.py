"""Every mail has a subject, a text and an HTML part that say the same, and none holds what was sent."""

import pytest
from django.core import mail

from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db


@pytest.fixture
def mails(nora, olga, vic, send, settings):
    """All mails of one application: sent, put into each state, withdrawn."""
    settings.SITE_URL = "https://codeharbor.example"
    application = send(nora, name="Nora\nVance")
    seen = "new"
    for state in ("reviewed", "interview", "offer", "hired", "declined"):
        application.move(NOON, olga, state, seen)
        seen = state
    application.withdraw(NOON)
    return mail.outbox


def test_each_has_text_and_html_with_the_same_way_back(mails):
    assert len(mails) == 9
    for message in mails:
        html, kind = message.alternatives[0]
        assert kind == "text/html"
        for body in (message.body, html):
            assert "Spine surgery coder" in body
            assert "https://codeharbor.example/" in body
        assert "\n" not in message.subject
        assert "{" not in message.body


def test_none_holds_the_letter_or_the_resume(mails):
    for message in mails:
        assert not message.attachments
        assert "spine notes" not in message.body + message.alternatives[0][0]


def test_names_are_text_in_html_and_plain_in_text(nora, olga, send):
    send(nora, name="Nora <b>O'Hara</b> & Co")
    (message,) = [message for message in mail.outbox if message.to == ["olga@harbor.example"]]
    assert "Nora <b>O'Hara</b> & Co" in message.body
    assert message.subject == "Nora <b>O'Hara</b> & Co applied: Spine surgery coder"
    assert "<b>O" not in message.alternatives[0][0]


def test_only_those_of_the_team_who_decide_and_can_sign_in_are_told(nora, olga, rex, vic, send):
    rex.is_active = False
    rex.save()
    send(nora)
    assert {message.to[0] for message in mail.outbox} == {"nora@coders.example", "olga@harbor.example"}
