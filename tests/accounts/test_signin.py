"""Signing in and out, and what happens to those who try too often."""

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.tasks import forget_limits
from jobboard import settings as production
from tests.accounts.conftest import signed_in
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: str):
    return client.post(LOGIN, {"login": email, "password": password, **more})


@pytest.mark.parametrize("typed", ["ann@example.com", " Ann@Example.COM "])
def test_the_address_is_the_login_in_any_case(client, ann, typed):
    answer = sign_in(client, typed)

    assert answer["Location"] == "/"
    assert client.session["_auth_user_id"] == str(ann.pk)


def test_a_session_ends_with_the_browser_unless_one_asks_to_stay(client, ann):
    sign_in(client, ann.email)
    assert client.session.get_expire_at_browser_close()

    stays = Client()
    sign_in(stays, ann.email, remember="on")
    assert not stays.session.get_expire_at_browser_close()


def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(client, ann):
    wrong = sign_in(client, "ann@example.com", "not-my-password")
    unknown = sign_in(client, "xyz@example.com", "not-my-password")

    assert wrong.status_code == unknown.status_code == 422
    words = "This e-mail address and password do not belong together."
    assert words in wrong.text
    assert words in unknown.text
    assert 'value="ann@example.com"' in wrong.text


def test_a_closed_account_gets_its_page(client, ann):
    ann.is_active = False
    ann.save()

    answer = sign_in(client, ann.email)

    assert answer["Location"] == reverse("account_inactive")
    assert not client.session.get("_auth_user_id")


def test_closing_an_account_ends_its_sessions(ann):
    client = signed_in(ann)
    User.objects.filter(pk=ann.pk).update(is_active=False)

    assert client.get("/me/").status_code == 302


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_site(client, ann, next_):
    assert sign_in(client, ann.email, next=next_)["Location"] == "/"


def test_where_one_was_going_is_where_one_arrives(client, ann):
    asked = client.get("/me/")

    page = client.get(asked["Location"])

    assert 'name="next" value="/me/"' in page.text
    assert sign_in(client, ann.email, next="/me/")["Location"] == "/me/"


def test_signing_out_asks_and_only_a_post_does_it(ann):
    client = signed_in(ann)

    assert "Sign out?" in client.get("/accounts/logout/").text
    assert client.session["_auth_user_id"]

    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not client.session.get("_auth_user_id")


def test_after_five_wrong_passwords_an_address_is_paused(client, ann):
    for _ in range(5):
        assert sign_in(client, ann.email, "not-my-password").status_code == 422

    answer = sign_in(client, ann.email)

    assert answer.status_code == 429
    assert "Too many failed tries" in answer.text
    assert not client.session.get("_auth_user_id")
    other = make_user("other@example.com")
    assert sign_in(Client(), other.email).status_code == 302, "others sign in meanwhile"


@pytest.fixture
def cache_of_production(settings):
    """The cache that counts tries on a real site, where tests have one in memory."""
    settings.CACHES = settings.CACHES | {"default": production.CACHES["default"]}
    call_command("createcachetable", verbosity=0)


@pytest.mark.usefixtures("cache_of_production")
def test_nothing_else_that_is_counted_wipes_the_wrong_passwords(client, ann):
    for _ in range(5):
        sign_in(client, ann.email, "not-my-password")

    for number in range(320):  # Django's own limit is 300 rows, and the first by name go
        cache.set(f"someone-else-{number}", 1)

    assert sign_in(client, ann.email).status_code == 429


@pytest.mark.usefixtures("cache_of_production")
def test_counters_that_have_run_out_are_deleted_and_no_others():
    cache.set("over", 1, timeout=-1)
    cache.set("still", 1, timeout=60)

    forget_limits()

    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM django_cache")
        assert cursor.fetchall() == [(":1:still",)]


def test_a_network_that_tries_too_fast_gets_the_pause_page(client):
    answers = [sign_in(client, f"person{n}@example.com", "not-my-password").status_code for n in range(31)]

    assert answers[:10] == [422] * 10
    assert answers[10:30] == [429] * 20
    last = sign_in(client, "one-more@example.com")
    assert last.status_code == 429
    assert "<h1>Too many tries</h1>" in last.text


def test_a_forged_forwarded_for_does_not_get_around_the_pause(client):
    for n in range(11):
        answer = client.post(
            LOGIN,
            {"login": f"person{n}@example.com", "password": "not-my-password"},
            HTTP_X_FORWARDED_FOR=f"198.51.100.{n}",
        )

    assert answer.status_code == 429


def test_the_form_works_without_a_passkey_or_a_script(client):
    page = client.get(LOGIN).text

    assert 'id="mfa_login"' in page
    assert "hidden data-needs-passkeys" in page


def test_no_buttons_of_other_services_without_their_keys(client):
    assert "Go on with" not in client.get(LOGIN).text


def test_the_admin_asks_one_to_sign_in_as_everywhere(client):
    answer = client.get("/admin/login/", {"next": "/admin/"})

    assert answer["Location"].startswith(LOGIN)


def test_the_admin_is_closed_to_those_who_are_no_staff(ann):
    assert signed_in(ann).get("/admin/", follow=True).status_code == 403
