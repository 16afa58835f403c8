"""The twelve facts that coders ask for: what counts as stated, and where it is shown."""

from decimal import Decimal

import pytest
from django.test import Client
from pytest_django.asserts import assertContains

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings import transparency
from jobboard.postings.forms import PostingForm
from jobboard.postings.models import Posting
from tests.factories import make_posting

pytestmark = pytest.mark.django_db

ALL = {
    "pay_min": Decimal(3),
    "pay_max": Decimal(4),
    "pay_unit": "chart",
    "units_per_hour": 10,
    "accuracy_percent": 95,
    "unpaid": ["nothing"],
    "employment_type": "full-time",
    "schedule": "core",
    "workplace": "remote",
    "software": ["epic"],
    "equipment": "supplied",
    "apprentice": "no",
    "interview_steps": "A call\nAn offer",
    "closes_on": "2026-12-01",
}


def lacking(**columns: object) -> set[str]:
    posting = Posting(employer=Employer(name="Harbor"), title="Coder", **ALL | columns)
    return {fact.name for fact in transparency.of_posting(posting).lacking}


def test_a_posting_may_state_everything() -> None:
    assert lacking() == set()


@pytest.mark.parametrize(
    ("columns", "lacks"),
    [
        ({"pay_min": None, "pay_max": None}, {"Pay", "Pay by the hour"}),
        ({"units_per_hour": None}, {"Pay by the hour", "Productivity and accuracy standard"}),
        ({"pay_unit": "project"}, {"Pay by the hour"}),
        ({"accuracy_percent": None}, {"Productivity and accuracy standard"}),
        ({"unpaid": []}, {"What is unpaid"}),
        ({"employment_type": "per-diem"}, {"W-2 or 1099"}),
        ({"employment_type": "per-diem", "paid_as": "1099"}, set()),
        ({"employment_type": "contract"}, set()),
        ({"schedule": ""}, {"Schedule"}),
        ({"workplace": "hybrid"}, {"Where coders may live"}),
        ({"workplace": "hybrid", "state": "TX"}, set()),
        ({"software": []}, {"Software"}),
        ({"equipment": ""}, {"Equipment"}),
        ({"apprentice": "unstated"}, {"CPC-A policy"}),
        ({"apprentice": "unstated", "credential_within_months": 12}, set()),
        ({"interview_steps": " \n "}, {"Steps of hiring"}),
        ({"closes_on": None}, {"Last day to apply"}),
    ],
)
def test_what_counts_as_stated(columns: dict[str, object], lacks: set[str]) -> None:
    assert lacking(**columns) == lacks


def test_each_fact_is_raised_by_a_field_of_the_form() -> None:
    assert len(transparency.FACTS) == 12
    for fact in transparency.FACTS:
        assert fact.field in PostingForm.base_fields
        assert fact.how.endswith(".")


def test_readers_see_what_is_stated_and_what_is_not(client: Client) -> None:
    posting = make_posting(apprentice="no", schedule="core")
    page = client.get(posting.get_absolute_url())
    assertContains(page, "States 6 of 12 facts that coders ask for")
    assertContains(page, "not stated", count=6)
    assertContains(client.get("/jobs/"), "States 6 of 12 facts")


def test_cards_and_pages_say_when_it_was_last_confirmed(client: Client) -> None:
    posting = make_posting()
    assert "confirmed" not in client.get("/jobs/").text
    posting.confirm(posting.published_at)
    assertContains(client.get("/jobs/"), "confirmed 2 days ago")  # though its card was kept a moment ago
    assertContains(client.get(posting.get_absolute_url()), "last confirmed 2 days ago")


def test_the_terms_stand_on_the_page(client: Client) -> None:
    terms = {
        "audit_percent": 0,
        "credential_within_months": 12,
        "paid_as": "w2",
        "starts_on": "2027-01-04",
        "equipment": "allowance",
        "second_monitor": "own",
        "work_stays": "us-only",
        "software_codes": "checked",
        "unpaid": ["queries", "rework"],
        "interview_steps": "A call\nA coding <exercise>",
    }
    page = client.get(make_posting(**terms).get_absolute_url()).text
    for words in (
        "None of the work",
        "May be earned within 12 months of the start",
        "W-2 employee",
        "January 4, 2027",
        "own, with an allowance",
        "required, coders bring their own",
        "In the United States only",
        "Assigns codes, coders check them",
        "Provider queries, Corrections after review",
        "<li>A coding &lt;exercise&gt;</li>",
    ):
        assert words in page


def test_the_writer_sees_what_would_raise_it(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting("draft", employer=harbor)
    page = as_(rita).get(f"/hiring/postings/{posting.pk}/write/review/")
    assertContains(page, "Say who brings the computer.")
    assertContains(page, "States 4 of 12 facts")


def test_search_finds_the_tax_form_and_work_that_stays(client: Client) -> None:
    make_posting(title="Contract coder", employment_type="contract", work_stays="us-only")
    make_posting(title="Plain coder")
    found = client.get("/jobs/?q=1099+onshore").text
    assert "Contract coder" in found
    assert "Plain coder" not in found
