"""The authenticator app as a second step, and the recovery codes for the day it is lost."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from tests.accounts.conftest import signed_in, sure
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

ACTIVATE = "/accounts/2fa/totp/activate/"
SECOND_STEP = "/accounts/2fa/authenticate/"
CODES = "/accounts/2fa/recovery-codes/"


def code_of(secret: str) -> str:
    """What an authenticator app shows now for a secret (RFC 6238, 30 seconds, SHA-1)."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def secret_on(html: str) -> str:
    return re.search(r'<code class="key">(\w+)</code>', html).group(1)


def codes_on(html: str) -> list[str]:
    return re.findall(r"<li><code>([0-9a-f]+)</code></li>", html)


@pytest.fixture
def browser(ann):
    return sure(signed_in(ann))


@pytest.fixture
def secret(browser):
    """Ann's app is on; this is its secret."""
    secret = secret_on(browser.get(ACTIVATE).text)
    assert browser.post(ACTIVATE, {"code": code_of(secret)})["Location"] == CODES
    return secret


def half_way(email: str) -> Client:
    """A browser that has given the password and is asked for the second step."""
    client = Client()
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer["Location"] == SECOND_STEP
    return client


def test_the_page_shows_a_qr_code_and_the_key(browser):
    html = browser.get(ACTIVATE).text

    assert 'src="data:image/svg+xml;base64,' in html
    assert len(secret_on(html)) == 32


@pytest.mark.django_db(transaction=True)  # the mail goes out when the change is committed
def test_turning_it_on_gives_recovery_codes_and_a_mail(browser, secret):
    assert len(codes_on(browser.get(CODES).text)) == 10
    assert mail.outbox[0].subject == "Authenticator app turned on"


def test_a_wrong_first_code_keeps_the_key(browser):
    secret = secret_on(browser.get(ACTIVATE).text)

    answer = browser.post(ACTIVATE, {"code": "000000" if code_of(secret) != "000000" else "111111"})

    assert answer.status_code == 422
    assert "was not accepted" in answer.text
    assert secret_on(answer.text) == secret
    assert not Authenticator.objects.exists()


def test_signing_in_asks_for_a_code(ann, secret):
    client = half_way(ann.email)
    assert client.get("/me/").status_code == 302, "half-way is not in"

    answer = client.post(SECOND_STEP, {"code": code_of(secret)})

    assert answer.status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_code_lets_in_only_once(ann, secret):
    code = code_of(secret)
    half_way(ann.email).post(SECOND_STEP, {"code": code})

    assert half_way(ann.email).post(SECOND_STEP, {"code": code}).status_code == 422


def test_a_wrong_code_is_refused_and_too_many_are_paused(ann, secret):
    client = half_way(ann.email)

    answers = [client.post(SECOND_STEP, {"code": f"wrong-{n}"}).status_code for n in range(6)]

    assert answers[0] == 422
    assert answers[-1] == 429
    assert client.get("/me/").status_code == 302


def test_a_recovery_code_lets_in_once(ann, browser, secret):
    code = codes_on(browser.get(CODES).text)[0]

    client = half_way(ann.email)
    client.post(SECOND_STEP, {"code": code})

    assert client.get("/me/").status_code == 200
    assert "9 of 10 left" in browser.get(CODES).text
    assert code not in codes_on(browser.get(CODES).text)
    assert half_way(ann.email).post(SECOND_STEP, {"code": code}).status_code == 422


def test_recovery_codes_can_be_downloaded(browser, secret):
    answer = browser.get(f"{CODES}download/")

    assert answer["Content-Type"].startswith("text/plain")
    assert answer["Content-Disposition"] == 'attachment; filename="recovery-codes.txt"'
    assert all(code in answer.text for code in codes_on(browser.get(CODES).text))
    assert "ann@example.com" in answer.text


@pytest.mark.django_db(transaction=True)
def test_new_recovery_codes_replace_the_old_ones(ann, browser, secret):
    old = codes_on(browser.get(CODES).text)
    assert "no longer work" in browser.get(f"{CODES}generate/").text

    browser.post(f"{CODES}generate/")

    new = codes_on(browser.get(CODES).text)
    assert len(new) == 10
    assert not set(new) & set(old)
    assert half_way(ann.email).post(SECOND_STEP, {"code": old[0]}).status_code == 422
    assert mail.outbox[-1].subject == "New recovery codes"


def test_recovery_codes_are_not_shown_without_proof_to_be_there(ann, browser, secret):
    half = half_way(ann.email)
    half.post(SECOND_STEP, {"code": code_of(secret)})
    codes = codes_on(browser.get(CODES).text)

    answer = half.get(CODES)

    assert not any(code in answer.text for code in codes)
    assert not any(code in half.get(f"{CODES}download/").text for code in codes)


def test_turning_it_off_asks_then_a_password_is_enough_again(ann, browser, secret):
    assert "Turn off the authenticator app?" in browser.get("/accounts/2fa/totp/deactivate/").text
    assert Authenticator.objects.filter(type="totp").exists()

    browser.post("/accounts/2fa/totp/deactivate/")

    assert not Authenticator.objects.exists()
    assert mail.outbox[-1].subject == "Authenticator app turned off"
    assert signed_in(ann).get("/me/").status_code == 200


def test_a_stranger_sees_none_of_it(ben, ann, browser, secret):
    stranger = sure(signed_in(ben))

    assert stranger.get(CODES).status_code == 404
    assert stranger.get(f"{CODES}download/").status_code == 404
    assert stranger.get("/accounts/2fa/totp/deactivate/").status_code == 404
