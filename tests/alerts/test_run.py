"""What a saved search tells of: what is new, once, in one mail, and to people who can be reached."""

import threading
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, connection, transaction

from jobboard.alerts.mails import NAMED
from jobboard.alerts.models import Delivery, SavedBefore, SavedSearch
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.alerts.conftest import DAY, HOUR, MINUTE, NOON
from tests.factories import make_posting

pytestmark = pytest.mark.django_db
NEW_YORK = ZoneInfo("America/New_York")


def told():
    return [message.subject for message in mail.outbox]


def test_one_mail_tells_of_all_that_is_new_and_fits(keep, publish):
    search = keep("specialty=spine")
    first = publish(NOON + HOUR, specialties=["spine"], title="Spine coder")
    second = publish(NOON + 2 * HOUR, specialties=["spine"], title="Neurosurgery coder")
    publish(NOON + HOUR, specialties=["urology"])
    assert search.run(NOON + 3 * HOUR) is True
    assert told() == ["2 new jobs: Spine work"]
    assert set(search.deliveries.values_list("posting", flat=True)) == {first.pk, second.pk}
    body = mail.outbox[0].body
    assert body.index("Neurosurgery coder") < body.index("Spine coder")


def test_nothing_new_is_no_mail(keep, publish):
    search = keep("specialty=spine", frequency="daily")
    publish(NOON + HOUR, specialties=["urology"])
    assert search.run(NOON + 3 * DAY) is True
    assert mail.outbox == []


def test_the_same_posting_is_told_of_once(keep, publish):
    search = keep()
    posting = publish(NOON + HOUR)
    search.run(NOON + 2 * HOUR)
    Posting.objects.filter(pk=posting.pk).update(edited_at=NOON + 3 * HOUR, title="Changed")
    search.run(NOON + 5 * HOUR)
    search.run(NOON + 5 * DAY)
    assert len(mail.outbox) == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        Delivery.objects.create(search=search, posting=posting, at=NOON)


def test_what_was_published_before_the_search_was_saved_is_never_told_of(keep, publish):
    publish(NOON - MINUTE)
    search = keep()
    search.run(NOON + 2 * DAY)
    assert mail.outbox == []
    assert not search.deliveries.exists()


@pytest.mark.parametrize(
    "stands", [State.DRAFT, State.SUBMITTED, State.SENT_BACK, State.HELD, State.CLOSED, State.EXPIRED]
)
def test_what_is_not_live_is_not_told_of(keep, stands):
    search = keep(at=NOON - 10 * DAY)
    make_posting(stands, at=NOON)
    search.run(NOON)
    assert mail.outbox == []


def test_a_suspended_employers_posting_is_not_told_of(keep, publish):
    search, posting = keep(), publish(NOON + HOUR)
    posting.employer.suspend(NOON + HOUR)
    search.run(NOON + 2 * HOUR)
    assert mail.outbox == []


def test_what_is_released_from_a_hold_is_told_of_then(keep, publish):
    search, posting = keep(), publish(NOON + HOUR)
    Posting.objects.update(held_at=NOON + HOUR, held_reason="Asked for a check.")
    search.run(NOON + 2 * HOUR)
    Posting.objects.update(held_at=None, held_reason="")
    search.run(NOON + 4 * HOUR)
    assert list(search.deliveries.values_list("posting", flat=True)) == [posting.pk]


def test_a_posting_that_becomes_visible_late_is_told_of(keep, publish):
    """A transaction that commits after a run that began after its moment of publication."""
    search = keep()
    at = NOON + 3 * HOUR
    search.run(at)
    publish(at - MINUTE / 2)
    assert search.run(at + MINUTE) is True
    assert len(mail.outbox) == 1


