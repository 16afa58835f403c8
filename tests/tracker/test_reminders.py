"""Reminders: one mail on the morning of the day, where the person lives."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail

from jobboard.tracker import tasks
from jobboard.tracker.models import Tracked
from tests.factories import make_posting

pytestmark = pytest.mark.django_db
SEVEN_IN_NEW_YORK = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def kept(carl, harbor):
    posting = make_posting(title="Spine coder", employer=harbor, at=SEVEN_IN_NEW_YORK)
    return Tracked.objects.create(
        user=carl,
        posting=posting,
        title=posting.title,
        employer_name="Harbor Coding",
        saved_at=SEVEN_IN_NEW_YORK - 48 * HOUR,
        next_step="Send the coding test",
        remind_on=date(2026, 3, 2),
    )


def test_it_comes_in_the_morning_once(kept):
    assert kept.remind(SEVEN_IN_NEW_YORK - HOUR) is False
    assert kept.remind(SEVEN_IN_NEW_YORK) is True
    assert kept.remind(SEVEN_IN_NEW_YORK + HOUR) is False
    (message,) = mail.outbox
    assert message.subject == "Reminder: Send the coding test (Spine coder)"
    assert message.to == ["carl@example.org"]
    assert f"/me/jobs/{kept.posting_id}/" in message.body
    assert "The job is open" in message.body


def test_it_says_when_the_job_is_gone(kept):
    type(kept.posting).objects.update(closed_at=SEVEN_IN_NEW_YORK, outcome="cancelled")
    kept.remind(SEVEN_IN_NEW_YORK)
    assert "takes no applications any more" in mail.outbox[0].body


def test_the_morning_is_where_the_person_lives(kept, carl):
    carl.time_zone = "Pacific/Honolulu"
    carl.save()
    kept.refresh_from_db()
    assert kept.remind(SEVEN_IN_NEW_YORK) is False
    assert kept.remind(SEVEN_IN_NEW_YORK + 5 * HOUR) is True


def test_a_new_day_reminds_again(kept):
    kept.remind(SEVEN_IN_NEW_YORK)
    kept.refresh_from_db()
    kept.remind_on = date(2026, 3, 9)
    kept.keep()
    assert kept.remind(SEVEN_IN_NEW_YORK + 7 * 24 * HOUR) is True
    assert len(mail.outbox) == 2


def test_a_changed_note_does_not_remind_again(kept):
    kept.remind(SEVEN_IN_NEW_YORK)
    kept.refresh_from_db()
    kept.note = "Sent it"
    kept.keep()
    assert kept.remind(SEVEN_IN_NEW_YORK + HOUR) is False


def test_a_day_that_was_moved_meanwhile_is_not_told_of(kept):
    Tracked.objects.update(remind_on=date(2026, 3, 9))
    assert kept.remind(SEVEN_IN_NEW_YORK) is False


def test_the_task_mails_what_is_due(kept):
    assert tasks.remind() == 1
    assert tasks.remind() == 0
    assert len(mail.outbox) == 1
