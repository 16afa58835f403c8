"""The feeds that Indeed and LinkedIn fetch: every live posting, by the rules of each, and XML whatever it holds."""

from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from jobboard import chunks
from jobboard.distribution.boards import literal
from jobboard.distribution.openings import Opening, openings
from jobboard.distribution.titles import bare
from jobboard.postings.models import Posting
from jobboard.xml import cdata, writable
from tests.factories import make_employer, make_posting

FEEDS = ["/feeds/indeed.xml", "/feeds/linkedin.xml"]


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    assert response.streaming
    assert response["Content-Type"] == "application/xml; charset=utf-8"
    return response.getvalue().decode()


def jobs(client: Client, address: str) -> list[dict[str, str | None]]:
    root = ElementTree.fromstring(text_of(client, address))  # noqa: S314 - our own output
    assert root.tag == "source"
    return [{each.tag: each.text for each in job} for job in root.findall("job")]


@pytest.mark.django_db
class TestIndeed:
    def test_every_element_that_it_asks_for(self, client: Client) -> None:
        posting = make_posting(
            title="Spine coder - Austin, TX ($30/hr)",
            employer=make_employer("Harbor & Sons"),
            reference="REQ-17",
            workplace="hybrid",
            city="Austin",
            state="TX",
            postal_code="78701",
            years_min=1,
            roles=["coder", "auditor"],
            published_at=datetime(2026, 11, 3, 2, 30, tzinfo=UTC),
            description="Read **spine** notes & more.",
        )
        (job,) = jobs(client, "/feeds/indeed.xml")
        assert job == {
            "title": "Spine coder",
            "date": "2026-11-02T21:30:00-05:00",  # the day that the page names
            "referencenumber": f"{posting.pk}-tx-austin",
            "requisitionid": "REQ-17",
            "url": f"{settings.SITE_URL}{posting.get_absolute_url()}?from=indeed",
            "company": "Harbor & Sons",
            "city": "Austin",
            "state": "TX",
            "country": "US",
            "postalcode": "78701",
            "description": "<p>Read <strong>spine</strong> notes & more.</p>\n",
            "salary": "$30 to $40 per hour",
            "jobtype": "fulltime",
            "category": "Medical coder, Coding auditor",
            "experience": "1 year",
            "remotetype": "Hybrid remote",
        }
        page = client.get(posting.get_absolute_url()).text
        assert "November 2, 2026" in page
        assert job["salary"] in page

    def test_nothing_is_said_that_is_not_known(self, client: Client) -> None:
        make_posting(pay_min=None, pay_max=None, pay_unit="", employment_type="per-diem")
        (job,) = jobs(client, "/feeds/indeed.xml")
        assert not {"salary", "jobtype", "city", "state", "experience"} & set(job)
        assert job["remotetype"] == "Fully remote"

    def test_each_value_is_in_cdata(self, client: Client) -> None:
        make_posting(employer=make_employer("A ]]> B"))
        text = text_of(client, "/feeds/indeed.xml")
        assert "<company><![CDATA[A ]]]]><![CDATA[> B]]></company>" in text
        assert jobs(client, "/feeds/indeed.xml")[0]["company"] == "A ]]> B"


@pytest.mark.django_db
class TestLinkedIn:
    def test_every_element_that_it_asks_for(self, client: Client) -> None:
        posting = make_posting(employer=make_employer("Harbor"), remote_states=["TX"])
        (job,) = jobs(client, "/feeds/linkedin.xml")
        assert job == {
            "partnerJobId": f"{posting.pk}-tx",
            "company": "Harbor",
            "title": "Orthopedic coder",
            "description": posting.description_html,
            "location": "Texas, United States",
            "applyUrl": f"{settings.SITE_URL}{posting.get_absolute_url()}?from=linkedin",
            "posterEmail": "no-reply@codeharbor.example",
            "jobtype": "FULL_TIME",
            "workplaceTypes": "Remote",
        }

    def test_it_says_when_it_was_made(self, client: Client) -> None:
        root = ElementTree.fromstring(text_of(client, "/feeds/linkedin.xml"))  # noqa: S314 - our own output
        assert root.findtext("lastBuildDate").endswith("GMT")
        assert root.findtext("publisher") == settings.SITE_NAME


