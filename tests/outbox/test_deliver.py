"""Delivery: once, by one worker, again after a failure, and given up at last."""

from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from jobboard.outbox.models import OutgoingMail
from jobboard.outbox.tasks import FAILURES_IN_A_ROW, deliver, sweep, sweep_at
from tests.outbox.conftest import NOON

pytestmark = pytest.mark.django_db


class Down(BaseEmailBackend):
    """A mail server that refuses."""

    def send_messages(self, _messages):
        raise ConnectionRefusedError("mail server is down")


class Silent(BaseEmailBackend):
    """A transport that takes nothing and says nothing."""

    def send_messages(self, _messages):
        return 0


@pytest.fixture
def mail_server_down(settings, mail_dir):
    settings.MAILERS |= {"transport": {"BACKEND": "tests.outbox.test_deliver.Down"}}


def test_one_step_hands_over_one_message_and_empties_it(stored, mail_dir):
    mail = stored()
    stored("Another", at=NOON + timedelta(seconds=1))
    assert OutgoingMail.objects.deliver_next(NOON) == mail
    mail.refresh_from_db()
    assert (mail.sent_at, mail.content) == (NOON, None)
    assert [path.name for path in mail_dir.iterdir()] == [f"{mail.pk}.eml"]
    mime = message_from_bytes((mail_dir / f"{mail.pk}.eml").read_bytes(), policy=policy.default)
    assert mime["To"] == "Nora Vance <nora@coders.example>"
    assert mime.get_body(("plain",)).get_content() == "It was received.\n"
    assert "<p>It was received.</p>" in mime.get_body(("html",)).get_content()


def test_nothing_due_is_no_work(mail_dir):
    assert OutgoingMail.objects.deliver_next(NOON) is None
    assert sweep_at(NOON) == 0


def test_a_delivered_message_is_not_delivered_again(stored, mail_dir):
    mail = stored()
    assert deliver(str(mail.pk)) is True
    assert deliver(str(mail.pk)) is False


def test_delivering_the_same_message_twice_writes_over_its_file(stored, mail_dir):
    """What happens when a worker dies between the transport's yes and the commit."""
    mail = stored()
    content = mail.content
    assert deliver(str(mail.pk))
    first = (mail_dir / f"{mail.pk}.eml").read_bytes()
    OutgoingMail.objects.update(sent_at=None, content=content)
    assert deliver(str(mail.pk))
    assert len(list(mail_dir.iterdir())) == 1
    assert _message_id(first) == _message_id((mail_dir / f"{mail.pk}.eml").read_bytes())


def _message_id(data):
    return message_from_bytes(data, policy=policy.default)["Message-ID"]


@pytest.mark.parametrize("transport", ["Down", "Silent"])
def test_a_failed_try_is_kept_and_tried_again_after_a_pause(settings, stored, transport):
    settings.MAILERS |= {"transport": {"BACKEND": f"tests.outbox.test_deliver.{transport}"}}
    mail = stored()
    assert OutgoingMail.objects.deliver_next(NOON) == mail
    mail.refresh_from_db()
    assert (mail.tries, mail.retry_at, mail.sent_at) == (1, NOON + timedelta(minutes=1), None)
    assert mail.error.startswith("ConnectionRefusedError: mail server is down" if transport == "Down" else "OSError")
    assert OutgoingMail.objects.deliver_next(NOON + timedelta(seconds=59)) is None
    settings.MAILERS |= {"transport": {"BACKEND": "jobboard.outbox.files.MailFiles"}}
    assert OutgoingMail.objects.deliver_next(NOON + timedelta(seconds=60)) == mail
    mail.refresh_from_db()
    assert mail.sent_at
    assert mail.error == ""


@pytest.mark.usefixtures("mail_server_down")
def test_after_the_last_try_it_is_given_up_and_a_person_can_start_it_again(stored):
    mail = stored()
    at, tries = NOON, 0
    while OutgoingMail.objects.deliver_next(at):
        at, tries = at + timedelta(days=2), tries + 1
    mail.refresh_from_db()
    assert tries == len(OutgoingMail.RETRY_AFTER) + 1
    assert mail in OutgoingMail.objects.given_up()
    assert mail not in OutgoingMail.objects.waiting()
    assert mail.start_again() is True
    assert mail.start_again() is False
    assert OutgoingMail.objects.due(NOON).get() == mail


def test_the_sweep_delivers_the_oldest_first(stored, mail_dir):
    young, old = stored("Young"), stored("Old", at=NOON - timedelta(hours=1))
    assert sweep() == 2
    young.refresh_from_db()
    old.refresh_from_db()
    assert sorted(path.stem for path in mail_dir.iterdir()) == sorted([str(young.pk), str(old.pk)])


@pytest.mark.usefixtures("mail_server_down")
def test_the_sweep_stops_when_the_mail_server_is_down(stored):
    for _ in range(FAILURES_IN_A_ROW + 2):
        stored()
    assert sweep_at(NOON) == FAILURES_IN_A_ROW
    assert OutgoingMail.objects.filter(tries=0).count() == 2


def test_what_was_settled_long_ago_is_forgotten_and_what_waits_is_not(stored, mail_server_down):
    long_ago = NOON - OutgoingMail.KEPT - timedelta(days=1000)
    sent, waiting, recent = stored("Sent", at=long_ago), stored("Waits", at=long_ago), stored("Recent")
    OutgoingMail.objects.filter(pk__in=[sent.pk, recent.pk]).update(sent_at=NOON, content=None)
    OutgoingMail.objects.settled_before(NOON - OutgoingMail.KEPT).delete()
    assert set(OutgoingMail.objects.all()) == {waiting, recent}


def test_due_messages_are_found_by_an_index(stored, django_assert_num_queries):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    assert "outgoing_mail_waiting" in OutgoingMail.objects.due(NOON)[:1].explain()
