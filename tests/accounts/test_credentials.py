"""The credentials on a profile: their owner lists, changes and removes them; nobody else knows of them here."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from django.db import connections
from django.utils import timezone

from accounts.forms.profile import credential_choices
from accounts.models import Credential, Profile
from accounts.vocabulary import CREDENTIALS
from tests.accounts.conftest import signed_in
from tests.factories import make_user

pytestmark = pytest.mark.django_db

ADD = "/me/credentials/add/"
CPC = {"abbreviation": "CPC", "member_number": "01483920", "earned": "2019-05-01", "expires": "2097-05-31"}


@pytest.fixture
def browser(ann):
    return signed_in(ann)


@pytest.fixture
def cpc(browser, ann):
    browser.post(ADD, CPC)
    return Credential.objects.get(profile__user=ann)


def test_listing_one(browser):
    html = browser.post(ADD, CPC, follow=True).text

    assert "CPC is on your profile." in html
    assert "Certified Professional Coder" in html
    assert "AAPC · member 01483920 · earned May 1, 2019 · expires May 31, 2097" in html
    assert "Expired" not in html


def test_the_abbreviation_alone_is_enough(browser, ann):
    browser.post(ADD, {"abbreviation": "CCS-P"})

    held = Credential.objects.get(profile__user=ann)
    assert held.kind.body == "AHIMA"
    assert not held.has_expired(date(2099, 1, 1))


def test_every_credential_can_be_chosen_by_its_body_and_full_name(browser):
    html = browser.get(ADD).text

    assert '<optgroup label="AHIMA">' in html
    assert "CRC: Certified Risk Adjustment Coder" in html
    chosen = {value for _, group in credential_choices()[1:] for value, _ in group}
    assert chosen == set(CREDENTIALS)


def test_changing_one(browser, cpc):
    page = f"/me/credentials/{cpc.pk}/"
    assert 'value="2019-05-01"' in browser.get(page).text

    browser.post(page, CPC | {"member_number": "7"})

    cpc.refresh_from_db()
    assert cpc.member_number == "7"
    assert Credential.objects.count() == 1


def test_removing_one_asks_first(browser, cpc):
    page = f"/me/credentials/{cpc.pk}/remove/"
    assert "Remove CPC?" in browser.get(page).text
    assert Credential.objects.exists()

    assert "CPC is off your profile." in browser.post(page, follow=True).text
    assert not Credential.objects.exists()


def test_one_that_has_expired_says_so(browser):
    html = browser.post(ADD, CPC | {"expires": "2020-05-31"}, follow=True).text

    assert "Expired" in html
    assert "expired May 31, 2020" in html


def test_it_is_valid_on_its_last_day():
    held = Credential(abbreviation="CPC", expires=date(2026, 5, 31))

    assert not held.has_expired(date(2026, 5, 31))
    assert held.has_expired(date(2026, 6, 1))


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"abbreviation": ""}, "This field is required"),
        ({"abbreviation": "MD"}, "MD is not one of the available choices"),
        ({"abbreviation": "C" * 5000}, "is not one of the available choices"),
        ({"member_number": "1" * 31}, "at most 30 characters"),
        ({"member_number": "\x00"}, "Null characters are not allowed"),
        ({"earned": "May 2019"}, "Enter a valid date"),
        ({"earned": "2019-02-30"}, "Enter a valid date"),
        ({"earned": "0000-00-00"}, "Enter a valid date"),
        ({"expires": "99999-01-01"}, "Enter a valid date"),
        ({"expires": "2019-05-01"}, "The expiry date must come after the date it was earned."),
        ({"expires": "2001-01-01"}, "The expiry date must come after the date it was earned."),
    ],
)
def test_a_refused_form_comes_back_filled_in(browser, change, words):
    answer = browser.post(ADD, CPC | change)

    assert answer.status_code == 422
    assert words in answer.text
    if "member_number" not in change:
        assert 'value="01483920"' in answer.text
    assert not Credential.objects.exists()


def test_a_day_to_come_cannot_be_the_day_it_was_earned(browser):
    tomorrow = timezone.localdate() + timedelta(days=2)

    answer = browser.post(ADD, CPC | {"earned": tomorrow.isoformat()})

    assert answer.status_code == 422
    assert "This day is still to come." in answer.text


def test_the_same_one_twice_is_refused(browser, cpc):
    answer = browser.post(ADD, CPC | {"member_number": "other"})

    assert answer.status_code == 422
    assert "This credential is on your profile already." in answer.text
    assert 'value="other"' in answer.text


def test_changing_one_into_another_that_is_listed_is_refused(browser, cpc):
    browser.post(ADD, {"abbreviation": "CRC"})

    answer = browser.post(f"/me/credentials/{cpc.pk}/", {"abbreviation": "CRC"})

    assert answer.status_code == 422
    cpc.refresh_from_db()
    assert cpc.abbreviation == "CPC"


@pytest.mark.django_db(transaction=True)
def test_the_same_one_listed_twice_at_once_is_listed_once():
    ann = make_user("ann@example.com")
    browsers = [signed_in(ann) for _ in range(6)]
    all_of_them = Barrier(6)

    def add(browser) -> int:
        all_of_them.wait()
        try:
            return browser.post(ADD, CPC).status_code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        answers = sorted(threads.map(add, browsers))

    assert answers == [302, 422, 422, 422, 422, 422]
    assert Credential.objects.count() == 1
    assert Profile.objects.count() == 1


class TestStranger:
    """Ben signs in, too, and guesses the number of Ann's credential."""

    @pytest.mark.parametrize("page", ["/me/credentials/{}/", "/me/credentials/{}/remove/"])
    @pytest.mark.parametrize("verb", ["get", "post"])
    def test_it_does_not_exist_for_others(self, ben, cpc, page, verb):
        stranger = signed_in(ben)

        answer = getattr(stranger, verb)(page.format(cpc.pk), CPC | {"member_number": "stolen"})

        assert answer.status_code == 404
        assert "01483920" not in answer.text
        cpc.refresh_from_db()
        assert cpc.member_number == "01483920"

    def test_the_same_credential_can_be_held_by_both(self, ben, cpc):
        assert signed_in(ben).post(ADD, CPC).status_code == 302
        assert Credential.objects.exclude(pk=cpc.pk).get().profile.user == ben

    def test_a_posted_profile_is_not_believed(self, ben, cpc):
        signed_in(ben).post(ADD, {"abbreviation": "CRC", "profile": cpc.profile_id, "id": cpc.pk, "pk": cpc.pk})

        assert Credential.objects.get(abbreviation="CRC").profile.user == ben


@pytest.mark.parametrize("number", ["0", "999999999999999999999999", "-1", "1e3", "%00", "٣"])
def test_numbers_that_are_none_are_not_found(browser, number):
    for page in (f"/me/credentials/{number}/", f"/me/credentials/{number}/remove/"):
        assert browser.get(page).status_code in (400, 404)
        assert browser.post(page, CPC).status_code in (400, 404)


@pytest.mark.parametrize(
    ("abbreviation", "link"),
    [
        ("CPC", 'href="https://www.aapc.com/certification/credential-verification.aspx"'),
        ("RHIT", 'href="https://my.ahima.org/credential-verification"'),
        ("CCDS", 'href="https://acdis.org/"'),  # its site, where its page is not known
        ("QMC", "own site</span>"),  # not even its site is certain
    ],
)
def test_each_says_where_its_body_verifies_it(browser, abbreviation, link):
    browser.post(ADD, {"abbreviation": abbreviation})
    assert link in browser.get("/me/").text