@pytest.mark.django_db
@pytest.mark.parametrize("address", FEEDS)
class TestBoth:
    def test_all_that_is_live_is_there_in_chunks(
        self,
        client: Client,
        address: str,
        monkeypatch: pytest.MonkeyPatch,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        monkeypatch.setattr(chunks.by_id, "__defaults__", (2,))
        live = [make_posting() for _ in range(5)]
        with django_assert_num_queries(4):
            text = text_of(client, address)
        assert all(posting.get_absolute_url() in text for posting in live)

    @pytest.mark.parametrize("stands", ["draft", "submitted", "sent-back", "held", "closed", "expired"])
    def test_what_is_not_live_is_not(self, client: Client, address: str, stands: str) -> None:
        make_posting(stands)
        assert jobs(client, address) == []

    def test_a_closed_posting_leaves_within_a_minute(self, client: Client, address: str) -> None:
        posting = make_posting()
        assert len(jobs(client, address)) == 1
        Posting.objects.filter(pk=posting.pk).update(closed_at=timezone.now(), outcome="filled-here")
        assert jobs(client, address) == []
        response = client.get(address)
        assert response["Cache-Control"] == "public, max-age=60"
        assert not {"ETag", "Last-Modified", "Expires"} & set(response.headers)

    def test_nothing_that_people_write_breaks_it(self, client: Client, address: str) -> None:
        evil = "]]> <b>&amp; \x0b\x1f\ufffe & ]]]]>"
        make_posting(
            title=evil, employer=make_employer(evil), description=evil, workplace="hybrid", city=evil, state="TX"
        )
        (job,) = jobs(client, address)
        assert job["company"] == "]]> <b>&amp;  & ]]]]>"

    def test_it_needs_no_sign_in_and_takes_nothing(self, client: Client, address: str) -> None:
        assert client.head(address).status_code == 200
        assert client.post(address).status_code == 405


class TestReferences:
    @staticmethod
    def of(**columns: object) -> list[str]:
        return [each.reference for each in openings(Posting(pk=417, **columns))]

    def test_one_for_each_place(self) -> None:
        assert self.of(workplace="remote") == ["417-us"]
        assert self.of(workplace="remote", remote_states=["TX", "FL"]) == ["417-fl", "417-tx"]
        assert self.of(workplace="on-site", city="St. Paul", state="MN") == ["417-mn-st-paul"]

    def test_they_fit_and_stay_apart(self) -> None:
        long = [Opening(Posting(pk=10**12), f"{'Very long city ' * 5}{end}", "TX").reference for end in "ab"]
        assert all(len(each) <= 40 for each in long)
        assert long[0] != long[1]


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("Remote Coder - Austin, TX ($30/hr, full-time)", "Coder"),
        ("Medical Coder (Remote)", "Medical Coder"),
        ("ED Coder | $28-$34 per hour | Full Time", "ED Coder"),
        ("Full-time remote profee coder", "Profee coder"),
        ("HCC coder, contract, $3.50 per chart", "HCC coder"),
        ("Coder, CPC (2 openings)", "Coder, CPC (2 openings)"),
        ("Home health coder", "Home health coder"),
        ("Contract manager", "Contract manager"),
        ("OR coder", "OR coder"),
        ("PRN", "PRN"),
    ],
)
def test_a_title_is_the_job_alone(written: str, sent: str) -> None:
    assert bare(Posting(title=written, city="Austin")) == sent


def test_characters_stand_for_themselves_but_no_text_becomes_a_tag() -> None:
    assert literal("<p>R&amp;D &lt;b&gt; &amp;lt; &quot;x&quot;&nbsp;y</p>") == (
        '<p>R&D &lt;b&gt; &amp;lt; "x"\u00a0y</p>'
    )


@given(st.text())
def test_any_text_comes_back_from_cdata(text: str) -> None:
    kept = writable(text).replace("\r\n", "\n").replace("\r", "\n")  # XML reads line ends as one (2.11)
    assert (ElementTree.fromstring(cdata("x", text)).text or "") == kept  # noqa: S314 - our own output
