"""Two workers and one message: the row's lock lets only one of them have it."""

import threading

import pytest
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection

from jobboard.outbox.models import OutgoingMail
from tests.outbox.conftest import NOON


class Gate(BaseEmailBackend):
    """A transport that waits in the middle of a hand-over until the test opens it."""

    reached = threading.Event()
    opened = threading.Event()
    taken: list[str] = []

    def send_messages(self, email_messages):
        self.taken.append(email_messages[0].subject)
        self.reached.set()
        assert self.opened.wait(30)
        return 1


@pytest.mark.django_db(transaction=True)
def test_a_message_in_one_workers_hands_is_skipped_by_the_other(settings, stored):
    settings.MAILERS |= {"transport": {"BACKEND": "tests.outbox.test_two_workers.Gate"}}
    mail = stored()

    def first_worker():
        OutgoingMail.objects.deliver_next(NOON)
        connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    assert Gate.reached.wait(30)
    assert OutgoingMail.objects.deliver_next(NOON) is None
    assert OutgoingMail.objects.deliver_next(NOON, only=mail.pk) is None
    Gate.opened.set()
    thread.join(30)
    assert Gate.taken == ["Your application"]
    mail.refresh_from_db()
    assert mail.sent_at == NOON
