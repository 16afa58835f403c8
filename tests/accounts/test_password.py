"""Forgotten and changed passwords."""

import re

import pytest
from django.core import mail
from django.test import Client

from tests.accounts.conftest import signed_in
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

RESET = "/accounts/password/reset/"
CHANGE = "/accounts/password/change/"
NEW = {"password1": "broken-femur-9", "password2": "broken-femur-9"}


def asked_for_a_link(client: Client, email: str) -> str:
    client.post(RESET, {"email": email})
    return re.search(r"http://testserver(/accounts/password/reset/key/\S+)", mail.outbox[-1].body).group(1)


def test_a_link_by_mail_sets_a_new_password_once(client, ann):
    link = asked_for_a_link(client, "Ann@example.com")

    form = client.get(link, follow=True)
    assert "<h1>Set a new password</h1>" in form.text
    address = form.redirect_chain[-1][0]
    assert link.rsplit("-", 1)[-1].strip("/") not in address, "the secret is not in the address any more"
    assert client.post(address, NEW).status_code == 302

    ann.refresh_from_db()
    assert ann.check_password(NEW["password1"])
    assert client.session["_auth_user_id"] == str(ann.pk)
    assert mail.outbox[-1].subject == "Your new password is saved"
    again = Client().get(link)
    assert again.status_code == 404
    assert "<h1>This link is not valid</h1>" in again.text


def test_an_unknown_address_gets_the_same_answer_and_a_mail(client, ann):
    known = client.post(RESET, {"email": ann.email})
    unknown = client.post(RESET, {"email": "nobody@example.com"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.subject for message in mail.outbox] == [
        "Set a new password",
        "There is no account with this address",
    ]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"password1": "short", "password2": "short"}, "at least 10 characters"),
        ({"password1": "broken-femur-9", "password2": "broken-femur-8"}, "same password each time"),
        ({}, "This field is required"),
    ],
)
def test_a_refused_new_password_says_why(client, ann, form, words):
    address = client.get(asked_for_a_link(client, ann.email), follow=True).redirect_chain[-1][0]

    answer = client.post(address, form)

    assert answer.status_code == 422
    assert words in answer.text
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)


def test_no_address_is_refused(client):
    answer = client.post(RESET, {"email": "nonsense"})

    assert answer.status_code == 422
    assert 'value="nonsense"' in answer.text


def test_asking_too_often_for_one_address_is_paused(client, ann):
    answers = [client.post(RESET, {"email": ann.email}).status_code for _ in range(6)]

    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_a_change_asks_for_the_old_password_and_ends_other_sessions(ann):
    here, elsewhere = signed_in(ann), signed_in(ann)

    answer = here.post(CHANGE, NEW | {"oldpassword": PASSWORD})

    assert answer.status_code == 302
    assert here.get("/me/").status_code == 200
    assert elsewhere.get("/me/").status_code == 302
    assert mail.outbox[-1].subject == "Your password was changed"


def test_a_change_with_a_wrong_old_password_is_refused(ann):
    answer = signed_in(ann).post(CHANGE, NEW | {"oldpassword": "not-my-password"})

    assert answer.status_code == 422
    assert "This is not your current password." in answer.text
    ann.refresh_from_db()
    assert ann.check_password(PASSWORD)
