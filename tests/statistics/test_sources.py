"""Where readers come from: a small vocabulary, and no address of anybody's."""

import pytest
from django.core import mail
from django.utils import timezone

from jobboard.alerts.models import SavedSearch
from jobboard.postings.sources import MOST_HOST, Origin, Source, origin
from jobboard.statistics.models import MOST_HOSTS, DayCount
from tests.factories import DAY, make_posting


@pytest.mark.parametrize(
    ("mark", "referrer", "expected"),
    [
        ("", "", Origin(Source.DIRECT)),
        ("alert", "https://mail.example.org/inbox", Origin(Source.ALERT)),
        ("feed", "", Origin(Source.FEED)),
        ("indeed", "https://www.indeed.example/viewjob", Origin(Source.INDEED)),
        ("linkedin", "", Origin(Source.LINKEDIN)),
        ("external", "", Origin(Source.DIRECT)),
        ("nonsense", "https://here.example/jobs/?q=cpc", Origin(Source.SEARCH)),
        ("", "https://here.example/jobs/", Origin(Source.SEARCH)),
        ("", "https://here.example/jobs/12-spine-coder/", Origin(Source.SITE)),
        ("", "https://here.example/codes/cpt/20670/", Origin(Source.CODE)),
        ("", "https://here.example/case2code/?q=x", Origin(Source.CODE)),
        ("", "https://here.example/employers/harbor/", Origin(Source.EMPLOYER)),
        ("", "https://here.example/me/jobs/", Origin(Source.SITE)),
        ("", "https://WWW.Search.example/q?secret=1", Origin(Source.EXTERNAL, "www.search.example")),
        ("", "https://user:secret@other.example:8443/x", Origin(Source.EXTERNAL, "other.example")),
        ("", "android-app://com.example/", Origin(Source.DIRECT)),
        ("", "javascript:alert(1)", Origin(Source.DIRECT)),
        ("", "https://[::1/", Origin(Source.DIRECT)),
        ("", "https://<script>/", Origin(Source.DIRECT)),
        ("", "https://localhost/", Origin(Source.DIRECT)),
    ],
)
def test_it_is_told_by_the_mark_or_the_referrer(mark, referrer, expected):
    assert origin(mark, referrer, "here.example") == expected


def test_a_long_name_fits():
    assert len(origin("", f"https://{'a' * 300}.example/", "here.example").host) <= MOST_HOST


@pytest.mark.django_db
def test_a_beacon_keeps_the_name_of_another_site_alone(beacon):
    beacon(referrer="https://www.search.example/q?secret=1")
    row = DayCount.objects.get()
    assert (row.source, row.host) == ("external", "www.search.example")


@pytest.mark.django_db
def test_made_up_sites_do_not_fill_the_table(beacon):
    for number in range(MOST_HOSTS + 3):
        beacon(referrer=f"https://s{number}.example/")
    assert DayCount.objects.count() == MOST_HOSTS + 1
    assert DayCount.objects.get(host="others").views == 3


@pytest.mark.django_db
def test_links_in_alert_mails_and_feeds_are_marked(client, carl, posting):
    search = SavedSearch(user=carl, name="All", query="")
    search.keep(timezone.now() - 5 * DAY)
    search.run(timezone.now())
    assert f"{posting.get_absolute_url()}?from=alert" in mail.outbox[0].body
    assert f"{posting.get_absolute_url()}?from=feed" in client.get("/feeds/jobs.atom").text
    assert client.get(f"{posting.get_absolute_url()}?from=alert").status_code == 200


@pytest.mark.django_db
def test_the_mark_is_not_in_the_pages_own_address(client):
    posting = make_posting()
    page = client.get(f"{posting.get_absolute_url()}?from=alert").text
    assert "?from=" not in page.split("</head>")[0]