def test_many_are_named_up_to_a_limit_and_the_mail_says_so(keep, publish):
    search = keep()
    for number in range(NAMED + 3):
        publish(NOON + HOUR + number * MINUTE, title=f"Job number {number:02}")
    search.run(NOON + 2 * HOUR)
    (message,) = mail.outbox
    assert message.subject == f"{NAMED + 3} new jobs: Spine work"
    for body in (message.body, message.alternatives[0][0]):
        assert body.count("Job number") == NAMED
        assert "Job number 02" not in body
        assert "The other 3 are not in this mail and not in the next one either" in body
    assert search.deliveries.count() == NAMED + 3
    search.run(NOON + 2 * DAY)
    assert len(mail.outbox) == 1


def test_it_asks_the_same_of_the_database_however_many_are_new(keep, publish, django_assert_max_num_queries):
    search = keep("q=coder&credential=CPC")
    for number in range(30):
        publish(NOON + HOUR + number * MINUTE, credentials_required=["CPC"])
    with django_assert_max_num_queries(9):
        search.run(NOON + 2 * HOUR)
    assert len(mail.outbox) == 1


def test_paused_searches_are_not_due(keep, publish):
    search = keep()
    publish(NOON + HOUR)
    search.pause(NOON + HOUR)
    assert search.run(NOON + 2 * HOUR) is False
    assert mail.outbox == []


def test_what_came_during_a_pause_and_is_still_open_comes_with_the_next_mail(keep, publish):
    search = keep(frequency="daily")
    search.pause(NOON)
    posting = publish(NOON + DAY)
    search.resume(NOON + 5 * DAY)
    search.run(NOON + 6 * DAY)
    assert list(search.deliveries.values_list("posting", flat=True)) == [posting.pk]


def test_people_who_cannot_be_reached_get_no_mail(keep, publish, ada):
    search = keep()
    publish(NOON + HOUR)
    EmailAddress.objects.update(verified=False)
    assert search.run(NOON + 2 * HOUR) is False
    EmailAddress.objects.update(verified=True)
    ada.is_active = False
    ada.save()
    assert search.run(NOON + 2 * HOUR) is False
    ada.is_active, ada.email = True, "new@coders.example"  # not verified yet
    ada.save()
    assert search.run(NOON + 2 * HOUR) is False
    assert mail.outbox == []


def test_a_query_that_is_not_understood_any_more_finds_nothing(keep, publish):
    """Rather no mail than every job: what a search cannot read narrows nothing."""
    search = keep("specialty=alchemy")
    publish(NOON + HOUR)
    assert search.run(NOON + 2 * HOUR) is True
    assert mail.outbox == []


def test_a_changed_query_starts_anew(keep, publish):
    search = keep("specialty=spine")
    publish(NOON + HOUR, specialties=["urology"])
    search.change(NOON + 2 * HOUR, "specialty=urology")
    new = publish(NOON + 3 * HOUR, specialties=["urology"])
    search.run(NOON + 4 * HOUR)
    assert list(search.deliveries.values_list("posting", flat=True)) == [new.pk]


def test_the_same_search_is_kept_once(keep):
    kept = keep("specialty=spine")
    with pytest.raises(SavedBefore) as before:
        keep("specialty=spine")
    assert before.value.search == kept


# --- Turns ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("frequency", "at", "turn"),
    [
        ("daily", datetime(2026, 3, 2, 6, 0, tzinfo=NEW_YORK), datetime(2026, 3, 2, 7, 0, tzinfo=NEW_YORK)),
        ("daily", datetime(2026, 3, 2, 7, 0, tzinfo=NEW_YORK), datetime(2026, 3, 3, 7, 0, tzinfo=NEW_YORK)),
        ("daily", datetime(2026, 3, 7, 12, 0, tzinfo=NEW_YORK), datetime(2026, 3, 8, 7, 0, tzinfo=NEW_YORK)),  # DST
        ("weekly", datetime(2026, 3, 2, 6, 0, tzinfo=NEW_YORK), datetime(2026, 3, 2, 7, 0, tzinfo=NEW_YORK)),
        ("weekly", datetime(2026, 3, 2, 8, 0, tzinfo=NEW_YORK), datetime(2026, 3, 9, 7, 0, tzinfo=NEW_YORK)),
        ("weekly", datetime(2026, 3, 4, 8, 0, tzinfo=NEW_YORK), datetime(2026, 3, 9, 7, 0, tzinfo=NEW_YORK)),
        ("at-once", NOON, NOON + HOUR),
    ],
)
def test_the_next_turn_keeps_the_hour_in_the_owners_zone(keep, frequency, at, turn):
    assert keep(frequency=frequency).turn_after(at) == turn


