"""Signing up: an account opens when its address is confirmed, and nobody learns who has one."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import connections
from django.test import Client
from django.urls import reverse

from accounts.models import CodeView, Meter, User
from accounts.reader import GUEST_COOKIE
from tests.accounts.conftest import guest_cookie_of, reader_of

pytestmark = pytest.mark.django_db

SIGNUP = "/accounts/signup/"
FORM = {"name": "Nora New", "email": "Nora@Example.com", "password1": "broken-femur-9"}


def link_in(message: mail.EmailMessage) -> str:
    """The address of the first link of ours in a mail."""
    return re.search(r"http://testserver(/\S+)", message.body).group(1)


def test_the_whole_way_in(client):
    answer = client.post(SIGNUP, FORM)

    assert answer["Location"] == reverse("account_email_verification_sent")
    nora = User.objects.get()
    assert (nora.name, nora.email) == ("Nora New", "nora@example.com")
    assert not client.session.get("_auth_user_id"), "not before the address is confirmed"
    (message,) = mail.outbox
    assert message.to == ["nora@example.com"]
    assert message.subject == "Confirm your e-mail address"

    link = link_in(message)
    page = client.get(link)
    assert "Is <strong>nora@example.com</strong> yours?" in page.text
    assert not EmailAddress.objects.get().verified, "opening the link changes nothing yet"

    answer = client.post(link)
    assert answer["Location"] == "/"
    assert EmailAddress.objects.get().verified
    assert client.session["_auth_user_id"] == str(nora.pk)


def test_where_one_was_going_is_where_one_arrives(client):
    client.post(SIGNUP, FORM | {"next": "/codes/cpt/20670/"})

    assert client.post(link_in(mail.outbox[0]))["Location"] == "/codes/cpt/20670/"


@pytest.mark.parametrize(
    "next_", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_nobody_is_sent_to_another_site(client, next_):
    client.post(SIGNUP, FORM | {"next": next_})

    assert client.post(link_in(mail.outbox[0]))["Location"] == "/"


def test_an_account_that_was_not_confirmed_cannot_sign_in(client):
    client.post(SIGNUP, FORM)
    other = Client()

    answer = other.post("/accounts/login/", {"login": "nora@example.com", "password": FORM["password1"]})

    assert answer["Location"] == reverse("account_email_verification_sent")
    assert not other.session.get("_auth_user_id")


@pytest.mark.parametrize("email", ["ann@example.com", "ANN@example.com"])
def test_an_address_that_has_an_account_gets_the_same_answer_and_a_mail(client, ann, email):
    taken = client.post(SIGNUP, FORM | {"email": email})
    free = Client().post(SIGNUP, FORM)

    assert (taken.status_code, taken["Location"]) == (free.status_code, free["Location"])
    assert User.objects.filter(email__iexact="ann@example.com").count() == 1
    assert mail.outbox[0].subject == "You have an account already"
    assert mail.outbox[0].to == ["ann@example.com"]
    assert "/accounts/password/reset/" in mail.outbox[0].body
    ann.refresh_from_db()
    assert ann.name == "Ann Coder"


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("password1", "short-1", "at least 10 characters"),
        ("password1", "9876543210123", "entirely numeric"),
        ("password1", "password123", "too common"),
        ("password1", "", "This field is required"),
        ("name", "", "This field is required"),
        ("name", "N" * 121, "at most 120 characters"),
        ("name", "No\x00ra", "Null characters are not allowed"),
        ("email", "no address", "Enter a valid email address"),
        ("email", f"{'n' * 60}@{'.'.join(['x' * 60] * 4)}.example", "at most 254 characters"),
        ("email", "nora@exa\x00mple.com", "Null characters are not allowed"),
    ],
)
def test_a_refused_form_comes_back_filled_in(client, field, value, words):
    answer = client.post(SIGNUP, FORM | {field: value})

    assert answer.status_code == 422
    assert words in answer.text
    if field != "name":
        assert 'value="Nora New"' in answer.text
    if field != "email":
        assert 'value="Nora@Example.com"' in answer.text
    assert FORM["password1"] not in answer.text
    assert not User.objects.exists()
    assert not mail.outbox


def test_what_a_guest_opened_stays_open_and_is_not_counted(client, guest):
    reader_of(guest=guest).open("cpt:20670")
    client.cookies[GUEST_COOKIE] = guest_cookie_of(guest)

    client.post(SIGNUP, FORM)

    nora = reader_of(user=User.objects.get())
    assert nora.remaining() == 5
    assert nora.open("cpt:20670").granted
    assert nora.remaining() == 5
    assert [nora.open(f"cpt:{n}").granted for n in range(6)] == [True] * 5 + [False]
    assert not reader_of(guest=guest).open("cpt:20680").granted, "the guest's own view stays spent"


def test_the_guest_page_of_somebody_else_is_not_taken_along(client, guest):
    reader_of(guest=guest).open("cpt:20670")
    client.cookies[GUEST_COOKIE] = guest_cookie_of(uuid4())[:36] + guest_cookie_of(guest)[36:]

    client.post(SIGNUP, FORM)

    assert not CodeView.objects.filter(user__isnull=False).exists()
    assert not Meter.objects.filter(key__startswith="user:").exists()


@pytest.mark.django_db(transaction=True)
def test_two_sign_ups_with_one_address_at_once_make_one_account():
    both = Barrier(6)

    def sign_up(_: int) -> tuple[int, str]:
        both.wait()
        try:
            answer = Client().post(SIGNUP, FORM)
            return answer.status_code, answer["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(6) as threads:
        answers = set(threads.map(sign_up, range(6)))

    assert answers == {(302, reverse("account_email_verification_sent"))}
    assert User.objects.count() == 1


def test_a_person_who_is_signed_in_is_sent_on(ann):
    from tests.accounts.conftest import signed_in

    assert signed_in(ann).get(SIGNUP)["Location"] == "/"
