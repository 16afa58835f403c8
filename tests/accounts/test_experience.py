"""The work history on a profile: its owner lists, changes and takes out positions; nobody else knows of them here."""

from datetime import date

import pytest

from accounts.models import Experience, Profile
from accounts.models.experience import lasting
from tests.accounts.conftest import signed_in

pytestmark = pytest.mark.django_db

ADD = "/me/work/add/"
FORM = {
    "title": "Inpatient coder",
    "employer": "Olentangy Community Hospital",
    "started": "2019-05",
    "ended": "2021-07",
    "remote": "on",
    "coded": "MS-DRG, 20 charts a day.\r\nAudited at 96%.",
}


@pytest.fixture
def browser(ann):
    return signed_in(ann)


@pytest.fixture
def position(browser, ann):
    browser.post(ADD, FORM)
    return Experience.objects.get(profile__user=ann)


def test_listing_one(browser):
    html = browser.post(ADD, FORM, follow=True).text

    assert "Inpatient coder, Olentangy Community Hospital is in your work history." in html
    for words in ("May 2019", "Jul 2021", "2 years 3 months", "Remote", "20 charts a day."):
        assert words in html


def test_months_are_read_as_people_type_them_too(browser, ann):
    browser.post(ADD, FORM | {"started": "05/2019", "ended": ""})

    held = Experience.objects.get(profile__user=ann)
    assert (held.started, held.ended) == (date(2019, 5, 1), None)
    assert 'value="2019-05"' in browser.get(f"/me/work/{held.pk}/").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("title", "", "This field is required"),
        ("title", "t" * 121, "at most 120 characters"),
        ("employer", "", "This field is required"),
        ("employer", "a\x00b", "Null characters"),
        ("started", "", "This field is required"),
        ("started", "soon", "Give the month as 2024-03 or 03/2024."),
        ("started", "2024-13", "Give the month as 2024-03 or 03/2024."),
        ("started", "0001-01", "after 1940"),
        ("started", "9999-12", "a month that has begun"),
        ("ended", "2019-04", "must not come before the first one"),
        ("coded", "c" * 1001, "at most 1000 characters"),
    ],
)
def test_a_refused_form_comes_back_filled_in(browser, field, value, words):
    answer = browser.post(ADD, FORM | {field: value})

    assert answer.status_code == 422
    assert words in answer.text
    assert "20 charts a day." in answer.text or field == "coded"
    assert not Experience.objects.exists()


def test_changing_and_taking_out(browser, position):
    browser.post(f"/me/work/{position.pk}/", FORM | {"title": "Lead coder"})
    position.refresh_from_db()
    assert position.title == "Lead coder"

    assert "Take out “Lead coder”?" in browser.get(f"/me/work/{position.pk}/remove/").text
    assert "is out of your work history" in browser.post(f"/me/work/{position.pk}/remove/", follow=True).text
    assert not Experience.objects.exists()
    assert browser.post(f"/me/work/{position.pk}/remove/").status_code == 404


def test_the_present_position_comes_first_then_the_last_one(browser, ann):
    for started, ended in (("2015-01", "2016-01"), ("2020-01", ""), ("2016-02", "2019-12")):
        browser.post(ADD, FORM | {"started": started, "ended": ended})

    assert [held.started.year for held in Experience.objects.of(ann)] == [2020, 2016, 2015]


def test_there_is_a_limit(browser, position, monkeypatch):
    monkeypatch.setattr(Experience, "MOST", 1)

    answer = browser.post(ADD, FORM)
    assert answer.status_code == 422
    assert "as many as one can" in answer.text
    assert browser.post(f"/me/work/{position.pk}/", FORM).status_code == 302


@pytest.mark.parametrize("end", ["", "remove/"])
def test_a_stranger_finds_none_of_it(position, ben, end):
    client = signed_in(ben)

    assert client.get(f"/me/work/{position.pk}/{end}").status_code == 404
    assert client.post(f"/me/work/{position.pk}/{end}", FORM).status_code == 404
    assert "Olentangy" not in client.get("/me/").text


def test_somebody_visible_names_no_employer_in_a_title(browser, ann, position):
    Profile.objects.update(visibility="verified")

    answer = browser.post(ADD, FORM | {"title": "Lead at Olentangy Community Hospital"})

    assert answer.status_code == 422
    assert "Leave Olentangy Community Hospital out" in answer.text


@pytest.mark.parametrize(
    ("months", "words"),
    [(1, "1 month"), (11, "11 months"), (12, "1 year"), (27, "2 years 3 months"), (13, "1 year 1 month")],
)
def test_how_long_it_lasted_in_words(months, words):
    assert lasting(months) == words
