"""A mail 90, 30 and 7 days before a date, each once, however many workers there are."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier
from unittest import mock

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connections

from accounts.models import Credential, Profile
from jobboard.outbox.models import OutgoingMail
from jobboard.reminders import tasks
from jobboard.reminders.models import Reminder, due, remind
from tests.factories import make_user
from tests.reminders.conftest import EXPIRY, noon

pytestmark = pytest.mark.django_db


def before(days):
    return EXPIRY - timedelta(days)


def test_each_stage_is_told_once(cpc, run):
    sent = [days for days in range(120, -5, -1) if run(before(days))]

    assert sent == [90, 30, 7]
    assert [message.subject for message in mail.outbox] == [
        "CPC: it expires in 90 days",
        "CPC: it expires in 30 days",
        "CPC: it expires in 7 days",
    ]


def test_the_mail_says_what_when_where_and_how_to_stop(cpc, run):
    cpc.ceu_note = "36 needed, 22 done"
    cpc.save()
    run(before(30))

    message = mail.outbox[0]
    assert message.to == ["ann@example.com"]
    for words in ("Expires in 30 days, on May 31, 2026", "36 needed, 22 done", "https://www.aapc.com/", "/me/"):
        assert words in message.body
    assert message.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message.extra_headers["List-Unsubscribe"].strip("<>") in message.body


def test_several_dates_come_in_one_mail(cpc, profile, run):
    Credential.objects.create(profile=profile, abbreviation="COC", expires=EXPIRY, ceu_due=before(2))

    assert run(before(7)) == 1

    assert [message.subject for message in mail.outbox] == ["COC: CEUs are due in 5 days, and 2 more"]
    assert Reminder.objects.count() == 3


def test_a_missed_stage_is_not_made_up_for(cpc, run):
    assert [days for days in range(20, -1, -1) if run(before(days))] == [20, 7]


def test_days_without_a_worker_lose_nothing(cpc, run):
    assert run(before(90))
    assert run(before(25))
    assert run(before(3))
    assert run(EXPIRY) == 0


def test_the_last_day_is_told_of_and_no_day_after(cpc, run):
    assert run(EXPIRY)
    assert "today" in mail.outbox[0].subject
    Reminder.objects.all().delete()
    assert not run(EXPIRY + timedelta(1))


def test_a_renewed_one_is_told_of_anew(cpc, run):
    run(before(30))
    cpc.expires = date(2028, 5, 31)
    cpc.save()

    assert not run(before(29))
    assert run(date(2028, 5, 10))


@pytest.mark.parametrize("stopped", ["reminders", "inactive", "unverified", "gone"])
def test_whoever_is_not_to_be_told_is_not(cpc, ann, profile, run, stopped):
    match stopped:
        case "reminders":
            profile.stop_reminders()
        case "inactive":
            ann.is_active = False
            ann.save()
        case "unverified":
            EmailAddress.objects.update(verified=False)
        case "gone":
            ann.delete()

    assert not run(before(30))
    assert not mail.outbox


def test_nothing_due_is_one_question(cpc, django_assert_num_queries):
    with django_assert_num_queries(1):
        assert not list(due(before(200)))


@pytest.mark.django_db(transaction=True)
def test_parallel_workers_send_one_mail(cpc, profile):
    start = Barrier(5)

    def work(_):
        start.wait(30)
        try:
            return remind(profile.pk, noon(before(30)))
        finally:
            connections.close_all()

    with ThreadPoolExecutor(5) as pool:
        assert sorted(pool.map(work, range(5))) == [False] * 4 + [True]
    assert Reminder.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_mail_that_cannot_be_stored_stays_due(cpc, profile):
    with mock.patch("jobboard.reminders.mails.send", side_effect=OSError), pytest.raises(OSError):  # noqa: PT011
        remind(profile.pk, noon(before(30)))

    assert not Reminder.objects.exists()
    assert remind(profile.pk, noon(before(30)))


def test_the_task_hands_out_and_one_failure_stops_nobody(monkeypatch):
    today = date.today()  # noqa: DTZ011 - far from midnight or a day late, it is due all the same
    for name in ("one@example.com", "two@example.com"):
        profile = Profile.objects.create(user=make_user(name))
        Credential.objects.create(profile=profile, abbreviation="CPC", expires=today + timedelta(20))
    broken = Profile.objects.first().pk
    monkeypatch.setattr(tasks, "remind", lambda pk, at: 1 / 0 if pk == broken else remind(pk, at))
    monkeypatch.setattr(tasks.remind_people, "apply_async", lambda args, **_: tasks.remind_people(*args))

    assert tasks.remind_due() == 2
    assert len(mail.outbox) == 1


def test_it_goes_through_the_outbox(cpc, run, settings):
    settings.MAILERS = settings.MAILERS | {"default": {"BACKEND": "jobboard.outbox.backend.OutboxBackend"}}
    run(before(30))
    assert OutgoingMail.objects.count() + len(mail.outbox) == 1
