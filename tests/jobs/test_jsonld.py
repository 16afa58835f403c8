"""The structured data of a posting says what its page says, by Google's rules for job postings."""

import json
import re
from datetime import UTC, date, datetime

import pytest
from django.test import Client

from jobboard.postings.models import Posting
from jobboard.postings.models.last_day import end_of
from tests.factories import make_employer, make_posting

pytestmark = pytest.mark.django_db


def facts(client: Client, posting: Posting) -> dict:
    """What a crawler reads on the page."""
    page = client.get(posting.get_absolute_url()).text
    (script,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(script)


def test_what_every_posting_says(client: Client) -> None:
    posting = make_posting(title="Spine coder", employer=make_employer("Quiet Harbor", website="https://quiet.example"))
    said = facts(client, posting)
    assert said["@type"] == "JobPosting"
    assert said["title"] == "Spine coder"
    assert said["description"] == posting.description_html
    assert said["hiringOrganization"] == {
        "@type": "Organization",
        "name": "Quiet Harbor",
        "sameAs": "https://quiet.example",
    }
    assert said["identifier"] == {"@type": "PropertyValue", "name": "Quiet Harbor", "value": str(posting.pk)}
    assert said["url"].endswith(posting.get_absolute_url())
    assert said["employmentType"] == "FULL_TIME"
    assert said["directApply"] is True


def test_its_dates_are_those_that_the_page_names(client: Client) -> None:
    """Late in the evening in New York it is the next day in UTC already."""
    last = end_of(date(2126, 12, 24))
    posting = make_posting(published_at=datetime(2025, 12, 2, 3, 30, tzinfo=UTC), expires_at=last)
    said = facts(client, posting)
    page = client.get(posting.get_absolute_url()).text
    assert said["datePosted"] == "2025-12-01T22:30:00-05:00"
    assert "December 1, 2025" in page
    assert said["validThrough"] == "2126-12-24T23:59:59-10:00"
    assert "Open until December 24, 2126" in page


def test_nothing_is_said_that_is_not_known(client: Client) -> None:
    posting = make_posting(pay_min=None, pay_max=None, pay_unit="", apply_by="email", apply_email="a@quiet.example")
    said = facts(client, posting)
    assert not {"baseSalary", "jobLocation", "experienceRequirements", "jobBenefits"} & set(said)
    assert "sameAs" not in said["hiringOrganization"]
    assert said["directApply"] is False


class TestPlace:
    def test_remote_anywhere(self, client: Client) -> None:
        said = facts(client, make_posting())
        assert said["jobLocationType"] == "TELECOMMUTE"
        assert said["applicantLocationRequirements"] == {"@type": "Country", "name": "USA"}

    def test_remote_in_some_states(self, client: Client) -> None:
        said = facts(client, make_posting(remote_states=["TX", "FL"]))
        assert said["applicantLocationRequirements"] == [
            {"@type": "State", "name": "Texas, USA"},
            {"@type": "State", "name": "Florida, USA"},
        ]

    @pytest.mark.parametrize("workplace", ["hybrid", "on-site"])
    def test_work_at_a_place(self, client: Client, workplace: str) -> None:
        said = facts(client, make_posting(workplace=workplace, city="Austin", state="TX"))
        assert said["jobLocation"]["address"] == {
            "@type": "PostalAddress",
            "addressLocality": "Austin",
            "addressRegion": "TX",
            "addressCountry": "US",
        }
        assert "jobLocationType" not in said


class TestPay:
    @pytest.mark.parametrize(
        ("columns", "value"),
        [
            ({"pay_min": 30, "pay_max": 40}, {"minValue": 30, "maxValue": 40, "unitText": "HOUR"}),
            ({"pay_min": 30.5, "pay_max": 30.5}, {"value": 30.5, "unitText": "HOUR"}),
            ({"pay_min": 60000, "pay_max": None, "pay_unit": "year"}, {"minValue": 60000, "unitText": "YEAR"}),
            ({"pay_min": None, "pay_max": 400, "pay_unit": "day"}, {"maxValue": 400, "unitText": "DAY"}),
        ],
    )
    def test_in_a_unit_that_search_engines_know(self, client: Client, columns: dict, value: dict) -> None:
        salary = facts(client, make_posting(**columns))["baseSalary"]
        assert salary["currency"] == "USD"
        assert salary["value"] == {"@type": "QuantitativeValue", **value}

    def test_by_the_chart_it_is_the_estimate_that_the_page_shows(self, client: Client) -> None:
        posting = make_posting(pay_min=4, pay_max=5, pay_unit="chart", units_per_hour=8)
        assert facts(client, posting)["baseSalary"]["value"] == {
            "@type": "QuantitativeValue",
            "minValue": 32,
            "maxValue": 40,
            "unitText": "HOUR",
        }
        assert "about $32 to $40 an hour" in client.get(posting.get_absolute_url()).text

    @pytest.mark.parametrize("unit", ["chart", "encounter", "page", "project"])
    def test_pay_that_cannot_be_compared_is_left_out(self, client: Client, unit: str) -> None:
        assert "baseSalary" not in facts(client, make_posting(pay_min=4, pay_max=5, pay_unit=unit))


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("full-time", "FULL_TIME"),
        ("part-time", "PART_TIME"),
        ("per-diem", "PER_DIEM"),
        ("contract", "CONTRACTOR"),
        ("temporary", "TEMPORARY"),
        ("temp-to-hire", "TEMPORARY"),
        ("internship", "INTERN"),
    ],
)
def test_employment(client: Client, kind: str, said: str) -> None:
    assert facts(client, make_posting(employment_type=kind))["employmentType"] == said


def test_experience_and_benefits(client: Client) -> None:
    said = facts(client, make_posting(years_min=2, benefits=["health", "ceu"]))
    assert said["experienceRequirements"]["monthsOfExperience"] == 24
    assert said["jobBenefits"] == "Health insurance, CEUs paid"


def test_no_text_of_an_employer_can_end_the_script(client: Client) -> None:
    posting = make_posting(
        title="</script><script>alert(1)</script>",
        employer=make_employer("<!-- <script> & </SCRIPT>"),
        description="</script><b>x</b>",
    )
    page = client.get(posting.get_absolute_url()).text
    assert "<script>alert" not in page
    assert facts(client, posting)["title"] == "</script><script>alert(1)</script>"
    assert facts(client, posting)["hiringOrganization"]["name"] == "<!-- <script> & </SCRIPT>"


def test_it_stands_on_the_page_of_a_live_posting_only(client: Client) -> None:
    make_posting()
    assert "ld+json" not in client.get("/jobs/").text
