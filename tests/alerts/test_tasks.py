"""What beat asks: which searches are due, handed out in batches, none held up by another."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from jobboard.alerts import tasks
from jobboard.alerts.models import SavedSearch
from jobboard.alerts.tasks import run_due, run_searches
from tests.alerts.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def handed_out(monkeypatch):
    """The batches that were given to the broker, which is not there."""
    batches = []
    monkeypatch.setattr(tasks.run_searches, "apply_async", lambda args, **options: batches.append((args[0], options)))
    return batches


@pytest.fixture
def yesterday():
    return timezone.now() - DAY


def test_what_is_due_is_handed_out_in_batches(handed_out, keep, yesterday, monkeypatch):
    monkeypatch.setattr(tasks, "BATCH", 2)
    due = [keep(f"q=word{number}", at=yesterday) for number in range(5)]
    keep("q=other", at=timezone.now(), frequency="weekly")
    assert run_due() == 5
    assert [len(batch) for batch, _ in handed_out] == [2, 2, 1]
    assert sorted(pk for batch, _ in handed_out for pk in batch) == [search.pk for search in due]
    assert {options["expires"] for _, options in handed_out} == {60}  # the next minute asks again


def test_nothing_due_is_one_question_to_the_database(handed_out, keep, django_assert_num_queries):
    for number in range(5):
        keep(f"q=word{number}", at=timezone.now(), frequency="daily")
    with django_assert_num_queries(1):
        assert run_due() == 0
    assert handed_out == []


def test_a_batch_is_run_and_again_is_no_work(keep, publish, yesterday):
    searches = [keep(f"{query}", at=yesterday) for query in ("q=coder", "specialty=spine")]
    publish(timezone.now() - timedelta(minutes=5))
    pks = [search.pk for search in searches]
    assert run_searches(pks) == 2
    assert run_searches(pks) == 0
    assert run_searches([999_999]) == 0
    assert len(mail.outbox) == 1


def test_one_that_fails_does_not_hold_up_the_others(keep, publish, yesterday, monkeypatch, caplog):
    broken, good = keep("q=coder", at=yesterday, name="Broken"), keep("", at=yesterday)
    publish(timezone.now() - timedelta(minutes=5))
    digest = tasks.SavedSearch._tell

    def fail(self, at):
        if self.name == "Broken":
            raise OSError("no template")
        digest(self, at)

    monkeypatch.setattr(SavedSearch, "_tell", fail)
    assert run_searches([broken.pk, good.pk]) == 1
    assert "no template" in caplog.text
    assert broken in SavedSearch.objects.due(timezone.now())
    assert len(mail.outbox) == 1
