"""Writing a posting."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.hiring.forms import bare, typed


def address(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/postings/new/"


def test_a_recruiter_writes_a_posting(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), typed(next="preview"))
    posting = Posting.objects.get()
    assertRedirects(response, f"/hiring/postings/{posting.pk}/preview/")
    assert (posting.employer, posting.created_by, posting.submitted_at) == (harbor, rita, None)
    assert posting.code_families == ["cpt:27", "icd-10-cm:M54"]
    assert (posting.pay_min, posting.pay_hourly_min) == (Decimal("2.50"), Decimal("30.00"))
    assert posting.credentials_required == ["CPC", "COSC"]
    assert not Posting.objects.live(timezone.now()).exists()


def test_a_title_is_enough_for_a_draft(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), bare(), follow=True)
    assertContains(response, "The draft is saved.")
    assert Posting.objects.get().missing(timezone.now())


def test_the_form_is_shown(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).get(address(harbor))
    assertContains(response, "Credentials required")
    assertContains(response, 'type="date"')


def test_strangers_find_nothing(as_, rosa: User, carl: User, harbor: Employer) -> None:
    for person in (rosa, carl):
        assert as_(person).get(address(harbor)).status_code == 404
        assert as_(person).post(address(harbor), typed()).status_code == 404
    assert as_(rosa).get("/hiring/employers/99999999999999999999/postings/new/").status_code == 404
    assert Client().get(address(harbor)).status_code == 302
    assert not Posting.objects.exists()


def test_a_viewer_may_not(as_, victor: User, harbor: Employer) -> None:
    response = as_(victor).post(address(harbor), typed())
    assertContains(response, "You are a viewer at Harbor Coding", status_code=403)
    assert not Posting.objects.exists()


def test_nobody_writes_for_a_suspended_employer(as_, olga: User, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    assertContains(as_(olga).post(address(harbor), typed()), "Harbor Coding is suspended", status_code=403)


def test_other_verbs_are_refused(as_, rita: User, harbor: Employer) -> None:
    assert as_(rita).put(address(harbor)).status_code == 405


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
    ],
)
def test_nonsense_is_named_and_nothing_typed_is_lost(
    as_, rita: User, harbor: Employer, field: str, value: object, says: str
) -> None:
    response = as_(rita).post(address(harbor), typed(**{"city": "Kept, and 100% mine"} | {field: value}))
    assertContains(response, says, status_code=422)
    if field != "city":
        assertContains(response, 'value="Kept, and 100% mine"', status_code=422)
    if field != "description":
        assertContains(response, "Code **operative notes** for twelve surgeons.", status_code=422)
    assert not Posting.objects.exists()


def test_ten_megabytes_are_refused(as_, rita: User, harbor: Employer) -> None:
    response = as_(rita).post(address(harbor), typed(description="x" * 10_000_000))
    assert 400 <= response.status_code < 500
    assert not Posting.objects.exists()


def test_a_last_day_may_be_as_late_as_a_posting_can_be_open(as_, rita: User, harbor: Employer, settings) -> None:
    settings.POSTING_DAYS = 30
    day = timezone.localdate() + timedelta(days=29)
    as_(rita).post(address(harbor), typed(closes_on=day.isoformat()))
    assert Posting.objects.get().closes_on == day


def test_text_that_looks_like_html_is_text(as_, rita: User, harbor: Employer) -> None:
    as_(rita).post(address(harbor), typed(description="<script>alert(1)</script> [x](javascript:alert(1))"))
    posting = Posting.objects.get()
    assert "<script" not in posting.description_html
    assert 'href="javascript' not in posting.description_html
