"""One person's page: as much as they agreed to, opened on purpose, noted, and not a byte more."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Profile
from jobboard.talent.models import Look
from tests.talent.conftest import SECRETS, page_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(as_, rita, nora, harbor_verified):
    return lambda: as_(rita).get(page_of(harbor_verified, nora)).text


@pytest.fixture
def reveal(as_, rita, nora, harbor_verified):
    return lambda: as_(rita).post(f"{page_of(harbor_verified, nora)}open/")


def test_the_blind_view_tells_what_she_can_do_and_not_who_she_is(page):
    html = page()

    for words in (
        "Certified Coding Specialist",
        "valid to May 2097",
        "Senior inpatient coder",
        "3 years",
        "Ohio",
        "Epic",
    ):
        assert words in html
    for secret in SECRETS:
        assert secret not in html


def test_a_name_that_is_kept_back_cannot_be_opened(page, reveal):
    assert "Open with the name" not in page()
    assert reveal().status_code == 404
    assert not Look.objects.exists()


def test_a_name_that_is_not_kept_back_is_opened_and_noted(page, reveal, as_, nora):
    Profile.objects.update(blind=False)
    html = page()
    assert "Open with the name" in html
    for secret in SECRETS:
        assert secret not in html

    assert reveal().status_code == 302
    html = page()
    for told in ("Nora Vance", "Toledo, OH", "Maumee Regional Medical Center", "Sepsis and shock"):
        assert told in html
    for secret in ("nora@", "0148392", "22 of 36", "CV.pdf"):
        assert secret not in html
    assert "Harbor Coding" in as_(nora).get("/me/privacy/").text.split("Who opened your profile")[1]


def test_after_an_agreement_all_of_it_is_opened_and_noted(page, reveal, asked):
    asked.accept(timezone.now())
    html = page()
    assert "Your request was accepted" in html
    for secret in SECRETS:
        assert secret not in html

    reveal()
    html = page()
    for told in ("Nora Vance", "mailto:nora@coders.example", "member 0148392", "Verify it at AHIMA"):
        assert told in html
    for secret in ("22 of 36", "CV.pdf"):
        assert secret not in html
    look = Look.objects.get()
    assert (look.by.name, look.employer.name, look.person.name) == ("Rita Recruiter", "Harbor Coding", "Nora Vance")


def test_each_member_opens_it_on_their_own(as_, page, reveal, asked, olga, nora, harbor_verified):
    asked.accept(timezone.now())
    reveal()

    assert "Nora" not in as_(olga).get(page_of(harbor_verified, nora)).text


def test_taken_back_it_is_closed_at_once(page, reveal, asked):
    asked.accept(timezone.now())
    reveal()
    asked.take_back(timezone.now())

    html = page()
    assert "Taken back" in html
    for secret in SECRETS:
        assert secret not in html


def test_a_second_click_is_noted_once_and_the_next_day_again(page, reveal):
    Profile.objects.update(blind=False)
    reveal()
    reveal()
    assert Look.objects.count() == 1

    Look.objects.update(at=timezone.now() - timedelta(hours=25))
    assert "Open with the name" in page()
    reveal()
    assert Look.objects.count() == 2


def test_somebody_without_a_name_is_not_named_by_the_address(page, reveal, nora):
    Profile.objects.update(blind=False)
    nora.name = ""
    nora.save()
    reveal()

    assert "nora" not in page()


def test_other_verbs_are_refused(as_, rita, nora, harbor_verified):
    address = page_of(harbor_verified, nora)
    assert as_(rita).post(address).status_code == 405
    assert as_(rita).get(f"{address}open/").status_code == 405
    assert as_(rita).get(f"{address}ask/").status_code == 405


def test_no_such_person(as_, rita, harbor_verified):
    for pk in (999_999, 10**30):
        assert as_(rita).get(f"/hiring/employers/{harbor_verified.pk}/people/{pk}/").status_code == 404
