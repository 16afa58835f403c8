"""The figures as a team reads them: right, theirs alone, drawn and as tables and files."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from jobboard.applications.models import Application
from jobboard.statistics.models import DayCount, today
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


@pytest.fixture
def counts(posting, carl):
    """Eleven views by seven readers in a month, and one application."""
    day = today(timezone.now())
    for days, source, host, views, readers, clicks in (
        (0, "search", "", 5, 3, 1),
        (1, "search", "", 3, 2, 0),
        (1, "external", "www.search.example", 2, 1, 1),
        (10, "alert", "", 1, 1, 0),
        (40, "direct", "", 100, 50, 9),
    ):
        DayCount.objects.create(
            posting=posting,
            day=day - timedelta(days=days),
            source=source,
            host=host,
            views=views,
            readers=readers,
            clicks=clicks,
        )
    Application.objects.create(
        posting=posting,
        candidate=carl,
        sent_at=timezone.now(),
        moved_at=timezone.now(),
        resume="resumes/none",
        profile={},
        consent="Yes.",
        posting_facts=[],
        posting_title="x",
        source="external",
        source_host="www.search.example",
    )


def test_a_posting_has_its_totals_days_and_sources(as_, olga, posting, counts):
    page = as_(olga).get(f"/hiring/postings/{posting.pk}/statistics/")
    assert vars(page.context["figures"].total) == {"views": 11, "readers": 7, "clicks": 2, "applications": 1}
    by_source = {name: vars(tally) for name, tally in page.context["sources"]}
    assert by_source["Job search here"] == {"views": 8, "readers": 5, "clicks": 1, "applications": 0}
    assert by_source["www.search.example"] == {"views": 2, "readers": 1, "clicks": 1, "applications": 1}
    assert list(by_source) == ["Job search here", "www.search.example", "Alert mail"]
    days = page.context["days"]
    assert len(days) == 30
    assert vars(days[0][1]) == {"views": 5, "readers": 3, "clicks": 1, "applications": 1}
    assert "<svg" in page.text
    assert "What is counted, and what is not" in page.text


@pytest.mark.parametrize(("days", "length"), [("7", 7), ("90", 90), ("", 30), ("8", 30), ("x", 30), ("-7", 30)])
def test_the_period_is_one_of_three(as_, olga, posting, counts, days, length):
    page = as_(olga).get(f"/hiring/postings/{posting.pk}/statistics/?days={days}")
    assert page.context["period"].length == length
    assert page.context["figures"].total.views == {7: 10, 30: 11, 90: 111}[length]


def test_an_employer_has_all_its_postings(as_, olga, harbor, posting, counts):
    make_posting(employer=harbor, title="Unread coder")
    make_posting("draft", employer=harbor, title="Draft coder")
    make_posting(title="Elsewhere coder")
    page = as_(olga).get("/hiring/statistics/")
    rows = {each.title: vars(tally) for each, tally in page.context["rows"]}
    assert rows == {
        "Spine coder": {"views": 11, "readers": 7, "clicks": 2, "applications": 1},
        "Unread coder": {"views": 0, "readers": 0, "clicks": 0, "applications": 0},
    }
    assert page.context["figures"].total.views == 11


def test_every_role_of_the_team_reads_them(as_, olga, rita, victor, posting, counts):
    for person in (olga, rita, victor):
        assert as_(person).get(f"/hiring/postings/{posting.pk}/statistics/").status_code == 200
        assert as_(person).get("/hiring/statistics/?employer=harbor-coding").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/hiring/postings/{}/statistics/",
        "/hiring/postings/{}/statistics.csv",
        "/hiring/statistics/?employer=harbor-coding",
        "/hiring/statistics.csv?employer=harbor-coding",
    ],
)
def test_nobody_else_does(as_, client, carl, rosa, olga, posting, address):
    address = address.format(posting.pk)
    assert as_(rosa).get(address).status_code == 404
    assert as_(carl).get(address).status_code in (302, 404)
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_(olga).post(address).status_code == 405


def test_who_is_on_no_team_is_led_to_the_start(as_, carl):
    assert as_(carl).get("/hiring/statistics/")["Location"] == "/hiring/"


def test_the_days_as_a_file(as_, olga, posting, counts):
    response = as_(olga).get(f"/hiring/postings/{posting.pk}/statistics.csv?days=7")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == f'attachment; filename="posting-{posting.pk}-by-day.csv"'
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[0] == ["Day", "Views", "Readers", "Apply clicks", "Applications"]
    assert len(rows) == 8
    assert rows[-1] == [today(timezone.now()).isoformat(), "5", "3", "1", "1"]


@pytest.mark.parametrize("title", ["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1"])
def test_no_cell_is_run_by_a_spreadsheet(as_, olga, harbor, title):
    make_posting(employer=harbor, title=title)
    response = as_(olga).get("/hiring/statistics.csv")
    rows = list(csv.reader(StringIO(response.content.decode("utf-8-sig"))))
    assert rows[1][1] == f"'{title}"


def test_the_teams_pages_lead_there(as_, olga, posting, counts):
    assert "/hiring/statistics/?employer=harbor-coding" in as_(olga).get("/hiring/").text
    page = as_(olga).get(f"/hiring/postings/{posting.pk}/").text
    assert "11 views by 7 readers in the last 30 days" in page
    assert f"/hiring/postings/{posting.pk}/statistics/" in page


def test_more_postings_cost_no_more_queries(as_, olga, harbor, posting, counts, django_assert_num_queries):
    browser = as_(olga)
    with django_assert_num_queries(10):
        browser.get("/hiring/statistics/")
    for _ in range(8):
        other = make_posting(employer=harbor)
        DayCount.objects.create(posting=other, day=today(timezone.now()), source="feed", views=1)
    with django_assert_num_queries(10):
        browser.get("/hiring/statistics/")
