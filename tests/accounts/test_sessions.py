"""Where somebody is signed in, and signing out all others."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.utils import timezone

from accounts.models import Membership, User
from accounts.reader import Tier
from accounts.tasks import clear_sessions
from tests.accounts.conftest import signed_in

pytestmark = pytest.mark.django_db

PAGE = "/accounts/sessions/"
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 Version/18.1 Safari/604.1"
LAPTOP = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36 Edg/140.0"


def test_each_browser_is_listed_in_words(ann):
    phone, laptop = signed_in(ann, HTTP_USER_AGENT=PHONE), signed_in(ann, HTTP_USER_AGENT=LAPTOP)

    html = laptop.get(PAGE).text

    assert "Safari on iPhone" in html
    assert "Edge on Windows" in html
    assert html.count("This browser") == 1
    assert "from 127.0.0.1" in html
    assert phone.get("/me/").status_code == 200


def test_others_are_signed_out_by_one_button(ann):
    here, elsewhere = signed_in(ann), signed_in(ann)

    answer = here.post(PAGE, follow=True)

    assert "You are signed out everywhere else." in answer.text
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302


def test_looking_signs_nobody_out(ann):
    here, elsewhere = signed_in(ann), signed_in(ann)

    assert "Sign out all others" in here.get(PAGE).text

    assert elsewhere.get("/me/").status_code == 200


def test_the_sessions_of_others_are_theirs(ann, ben):
    signed_in(ben, HTTP_USER_AGENT=PHONE)

    here = signed_in(ann)
    assert "iPhone" not in here.get(PAGE).text
    ben_again = signed_in(ben)
    here.post(PAGE)
    assert ben_again.get("/me/").status_code == 200


def test_the_only_session_has_nothing_to_sign_out(ann):
    html = signed_in(ann).get(PAGE).text

    assert "You are signed in nowhere else." in html
    assert "Sign out all others" not in html


@pytest.mark.parametrize("agent", ["", "x" * 5000, "<script>alert(1)</script>", "curl/8"])
def test_any_user_agent_is_bearable(ann, agent):
    html = signed_in(ann, HTTP_USER_AGENT=agent).get(PAGE).text

    assert "An unknown browser" in html
    assert "<script>alert" not in html


def test_address_and_browser_are_forgotten_with_the_session(ann, ben):
    ended, signed_out, lasting = signed_in(ann), signed_in(ann), signed_in(ben)
    Session.objects.filter(pk=ended.session.session_key).update(expire_date=timezone.now())
    signed_out.post("/accounts/logout/")

    clear_sessions()

    assert [noted.user for noted in UserSession.objects.all()] == [ben]
    assert lasting.get("/me/").status_code == 200


class TestWhoseASessionIs:
    """The session, its person and whether they are a member come by one query."""

    def test_one_query_tells(self, mia, django_assert_num_queries):
        browser = signed_in(mia)

        with django_assert_num_queries(1) as asked:
            text = browser.get("/accounts/logout/").text

        assert "Mia" in text
        assert "accounts_membership" in asked[0]["sql"]

    def test_a_session_that_nobody_noted_is_read_as_ever(self, mia):
        browser = signed_in(mia)
        UserSession.objects.all().delete()

        assert "Mia" in browser.get("/accounts/logout/").text

    def test_a_note_of_another_person_signs_nobody_in_as_them(self, mia, ben):
        browser = signed_in(mia)
        UserSession.objects.update(user=ben)

        text = browser.get("/accounts/logout/").text

        assert "Mia" in text
        assert "Ben" not in text

    def test_who_is_shut_out_is_a_guest_from_the_next_request_on(self, mia):
        browser = signed_in(mia)
        User.objects.filter(pk=mia.pk).update(is_active=False)

        assert browser.get("/me/").status_code == 302

    def test_a_password_that_was_changed_elsewhere_ends_it(self, mia):
        browser = signed_in(mia)
        mia.set_password("another long one")
        mia.save()

        assert browser.get("/me/").status_code == 302
        assert not Session.objects.exists()

    def test_it_ends_with_its_time(self, mia):
        browser = signed_in(mia)
        Session.objects.update(expire_date=timezone.now())

        assert browser.get("/me/").status_code == 302

    def test_what_was_signed_by_another_key_is_nobody(self, mia):
        browser = signed_in(mia)
        Session.objects.update(session_data="e30:forged")

        assert browser.get("/me/").status_code == 302

    def test_a_membership_counts_from_the_next_request_on(self, ann):
        browser = signed_in(ann)
        assert reader_seen_by(browser) is Tier.FREE

        Membership.objects.create(user=ann, starts_at=timezone.now())

        assert reader_seen_by(browser) is Tier.REGISTERED


def reader_seen_by(browser):
    """The tier of the reader that a browser's next request has."""
    return browser.get("/accounts/logout/").wsgi_request.reader.tier
