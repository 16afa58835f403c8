"""Every page of django-allauth that somebody can reach is one of ours: our frame, our words, our policy."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from accounts.models import User
from tests.accounts.conftest import signed_in, sure
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

GUEST_PAGES = {
    "account_login": "Sign in",
    "account_signup": "Create a free account",
    "account_inactive": "This account is closed",
    "account_email_verification_sent": "Look at your mail",
    "account_reset_password": "Forgot your password?",
    "account_reset_password_done": "Look at your mail",
    "account_reset_password_from_key_done": "Your new password is saved",
    "socialaccount_login_cancelled": "You did not sign in",
}
REFUSED_PAGES = {
    "account_confirm_email": (["nonsense"], 404, "This link is not valid"),
    "account_reset_password_from_key": (["1", "nonsense"], 404, "This link is not valid"),
    "socialaccount_login_error": ([], 401, "The other service did not let you in"),
}
PERSON_PAGES = {
    "account_logout": "Sign out?",
    "account_email": "E-mail address",
    "account_change_password": "Change your password",
    "account_reauthenticate": "Is it you?",
    "mfa_index": "Security",
    "mfa_activate_totp": "Turn on the authenticator app",
    "mfa_list_webauthn": "Passkeys",
    "mfa_add_webauthn": "Add a passkey",
    "usersessions_list": "Where you are signed in",
    "socialaccount_connections": "Connected accounts",
}
TWO_STEP_PAGES = {
    "mfa_deactivate_totp": "Turn off the authenticator app?",
    "mfa_reauthenticate": "Is it you?",
    "mfa_view_recovery_codes": "Recovery codes",
    "mfa_generate_recovery_codes": "Make new recovery codes?",
}
ELSEWHERE = {
    "account_set_password": "test_a_person_without_a_password_sets_one",
    "account_confirm_login_code": "redirects: sign-in by code is off",
    "mfa_authenticate": "test_the_second_step_is_a_page_of_ours",
    "mfa_download_recovery_codes": "tests/accounts/test_two_step.py",
    "mfa_login_webauthn": "no page: the passkey button of the sign-in page posts there",
    "mfa_edit_webauthn": "tests/accounts/test_passkeys.py",
    "mfa_remove_webauthn": "tests/accounts/test_passkeys.py",
    "mfa_reauthenticate_webauthn": "tests/accounts/test_passkeys.py",
    "socialaccount_signup": "tests/accounts/test_social.py",
}


def names_below(patterns: list[URLPattern | URLResolver]) -> set[str]:
    names: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            names |= names_below(pattern.url_patterns)
        elif pattern.name:
            names.add(pattern.name)
    return names


def assert_ours(html: str, heading: str) -> None:
    assert f"<h1>{heading}</h1>" in html
    assert 'class="site-header"' in html
    assert html.count("<h1") == 1
    assert not re.search(r"<script(?![^>]*(src=|type=\"application/json\"))", html), "no inline script runs"
    assert not re.search(r"\s(style|on[a-z]+)=\"", html), "no inline style or handler"


def with_two_steps(user: User) -> User:
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    return user


def test_every_address_of_allauth_is_looked_at():
    allauth = next(branch for branch in get_resolver().url_patterns if str(branch.pattern) == "accounts/")

    looked_at = [GUEST_PAGES, REFUSED_PAGES, PERSON_PAGES, TWO_STEP_PAGES, ELSEWHERE]
    assert names_below(allauth.url_patterns) == {name for pages in looked_at for name in pages}


@pytest.mark.parametrize(("name", "heading"), GUEST_PAGES.items())
def test_guest_pages(client, name, heading):
    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert_ours(answer.text, heading)
    assert "'unsafe-inline'" not in answer["Content-Security-Policy"]


@pytest.mark.parametrize(("name", "case"), REFUSED_PAGES.items())
def test_pages_of_what_did_not_work(client, ann, name, case):
    arguments, status, heading = case
    browser = signed_in(ann) if name == "socialaccount_login_error" else client  # guests are asked to sign in there

    answer = browser.get(reverse(name, args=arguments))

    assert answer.status_code == status
    assert_ours(answer.text, heading)


@pytest.mark.parametrize(("name", "heading"), PERSON_PAGES.items())
def test_pages_of_a_person(ann, name, heading):
    answer = sure(signed_in(ann)).get(reverse(name))

    assert answer.status_code == 200
    assert_ours(answer.text, heading)


@pytest.mark.parametrize("name", [*PERSON_PAGES, *TWO_STEP_PAGES, "account_set_password"])
def test_pages_of_a_person_ask_a_guest_to_sign_in(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login") if name != "account_logout" else "/")


@pytest.mark.parametrize(("name", "heading"), TWO_STEP_PAGES.items())
def test_pages_of_a_person_with_two_steps(ann, name, heading):
    client = sure(signed_in(ann))
    with_two_steps(ann)

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert_ours(answer.text, heading)


def test_the_second_step_is_a_page_of_ours(client, ann):
    with_two_steps(ann)
    client.post(reverse("account_login"), {"login": ann.email, "password": PASSWORD})

    answer = client.get(reverse("mfa_authenticate"))

    assert answer.status_code == 200
    assert_ours(answer.text, "Second step")
    assert "Use a passkey" not in answer.text, "Ann has none"


def test_a_person_without_a_password_sets_one(ann):
    client = Client()
    ann.set_unusable_password()
    ann.save()
    client.force_login(ann)

    answer = client.get(reverse("account_set_password"))
    assert_ours(answer.text, "Set a password")

    client.post(reverse("account_set_password"), {"password1": "broken-femur-9", "password2": "broken-femur-9"})
    ann.refresh_from_db()
    assert ann.check_password("broken-femur-9")


def test_security_page_shows_what_is_on(ann):
    client = signed_in(ann)
    with_two_steps(ann)
    assert Authenticator.objects.count() == 2

    html = client.get(reverse("mfa_index")).text

    assert "10 of 10 left" in html
    assert 'href="/accounts/2fa/totp/deactivate/"' in html
