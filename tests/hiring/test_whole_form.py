"""The whole posting on one page: what it takes, what it names as nonsense, and that nothing typed is lost."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.hiring.forms import typed


@pytest.fixture
def draft(harbor: Employer, rita: User) -> Posting:
    posting = Posting(employer=harbor, title="Untouched")
    posting.save_draft(timezone.now(), rita)
    return posting


def address(posting: Posting) -> str:
    return f"/hiring/postings/{posting.pk}/edit/"


def filled(posting: Posting, **changes: object) -> dict[str, object]:
    return typed(seen=posting.edited_at.isoformat(), **changes)


def test_everything_typed_is_stored(as_, rita: User, draft: Posting) -> None:
    terms = {
        "audit_percent": "10",
        "credential_within_months": "12",
        "paid_as": "w2",
        "starts_on": "2027-01-04",
        "equipment": "supplied",
        "second_monitor": "own",
        "work_stays": "us-only",
        "software_codes": "suggests",
        "unpaid": ["queries", "meetings"],
        "interview_steps": "A call\r\n\r\nA  coding exercise",
    }
    response = as_(rita).post(address(draft), filled(draft, next="preview", **terms))
    assertRedirects(response, f"/hiring/postings/{draft.pk}/preview/")
    draft.refresh_from_db()
    assert (draft.pay_min, draft.pay_hourly_min) == (Decimal("2.50"), Decimal("30.00"))
    assert draft.credentials_required == ["CPC", "COSC"]
    assert (draft.audit_percent, draft.credential_within_months, draft.tax_form) == (10, 12, "W-2")
    assert (draft.starts_on, draft.unpaid) == (date(2027, 1, 4), ["queries", "meetings"])
    assert draft.hiring_steps == ["A call", "A coding exercise"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("title", "", "This field is required."),
        ("title", "x" * 121, "at most 120 characters"),
        ("title", "A\x00B", "Null characters are not allowed."),
        ("description", "x" * 20_001, "at most 20000 characters"),
        ("description", "A\x00B", "Null characters are not allowed."),
        ("roles", ["coder", "astronaut"], "astronaut is not one of the available choices"),
        ("roles", ["\x00"], "is not one of the available choices"),
        ("credentials_required", ["MD"], "MD is not one of the available choices"),
        ("remote_states", ["XX"], "XX is not one of the available choices"),
        ("setting", "moon", "moon is not one of the available choices"),
        ("workplace", "moon", "moon is not one of the available choices"),
        ("apply_by", "fax", "fax is not one of the available choices"),
        ("years_min", "-1", "greater than or equal to 0"),
        ("years_min", "9" * 5000, "Enter a whole number."),
        ("years_min", "99999999999", "less than or equal to 50"),
        ("pay_min", "NaN", "Enter a number."),
        ("pay_min", "Infinity", "Enter a number."),
        ("pay_min", "1e400", "no more than"),
        ("pay_min", "-5", "greater than or equal to 0.01"),
        ("pay_min", "9" * 400, "no more than"),
        ("pay_min", "a lot", "Enter a number."),
        ("units_per_hour", "5000", "less than or equal to 1000"),
        ("accuracy_percent", "101", "less than or equal to 100"),
        ("pay_max", "1", "The highest pay must not be below the lowest."),
        ("code_families", "Q", "Which system is “Q” in?"),
        ("code_families", "CPT 27," * 1000, "at most 2,000 characters"),
        ("code_families", "CPT \x00", "not the start of a code"),
        ("apply_url", "javascript:alert(1)", "Enter a valid URL."),
        ("apply_url", "ftp://example.org/job", "Enter a valid URL."),
        ("apply_email", "olga at harbor", "Enter a valid email address."),
        ("closes_on", "2026-02-30", "Enter a valid date."),
        ("closes_on", "1999-01-01", "This day has passed."),
        ("closes_on", "9999-12-31", "at the latest"),
        ("closes_on", "0000-00-00", "Enter a valid date."),
        ("city", "x" * 81, "at most 80 characters"),
        ("audit_percent", "101", "less than or equal to 100"),
        ("credential_within_months", "0", "greater than or equal to 1"),
        ("unpaid", ["nothing", "queries"], "not both"),
        ("unpaid", ["lunch"], "lunch is not one of the available choices"),
        ("equipment", "typewriter", "typewriter is not one of the available choices"),
        ("interview_steps", "x" * 1001, "at most 1000 characters"),
        ("starts_on", "2026-02-30", "Enter a valid date."),
    ],
)
def test_nonsense_is_named_and_nothing_typed_is_lost(
    as_, rita: User, draft: Posting, field: str, value: object, says: str
) -> None:
    response = as_(rita).post(address(draft), filled(draft, **{"city": "Kept, and 100% mine"} | {field: value}))
    assertContains(response, says, status_code=422)
    if field != "city":
        assertContains(response, 'value="Kept, and 100% mine"', status_code=422)
    if field != "description":
        assertContains(response, "Code **operative notes** for twelve surgeons.", status_code=422)
    assert Posting.objects.get().title == "Untouched"


def test_a_last_day_may_be_as_late_as_a_posting_can_be_open(as_, rita: User, draft: Posting, settings) -> None:
    settings.POSTING_DAYS = 30
    day = timezone.localdate() + timedelta(days=29)
    as_(rita).post(address(draft), filled(draft, closes_on=day.isoformat()))
    assert Posting.objects.get().closes_on == day
