"""A new e-mail address counts once its own mailbox has confirmed it; until then nothing of it is kept."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.core import mail, signing
from django.test import Client

from accounts.address import VALID, AddressChange
from accounts.models import User
from tests.accounts.conftest import signed_in, sure
from tests.factories import PASSWORD, make_user

pytestmark = pytest.mark.django_db

PAGE = "/accounts/email/"
NEW = "ann.new@example.com"


@pytest.fixture
def browser(ann):
    return sure(signed_in(ann))


def change(browser: Client, email: str):
    return browser.post(PAGE, {"action_add": "", "email": email})


def link_mailed_to(email: str) -> str:
    (message,) = [message for message in mail.outbox if message.to == [email]]
    return re.search(r"http://\S+?(/me/address/\S+)", message.body).group(1)


def test_the_whole_way(browser, ann):
    answer = browser.post(PAGE, {"action_add": "", "email": "Ann.New@example.com"}, follow=True)
    assert f"We sent a link to {NEW}." in answer.text
    link = link_mailed_to(NEW)

    page = browser.get(link)
    assert "From <strong>ann@example.com</strong> to <strong>ann.new@example.com</strong>." in page.text
    ann.refresh_from_db()
    assert ann.email == "ann@example.com", "opening the link changes nothing yet"

    assert f"You now sign in with {NEW}." in browser.post(link, follow=True).text
    ann.refresh_from_db()
    assert ann.email == NEW
    address = EmailAddress.objects.get(user=ann)
    assert (address.email, address.verified, address.primary) == (NEW, True, True)
    notice = mail.outbox[-1]
    assert notice.subject == "Your e-mail address was changed"
    assert notice.to == ["ann@example.com"], "the old mailbox learns of it"
    assert "from ann@example.com to ann.new@example.com" in notice.body
    assert Client().post("/accounts/login/", {"login": NEW, "password": PASSWORD})["Location"] == "/"
    assert Client().post("/accounts/login/", {"login": "ann@example.com", "password": PASSWORD}).status_code == 422


def test_the_link_works_in_another_browser_and_signs_nobody_in(browser, ann):
    change(browser, NEW)
    other = Client()

    assert other.post(link_mailed_to(NEW))["Location"] == "/me/"

    assert User.objects.get(pk=ann.pk).email == NEW
    assert other.get("/me/").status_code == 302


def test_the_link_works_once(browser, ann):
    change(browser, NEW)
    link = link_mailed_to(NEW)
    browser.post(link)
    User.objects.get(pk=ann.pk).change_address("third@example.com")

    for answer in (browser.get(link), browser.post(link)):
        assert answer.status_code == 404
        assert "<h1>This link is not valid</h1>" in answer.text
    assert User.objects.get(pk=ann.pk).email == "third@example.com"


def test_a_person_with_a_second_step_can_change_it_too(browser, ann):
    TOTP.activate(ann, generate_totp_secret())

    assert change(browser, NEW).status_code == 302

    browser.post(link_mailed_to(NEW))
    assert User.objects.get(pk=ann.pk).email == NEW


def test_one_proves_to_be_there_first(ann):
    answer = change(signed_in(ann), NEW)

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not mail.outbox


def test_asking_for_an_address_does_not_hold_it(browser):
    change(browser, "nora@example.com")
    assert not EmailAddress.objects.filter(email="nora@example.com").exists()

    form = {"name": "Nora New", "email": "nora@example.com", "password1": "broken-femur-9"}
    Client().post("/accounts/signup/", form)

    assert User.objects.filter(email="nora@example.com").exists()
    taken = browser.post(link_mailed_to_first("nora@example.com"))
    assert taken.status_code == 409
    assert "<h1>This address is taken</h1>" in taken.text


def link_mailed_to_first(email: str) -> str:
    first = next(message for message in mail.outbox if message.to == [email])
    return re.search(r"http://\S+?(/me/address/\S+)", first.body).group(1)


def test_an_address_of_somebody_else_gets_the_same_answer_and_a_mail(browser, ann, ben):
    taken, free = change(browser, "ben@example.com"), change(browser, NEW)

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert [message.subject for message in mail.outbox] == [
        "You have an account already",
        "Confirm your new e-mail address",
    ]
    assert "/me/address/" not in mail.outbox[0].body
    assert User.objects.get(pk=ben.pk).email == "ben@example.com"


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("nonsense", "Enter a valid email address"),
        ("ann@example.com", "This is your address already."),
        ("ANN@example.com", "This is your address already."),
        (f"{'n' * 60}@{'.'.join(['x' * 60] * 4)}.example", "at most 254 characters"),
        ("", "This field is required"),
    ],
)
def test_a_refused_address_comes_back(browser, email, words):
    answer = change(browser, email)

    assert answer.status_code == 422
    assert words in answer.text
    if email:
        assert f'value="{email}"' in answer.text
    assert not mail.outbox


@pytest.mark.parametrize("form", [{}, {"action_send": ""}, {"action_remove": "", "email": "ben@example.com"}])
def test_nonsense_changes_nothing(browser, ann, ben, form):
    assert browser.post(PAGE, form).status_code == 302
    assert set(EmailAddress.objects.values_list("email", flat=True)) == {"ann@example.com", "ben@example.com"}


@pytest.mark.parametrize(
    "token",
    ["nonsense", "a:b:c", "%00", "." * 2000, signing.dumps([1, "a@b.example", "c@d.ex"])],
    ids=["nonsense", "unsigned", "NUL", "dots", "signed for something else"],
)
def test_a_made_up_link_is_none(client, token):
    for answer in (client.get(f"/me/address/{token}/"), client.post(f"/me/address/{token}/")):
        assert answer.status_code in (400, 404)


def test_a_link_grows_old(browser, ann, monkeypatch):
    change(browser, NEW)
    token = link_mailed_to(NEW).split("/")[-2]
    assert AddressChange.of_token(token) == (ann.pk, "ann@example.com", NEW)

    monkeypatch.setattr("accounts.address.VALID", timedelta(0))

    assert timedelta(days=3) == VALID
    assert AddressChange.of_token(token) is None


def test_a_closed_account_changes_nothing(browser, ann):
    change(browser, NEW)
    User.objects.filter(pk=ann.pk).update(is_active=False)

    assert Client().post(link_mailed_to(NEW)).status_code == 404


def test_asking_too_often_is_paused(browser):
    answers = [change(browser, f"a{n}@example.com").status_code for n in range(11)]

    assert answers == [302] * 10 + [429]


def test_one_mailbox_gets_one_link_in_a_while(browser):
    answers = {change(browser, NEW)["Location"] for _ in range(5)}

    assert answers == {PAGE}
    assert len(mail.outbox) == 1


def test_other_verbs_are_refused(client):
    make_user("x@example.com")
    assert client.put("/me/address/nonsense/").status_code == 405
