"""Who may see a profile: nobody at first, and never with words that name the person."""

import pytest

from accounts.anonymity import tells
from accounts.models import Profile
from tests.accounts.conftest import signed_in
from tests.accounts.test_experience import FORM

pytestmark = pytest.mark.django_db

PAGE = "/me/visibility/"


def test_nobody_sees_a_new_profile(ann):
    profile = Profile.objects.of(ann, store=True)

    assert (profile.visibility, profile.blind) == ("hidden", True)
    html = signed_in(ann).get(PAGE).text
    assert 'value="hidden" id="id_visibility_0" checked' in html.replace("required ", "")
    assert "Member numbers of credentials" in html


def test_opening_it_and_hiding_it_again(ann):
    client = signed_in(ann)

    html = client.post(PAGE, {"visibility": "verified", "blind": "on"}, follow=True).text
    assert "It holds from this moment on." in html
    assert "without your name, your city and your employers" in html
    assert Profile.objects.get().visibility == "verified"

    client.post(PAGE, {"visibility": "hidden"})
    assert "You are in no search of any employer." in client.get("/me/privacy/").text


@pytest.mark.parametrize("value", ["", "everybody", "a\x00b"])
def test_any_other_choice_is_refused(ann, value):
    assert signed_in(ann).post(PAGE, {"visibility": value}).status_code == 422
    assert Profile.objects.get().visibility == "hidden"


def test_a_profile_that_names_its_person_stays_hidden(ann):
    client = signed_in(ann)
    client.post("/me/edit/", {"name": "Ann Vance", "headline": "Vance, CPC"})

    answer = client.post(PAGE, {"visibility": "verified", "blind": "on"})
    assert answer.status_code == 422
    assert "Your headline says too much. Leave your name out" in answer.text
    assert Profile.objects.get().visibility == "hidden"

    client.post("/me/edit/", {"name": "Ann Vance", "headline": "CPC, spine"})
    client.post("/me/work/add/", FORM | {"title": "Coder, Olentangy Community Hospital"})
    assert "The title “Coder, Olentangy" in client.post(PAGE, {"visibility": "applied"}).text


def test_a_visible_one_cannot_come_to_name_its_person(ann):
    client = signed_in(ann)
    client.post(PAGE, {"visibility": "verified", "blind": "on"})

    answer = client.post("/me/edit/", {"name": "Ann Vance", "headline": "Ask Vance"})

    assert answer.status_code == 422
    assert "Leave your name out" in answer.text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CPC, 6 years in orthopedics", False),
        ("Coding 2016 to 2024, CPT 99213 and 99214", False),
        ("Write to ann@example.com", True),
        ("Call 614 555 0133", True),
        ("see https://example.com/me", True),
        ("vance, CPC", True),
        ("Ann is a coder", False),
        ("Annual audits", False),
        ("Formerly at Scioto Physicians", True),
    ],
)
def test_what_tells_who_somebody_is(text, told):
    assert bool(tells(text, "Ann B. Vance", ["Scioto Physicians", ""])) is told


def test_only_posts_change_it(ann):
    client = signed_in(ann)
    client.get(PAGE)
    assert not Profile.objects.exists()
    assert client.put(PAGE).status_code == 405


def test_reminders_are_switched_on_and_off(ann):
    client = signed_in(ann)
    client.post("/me/credentials/add/", {"abbreviation": "CPC", "ceu_due": "2097-01-31", "ceu_note": "36, 20 done"})
    html = client.get("/me/").text
    assert "CEUs due January 31, 2097: 36, 20 done" in html
    assert "90, 30 and 7 days before" in html

    assert "No mail reminds you" in client.post("/me/reminders/", {"reminders": "off"}, follow=True).text
    assert "90, 30 and 7 days before" in client.post("/me/reminders/", {"reminders": "on"}, follow=True).text
    assert client.get("/me/reminders/").status_code == 405
