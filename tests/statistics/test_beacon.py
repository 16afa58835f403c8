"""The beacon: what is counted, by whom, and what is not."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jobboard.statistics import counting
from jobboard.statistics.models import DayCount, DayKey, Mark, today
from jobboard.statistics.tasks import forget_readers
from jobboard.tracker.models import Seen, SeenOff
from tests.factories import make_posting
from tests.statistics.conftest import FIREFOX

pytestmark = pytest.mark.django_db


def counted():
    """Views, readers and clicks of everything."""
    rows = DayCount.objects.values_list("views", "readers", "clicks")
    return tuple(sum(numbers) for numbers in zip(*rows, strict=True)) or (0, 0, 0)


def test_a_view_is_counted_and_nothing_is_said(beacon, posting):
    response = beacon()
    assert response.status_code == 204
    assert response.content == b""
    row = DayCount.objects.get()
    assert (row.posting, row.day, row.source) == (posting, today(timezone.now()), "direct")
    assert counted() == (1, 1, 0)


def test_the_page_sends_it_and_a_get_counts_nothing(client, posting):
    page = client.get(posting.get_absolute_url()).text
    assert f'data-url="/count/" data-posting="{posting.pk}"' in page
    assert "data-apply" in page
    assert counted() == (0, 0, 0)
    assert client.get("/count/").status_code == 405


def test_one_reader_twice_is_two_views(beacon):
    beacon()
    beacon()
    assert counted() == (2, 1, 0)


def test_readers_are_told_apart_by_account_address_and_browser(beacon, as_, carl, nora):
    beacon(as_(carl))
    beacon(as_(carl), {"User-Agent": FIREFOX + "2"})  # the same person elsewhere
    beacon(as_(nora))
    beacon()
    beacon(headers={"User-Agent": FIREFOX + "2"})
    beacon(Client(REMOTE_ADDR="203.0.113.9"))
    assert counted() == (6, 5, 0)


def test_a_click_is_no_view_and_counts_once_for_a_reader_and_day(beacon):
    beacon(kind="apply")
    beacon(kind="apply")
    assert counted() == (0, 0, 1)
    beacon()
    assert counted() == (1, 1, 1)
    beacon(Client(REMOTE_ADDR="203.0.113.9"), kind="apply")
    assert counted() == (1, 1, 2)


class TestNotCounted:
    @pytest.mark.parametrize(
        "headers",
        [
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"},
            {"User-Agent": "python-requests/2.32"},
            {"User-Agent": ""},
        ],
    )
    def test_other_sites_and_programs(self, beacon, headers):
        assert beacon(headers=headers).status_code == 204
        assert counted() == (0, 0, 0)

    def test_a_browser_without_fetch_metadata_by_its_origin(self, posting):
        data = {"posting": posting.pk, "kind": "view"}
        for origin, views in (("http://evil.example", 0), ("null", 0), (None, 0), ("http://testserver", 1)):
            headers = {"User-Agent": FIREFOX} | ({"Origin": origin} if origin else {})
            Client().post("/count/", data, headers=headers)
            assert counted()[0] == views

    def test_the_team_and_staff(self, beacon, as_, olga, victor, stella, rosa):
        for person in (olga, victor, stella):
            beacon(as_(person))
        assert counted() == (0, 0, 0)
        beacon(as_(rosa))
        assert counted() == (1, 1, 0)

    @pytest.mark.parametrize("stands", ["draft", "submitted", "held", "closed", "expired"])
    def test_what_is_not_live(self, beacon, as_, carl, stands):
        other = make_posting(stands)
        beacon(as_(carl), posting=other.pk)
        assert counted() == (0, 0, 0)
        assert not Seen.objects.exists()

    @pytest.mark.parametrize(
        "fields",
        [
            {"posting": "x"},
            {"posting": 10**30},
            {"posting": -1},
            {"posting": 999_999},
            {"kind": "steal"},
            {"mark": "\x00"},
            {"referrer": "a" * 5_000},
        ],
    )
    def test_nonsense(self, beacon, fields):
        assert beacon(**fields).status_code == 204
        assert counted() == (0, 0, 0)

    def test_more_than_a_network_may_send_in_a_minute(self, beacon, monkeypatch):
        monkeypatch.setattr(counting, "MOST_A_MINUTE", 2)
        monkeypatch.setattr(counting, "minute", lambda: "1200")
        for _ in range(4):
            assert beacon().status_code == 204
        assert counted() == (2, 1, 0)
        beacon(Client(REMOTE_ADDR="203.0.113.9"))
        assert counted() == (3, 2, 0)


class TestSeen:
    def test_what_a_person_reads_is_remembered_for_them(self, beacon, as_, carl, posting):
        beacon(as_(carl))
        assert list(Seen.objects.values_list("user", "posting")) == [(carl.pk, posting.pk)]
        assert "Spine coder" in as_(carl).get("/me/jobs/?list=seen").text

    def test_a_guest_is_not(self, beacon):
        beacon()
        assert not Seen.objects.exists()

    def test_nor_who_switched_it_off_but_the_view_counts(self, beacon, as_, carl):
        SeenOff.switch_off(carl, timezone.now())
        beacon(as_(carl))
        assert not Seen.objects.exists()
        assert counted() == (1, 1, 0)


class TestPrivacy:
    def test_nothing_that_names_a_reader_is_kept(self, beacon, as_, carl):
        beacon(as_(carl))
        mark = Mark.objects.get()
        assert len(bytes(mark.reader)) == 16
        assert {field.name for field in DayCount._meta.fields} == {
            *("id", "posting", "day", "source", "host", "views", "readers", "clicks")
        }

    def test_the_next_day_has_another_key_so_nobody_can_be_followed(self):
        at = timezone.now()
        assert DayKey.reader("user 1", at) == DayKey.reader("user 1", at)
        assert DayKey.reader("user 1", at) != DayKey.reader("user 1", at + timedelta(days=1))
        assert DayKey.reader("user 1", at) != DayKey.reader("user 2", at)

    def test_hashes_and_keys_of_past_days_are_thrown_away_and_counts_stay(self, beacon):
        beacon()
        yesterday = today(timezone.now()) - timedelta(days=1)
        for model in (DayCount, DayKey, Mark):
            model.objects.update(day=yesterday)
        beacon()
        assert forget_readers() == 1
        assert Mark.objects.count() == DayKey.objects.count() == 1
        assert counted() == (2, 2, 0)


def test_two_at_once_are_both_counted(beacon):
    for _ in range(3):
        beacon(mark="alert")
    assert DayCount.objects.get(source="alert").views == 3


def test_a_guests_view_costs_few_queries(beacon, django_assert_max_num_queries):
    beacon()
    with django_assert_max_num_queries(4):
        beacon()
