"""Passkeys in a real browser, with an authenticator that Chromium simulates: add, sign in, rename, remove."""

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from allauth.mfa.models import Authenticator
from playwright.sync_api import BrowserContext, CDPSession, Page, expect

from accounts.models import User
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def ann(transactional_db: None) -> User:
    return make_user("ann@example.com", name="Ann Coder")


def with_authenticator(page: Page) -> CDPSession:
    """Plug a device with a fingerprint reader into the browser; it says yes to everything."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options |= {"isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.authenticator = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    return devtools


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def arrive(page: Page) -> None:
    """Wait for the start page, where signing in and out lead."""
    expect(page).to_have_url(re.compile(r"^http://[^/]+/$"))


def sign_out(page: Page) -> None:
    page.goto("/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()
    arrive(page)


def add_passkey(page: Page, name: str) -> None:
    page.goto("/accounts/2fa/webauthn/add/")
    if page.get_by_role("heading", name="Is it you?").is_visible():
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Go on").click()
    page.get_by_label("Name").fill(name)
    page.get_by_role("button", name="Add the passkey").click()


@pytest.fixture
def ann_with_passkey(page: Page, ann: User) -> CDPSession:
    devtools = with_authenticator(page)
    sign_in(page, ann.email)
    add_passkey(page, "Laptop")
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
    return devtools


def test_the_first_passkey_comes_with_recovery_codes(page: Page, ann_with_passkey: CDPSession):
    expect(page.locator(".recovery-codes li")).to_have_count(10)
    expect(page.get_by_text("The passkey is added.")).to_be_visible()
    assert Authenticator.objects.get(type="webauthn").wrap().name == "Laptop"


def test_signing_in_by_it_alone(page: Page, ann_with_passkey: CDPSession):
    sign_out(page)
    page.goto("/accounts/login/?next=/me/edit/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    page.wait_for_url("**/me/edit/")
    expect(page.get_by_role("heading", name="Edit your profile")).to_be_visible()


def test_as_the_second_step_after_the_password(page: Page, ann_with_passkey: CDPSession, ann: User):
    sign_out(page)
    sign_in(page, ann.email)
    expect(page.get_by_role("heading", name="Second step")).to_be_visible()

    page.get_by_role("button", name="Use a passkey").click()

    arrive(page)
    page.goto("/me/")
    expect(page.get_by_role("heading", name="Ann Coder")).to_be_visible()


def test_as_proof_that_it_is_still_you(page: Page, ann_with_passkey: CDPSession):
    sign_out(page)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrive(page)
    page.goto("/accounts/2fa/webauthn/reauthenticate/?next=/accounts/2fa/recovery-codes/")

    page.get_by_role("button", name="Use a passkey").click()

    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()


def test_renaming_and_removing(page: Page, ann_with_passkey: CDPSession, ann: User):
    page.goto("/accounts/2fa/webauthn/")
    page.get_by_role("link", name="Rename Laptop").click()
    page.get_by_label("Name").fill("Old <b>laptop</b>")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("main strong")).to_have_text("Old <b>laptop</b>")

    page.get_by_role("link", name="Remove Old").click()
    assert Authenticator.objects.filter(type="webauthn").exists()
    page.get_by_role("button", name="Remove it").click()

    expect(page.get_by_role("heading", name="No passkeys yet")).to_be_visible()
    assert not Authenticator.objects.exists(), "the recovery codes went with the last passkey"
    sign_out(page)
    sign_in(page, ann.email)
    arrive(page)
    page.goto("/me/")
    expect(page.get_by_role("heading", name="Ann Coder")).to_be_visible()


def test_saying_no_is_answered_in_words_and_lets_nobody_in(page: Page, ann_with_passkey: CDPSession):
    sign_out(page)
    refusing = {"authenticatorId": ann_with_passkey.authenticator, "isUserVerified": False}
    ann_with_passkey.send("WebAuthn.setUserVerified", refusing)
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("Nothing happened: it was cancelled, or it took too long. Try again.")).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_stranger_finds_no_passkey_of_ann(
    page: Page, ann_with_passkey: CDPSession, new_context: Callable[..., BrowserContext]
):
    key = Authenticator.objects.get(type="webauthn")
    make_user("ben@example.com", name="Ben Stranger")
    other = new_context().new_page()
    sign_in(other, "ben@example.com")
    other.goto("/accounts/2fa/webauthn/add/")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Go on").click()

    for what in ("edit", "remove"):
        assert other.goto(f"/accounts/2fa/webauthn/keys/{key.pk}/{what}/").status == 404


def test_a_passkey_of_somebody_else_does_not_open_an_account(page: Page, ann_with_passkey: CDPSession):
    """The browser answers in Ann's name, with a key that is Ben's."""
    ben = make_user("ben@example.com", name="Ben Stranger")
    Authenticator.objects.filter(type="webauthn").update(user=ben)
    sign_out(page)
    page.goto("/accounts/login/")

    page.get_by_role("button", name="Sign in with a passkey").click()

    expect(page.get_by_text("This code or passkey was not accepted. Try again.")).to_be_visible()
    page.goto("/me/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_without_passkeys_in_the_browser_nothing_offers_them(new_context: Callable[..., BrowserContext], ann: User):
    context = new_context()
    context.add_init_script("delete window.PublicKeyCredential")
    page = context.new_page()
    page.goto("/accounts/login/")
    expect(page.get_by_role("button", name="Sign in with a passkey")).to_be_hidden()

    sign_in(page, ann.email)
    page.goto("/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()

    expect(page.get_by_text("This browser cannot make passkeys")).to_be_visible()
    expect(page.get_by_role("button", name="Add the passkey")).to_be_hidden()


def test_without_javascript_the_password_still_works(page_without_javascript: Page, ann: User):
    page = page_without_javascript

    sign_in(page, ann.email)

    page.goto("/me/")
    expect(page.get_by_role("heading", name="Ann Coder")).to_be_visible()


def test_an_answer_to_an_older_question_is_refused(page: Page, ann_with_passkey: CDPSession):
    """What was sent once cannot be sent again: each sign-in asks for a signature of a new challenge."""
    sign_out(page)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.post_data) if request.method == "POST" else None)
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    arrive(page)
    sign_out(page)
    (credential,) = {field for body in sent for field in parse_qs(body).get("credential", [])}
    assert json.loads(credential)["type"] == "public-key"
    page.goto("/accounts/login/")
    page.evaluate(
        "async (credential) => {"
        " await fetch('/accounts/2fa/webauthn/login/', {headers: {Accept: 'application/json'}});"
        " document.getElementById('mfa_credential').value = credential;"
        " document.getElementById('mfa_login').submit() }",
        credential,
    )

    expect(page.get_by_text("This code or passkey was not accepted. Try again.")).to_be_visible()
