"""A real worker on a real broker, killed in the middle of its work: each person gets one mail, each posting once.

The brakes (tests/alerts/worker.py) hold the worker at a step, SIGKILL ends it and its processes there, and another
worker goes on as it would after a restart, with what beat asks every minute.
"""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import pytest
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from jobboard.alerts.models import Delivery, SavedSearch
from jobboard.outbox.models import OutgoingMail
from jobboard.postings.models import Posting
from tests.alerts.conftest import DAY, MINUTE
from tests.factories import make_posting, make_user

PATIENCE = 90  # seconds; a worker takes some to start on a busy machine


def wait_until(what: str, holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > deadline:
            pytest.fail(f"waited in vain until {what}")
        time.sleep(0.1)


def database_url() -> str:
    """The test database, as another process reaches it."""
    at = connection.settings_dict
    user = quote(at["USER"] or "", safe="") + (f":{quote(at['PASSWORD'], safe='')}" if at["PASSWORD"] else "")
    return f"postgresql://{user}@{quote(at['HOST'], safe='')}:{at['PORT'] or 5432}/{at['NAME']}"


class Workplace:
    """A queue, a mail folder and brakes of one test's own, with the workers that were started there."""

    def __init__(self, folder: Path) -> None:
        self.mail, self.brakes = folder / "mail", folder / "brakes"
        self.brakes.mkdir()
        self.queue = f"test-{uuid4().hex}-"
        self.log = folder / "worker.log"
        self.workers: list[subprocess.Popen] = []
        self.sender = Celery(broker=settings.CELERY_BROKER_URL, set_as_current=False)
        self.sender.conf.task_default_queue = self.queue
        self.sender.conf.broker_transport_options = {"global_keyprefix": self.queue}
        self.env = os.environ | {
            "DATABASE_URL": database_url(),
            "CELERY_BROKER_URL": settings.CELERY_BROKER_URL,
            "VAR_DIR": str(folder),
            "TEST_QUEUE": self.queue,
            "TEST_BRAKES": str(self.brakes),
        }

    def start(self) -> subprocess.Popen:
        """Start a worker in a process group of its own, so that it can be killed with its children."""
        program = [sys.executable, "-m", "celery", "--app", "tests.alerts.worker", "worker"]
        options = ["--concurrency", "1", "--without-gossip", "--without-mingle", "-n", f"{self.queue}@%h"]
        with self.log.open("ab") as log:
            worker = subprocess.Popen(
                [*program, *options], env=self.env, stdout=log, stderr=log, start_new_session=True
            )
        self.workers.append(worker)
        return worker

    def ask(self, task: str, *args: object) -> None:
        """Send a task, as beat or a web process does."""
        self.sender.send_task(task, args)

    def beat(self) -> None:
        """What beat asks every minute."""
        self.ask("jobboard.alerts.tasks.run_due")
        self.ask("jobboard.outbox.tasks.sweep")

    def kill_at(self, step: str) -> None:
        """Let a worker go as far as a step, and kill it there without warning."""
        (self.brakes / step).touch()
        worker = self.start()
        self.beat()
        wait_until(f"the worker is at “{step}”", (self.brakes / f"{step}.reached").exists)
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait(30)
        (self.brakes / step).unlink()

    def letters(self) -> list[EmailMessage]:
        """The mails that went out."""
        files = sorted(self.mail.glob("*.eml")) if self.mail.exists() else []
        return [message_from_bytes(file.read_bytes(), policy=policy.default) for file in files]

    def close(self) -> None:
        """End the workers and forget the queue."""
        for worker in self.workers:
            if worker.poll() is None:
                os.killpg(worker.pid, signal.SIGKILL)
                worker.wait(30)
        with self.sender.connection_for_write() as broker:
            channel = broker.default_channel
            channel.queue_delete(self.queue)
            if hasattr(channel, "client"):  # Redis keeps what the killed worker had taken
                for key in list(channel.client.scan_iter(f"{self.queue}*")):
                    channel.client.delete(key.decode().removeprefix(self.queue))  # it adds the prefix itself
        self.sender.close()


@pytest.fixture
def workplace(transactional_db: None, tmp_path: Path) -> Iterator[Workplace]:
    """Where the workers of this test work."""
    place = Workplace(tmp_path)
    yield place
    place.close()
    if place.log.exists():
        sys.stderr.write(place.log.read_text(errors="replace"))  # shown where the test failed


@pytest.fixture
def people(transactional_db: None) -> list[SavedSearch]:
    """Ada and Bo each keep a search for spine work, since yesterday."""
    searches = []
    for name in ("ada", "bo"):
        search = SavedSearch(
            user=make_user(f"{name}@coders.example"), name="Spine", query="specialty=spine", frequency="at-once"
        )
        search.keep(timezone.now() - DAY)
        searches.append(search)
    return searches


def publish(title: str) -> Posting:
    at = timezone.now() - MINUTE / 2
    dates = {"submitted_at": at, "published_at": at, "approved_at": at, "expires_at": at + 30 * DAY}
    return make_posting(title=title, specialties=["spine"], **dates)


def told_of(letters: list[EmailMessage], postings: list[Posting]) -> set[tuple[str, str]]:
    """Who was told of which posting; fails where somebody was told of one twice."""
    pairs = [
        (letter["To"], posting.title)
        for letter in letters
        for posting in postings
        if posting.title in letter.get_body(("plain",)).get_content()
    ]
    assert len(pairs) == len(set(pairs))
    return set(pairs)


@pytest.mark.parametrize("step", ["after claim", "before transport", "after transport"])
def test_a_killed_worker_loses_nothing_and_doubles_nothing(workplace, people, step):
    postings = [publish("First spine coder"), publish("Second spine coder")]
    workplace.kill_at(step)
    if step == "after claim":  # neither the ledger nor the outbox knows of what was not finished
        assert not Delivery.objects.exists()
        assert not OutgoingMail.objects.exists()
    workplace.start()
    workplace.beat()
    wait_until("all mail is out", lambda: OutgoingMail.objects.exclude(sent_at=None).count() == 2)
    assert Delivery.objects.count() == 4
    assert sorted(letter["To"] for letter in workplace.letters()) == ["ada@coders.example", "bo@coders.example"]

    # Each task comes once more, as the broker hands out again what a killed worker had taken; then there is news.
    for search in people:
        workplace.ask("jobboard.alerts.tasks.run_searches", [search.pk])
    for mail in OutgoingMail.objects.all():
        workplace.ask("jobboard.outbox.tasks.deliver", str(mail.pk))
    workplace.beat()
    postings.append(publish("Third spine coder"))
    workplace.beat()
    wait_until("the news are out", lambda: OutgoingMail.objects.exclude(sent_at=None).count() == 4)
    letters = workplace.letters()
    assert len(letters) == 4
    assert len({letter["Message-ID"] for letter in letters}) == 4
    assert told_of(letters, postings) == {
        (f"{name}@coders.example", posting.title) for name in ("ada", "bo") for posting in postings
    }