def test_after_a_long_downtime_there_is_one_digest(keep, publish):
    search = keep(frequency="daily")
    for day in range(1, 9):
        publish(NOON + day * DAY)
    late = NOON + 10 * DAY
    assert search.run(late) is True
    assert search.run(late + MINUTE) is False
    assert told() == ["8 new jobs: Spine work"]
    search.refresh_from_db()
    assert search.next_run_at == datetime(2026, 3, 13, 7, 0, tzinfo=NEW_YORK)


def test_daily_searches_wait_for_their_turn(keep, publish):
    search = keep(frequency="daily")
    publish(NOON + HOUR)
    assert search.run(NOON + 2 * HOUR) is False
    assert search.run(NOON + DAY) is True


def test_at_once_means_when_something_was_published_and_hourly_at_the_latest(keep, publish):
    search = keep()
    assert search.run(NOON + 30 * MINUTE) is False
    publish(NOON + 31 * MINUTE)
    assert search.run(NOON + 32 * MINUTE) is True
    assert len(mail.outbox) == 1
    assert search.run(NOON + 50 * MINUTE) is False
    assert search.run(NOON + 92 * MINUTE) is True
    assert len(mail.outbox) == 1


def test_where_nothing_is_due_no_search_is_looked_at(ada):
    """Both ways of being due are read from an index, not from every search."""
    columns = {"user": ada, "name": "x", "created_at": NOON, "since": NOON, "last_run_at": NOON}
    ways = ["at-once", "daily"]
    SavedSearch.objects.bulk_create(
        SavedSearch(query=f"q={number}", frequency=ways[number % 2], next_run_at=NOON + HOUR, **columns)
        for number in range(2000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE alerts_savedsearch")
    plan = SavedSearch.objects.due(NOON).explain()
    assert "search_by_turn" in plan
    assert "search_at_once" in plan


# --- Two workers ------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_search_in_one_workers_hands_is_skipped_by_the_other(keep, publish, monkeypatch):
    search = keep()
    publish(NOON + HOUR)
    reached, opened = threading.Event(), threading.Event()
    tell = SavedSearch._tell

    def slow(self, at):
        reached.set()
        assert opened.wait(30)
        tell(self, at)

    monkeypatch.setattr(SavedSearch, "_tell", slow)

    def first_worker():
        search.run(NOON + 2 * HOUR)
        connection.close()

    thread = threading.Thread(target=first_worker)
    thread.start()
    assert reached.wait(30)
    assert search.run(NOON + 2 * HOUR) is False
    opened.set()
    thread.join(30)
    assert search.run(NOON + 2 * HOUR + MINUTE / 2) is False
    assert len(mail.outbox) == 1


def test_a_failure_on_the_way_leaves_it_due(keep, publish, monkeypatch):
    search = keep()
    publish(NOON + HOUR)

    def fail(*args):
        raise OSError("no template")

    with monkeypatch.context() as broken:
        broken.setattr("jobboard.alerts.mails.digest", fail)
        with pytest.raises(OSError, match="no template"), transaction.atomic():
            search.run(NOON + 2 * HOUR)
    assert not search.deliveries.exists()
    assert search.run(NOON + 2 * HOUR) is True
    assert len(mail.outbox) == 1
