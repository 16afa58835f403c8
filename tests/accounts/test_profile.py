"""A person's own page, and changing it."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Membership, Profile
from tests.accounts.conftest import noon, reader_of, signed_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

PAGE = "/me/"
EDIT = "/me/edit/"
FORM = {
    "name": "Ann B. Coder",
    "headline": "CPC, 6 years in orthopedics",
    "city": "Milwaukee",
    "state": "WI",
    "time_zone": "America/Chicago",
    "years": "6",
    "specialties": ["orthopedics", "hcc"],
    "software": ["epic"],
}


def test_a_page_that_was_never_written_says_so(ann):
    html = signed_in(ann).get(PAGE).text

    assert "<h1>Ann Coder</h1>" in html
    assert html.count("Not told") == 4
    assert not Profile.objects.exists()


def test_changing_it(ann):
    client = signed_in(ann)

    answer = client.post(EDIT, FORM, follow=True)

    html = answer.text
    assert "Your profile is saved." in html
    for words in ("Ann B. Coder", "CPC, 6 years in orthopedics", "Milwaukee, WI", "Central (Chicago)", "Orthopedics"):
        assert words in html
    assert "Risk adjustment (HCC)" in html
    edit = client.get(EDIT).text
    assert 'value="CPC, 6 years in orthopedics"' in edit
    assert edit.count("checked") == 3


def test_everything_but_the_name_can_be_left_out(ann):
    client = signed_in(ann)
    client.post(EDIT, FORM)

    assert client.post(EDIT, {"name": "Ann"}).status_code == 302

    profile = Profile.objects.get(user=ann)
    assert (profile.headline, profile.place, profile.years) == ("", "", None)
    assert (profile.specialties, profile.software) == ([], [])


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("name", "", "This field is required"),
        ("name", "a\x00b", "Null characters are not allowed"),
        ("headline", "h" * 121, "at most 120 characters"),
        ("city", "c" * 81, "at most 80 characters"),
        ("state", "ZZ", "ZZ is not one of the available choices"),
        ("time_zone", "Mars/Olympus", "Mars/Olympus is not one of the available choices"),
        ("years", "71", "less than or equal to 70"),
        ("years", "-1", "greater than or equal to 0"),
        ("years", "9" * 400, "less than or equal to 70"),
        ("years", "six", "Enter a whole number"),
        ("specialties", ["astrology"], "astrology is not one of the available choices"),
        ("software", ["abacus"], "abacus is not one of the available choices"),
    ],
)
def test_a_refused_form_comes_back_filled_in(ann, field, value, words):
    answer = signed_in(ann).post(EDIT, FORM | {field: value})

    assert answer.status_code == 422
    assert words in answer.text
    assert 'id="form-errors"' in answer.text
    if field != "headline":
        assert 'value="CPC, 6 years in orthopedics"' in answer.text
    ann.refresh_from_db()
    assert ann.name == "Ann Coder"


def test_an_empty_form_is_refused_too(ann):
    assert signed_in(ann).post(EDIT).status_code == 422


def test_each_person_changes_their_own(ann, ben):
    signed_in(ann).post(EDIT, FORM)
    signed_in(ben).post(EDIT, FORM | {"headline": "Biller"})

    assert Profile.objects.get(user=ann).headline == "CPC, 6 years in orthopedics"
    assert "Biller" not in signed_in(ann).get(PAGE).text


@pytest.mark.parametrize(
    "address", [PAGE, EDIT, "/me/credentials/add/", "/me/credentials/1/", "/me/credentials/1/remove/"]
)
def test_guests_are_asked_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"
    assert client.post(address, FORM)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(("address", "verb"), [(PAGE, "post"), (PAGE, "delete"), (EDIT, "put"), (EDIT, "delete")])
def test_other_verbs_are_refused(ann, address, verb):
    assert getattr(signed_in(ann), verb)(address).status_code == 405


def test_times_are_shown_in_the_chosen_zone(ann):
    client = signed_in(ann)
    Membership.objects.create(user=ann, starts_at=noon(), ends_at=noon().replace(year=2096))
    assert "March 1, 2096, 12:00 p.m. EST" in client.get(PAGE).text.replace("PM", "p.m.")

    client.post(EDIT, FORM | {"time_zone": "America/Los_Angeles"})

    assert "March 1, 2096, 9:00 AM PST" in client.get(PAGE).text


def test_a_zone_that_this_machine_does_not_know_breaks_nothing(ann):
    ann.time_zone = "Mars/Olympus"
    ann.save()

    assert signed_in(ann).get(PAGE).status_code == 200


def test_a_free_account_sees_its_meter(ann):
    reader_of(user=ann).open("cpt:20670")

    html = signed_in(ann).get(PAGE).text

    assert "Free account" in html
    assert "4 code page views remaining." in html


def test_a_member_sees_until_when(mia):
    html = signed_in(mia).get(PAGE).text
    assert "Registered member" in html
    assert "Registered members read every code page." in html
    assert "Your membership has no end date." in html

    Membership.objects.update(ends_at=timezone.now())
    assert "Free account" in signed_in(mia).get(PAGE).text


def test_the_page_leads_to_everything_of_ones_own(ann):
    html = signed_in(ann).get(PAGE).text

    for address in ("/accounts/2fa/", "/accounts/sessions/", "/accounts/password/change/", "/accounts/email/"):
        assert f'href="{address}"' in html


def test_a_full_page_asks_few_queries(ann, django_assert_max_num_queries):
    client = signed_in(ann)
    client.post(EDIT, FORM)
    for credential in ("CPC", "CRC", "CCS", "RHIT"):
        client.post("/me/credentials/add/", {"abbreviation": credential})

    with django_assert_max_num_queries(9):
        html = client.get(PAGE).text

    assert html.count("Edit<span") == 4


def test_a_form_without_its_token_is_refused(ann):
    client = Client(enforce_csrf_checks=True)
    client.login(email=ann.email, password=PASSWORD)

    assert client.post(EDIT, FORM).status_code == 403
