"""A new e-mail address counts once its own mailbox has confirmed it; until then the old one does."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail

from accounts.models import User
from tests.accounts.conftest import signed_in, sure

pytestmark = pytest.mark.django_db

PAGE = "/accounts/email/"


@pytest.fixture
def browser(ann):
    return sure(signed_in(ann))


def change(browser, email: str):
    return browser.post(PAGE, {"action_add": "", "email": email})


def test_the_whole_way(browser, ann):
    assert change(browser, "Ann.New@example.com").status_code == 302
    ann.refresh_from_db()
    assert ann.email == "ann@example.com"
    assert "ann.new@example.com</strong> waits" in browser.get(PAGE).text
    assert mail.outbox[-1].to == ["ann.new@example.com"]

    link = re.search(r"http://testserver(/\S+)", mail.outbox[-1].body).group(1)
    browser.get(link)
    ann.refresh_from_db()
    assert ann.email == "ann@example.com", "opening the link changes nothing yet"
    browser.post(link)

    ann.refresh_from_db()
    assert ann.email == "ann.new@example.com"
    assert EmailAddress.objects.get(user=ann).email == "ann.new@example.com"
    notice = next(message for message in mail.outbox if message.subject == "Your e-mail address was changed")
    assert notice.to == ["ann@example.com"], "the old mailbox learns of it"
    assert "from ann@example.com to ann.new@example.com" in notice.body


def test_one_proves_to_be_there_first(ann):
    answer = signed_in(ann).post(PAGE, {"action_add": "", "email": "ann.new@example.com"})

    assert answer["Location"].startswith("/accounts/reauthenticate/")
    assert not mail.outbox


def test_a_change_can_be_taken_back(browser, ann):
    change(browser, "ann.new@example.com")

    browser.post(PAGE, {"action_remove": "", "email": "ann.new@example.com"})

    assert EmailAddress.objects.get(user=ann).email == "ann@example.com"
    assert "waits" not in browser.get(PAGE).text


def test_an_address_of_somebody_else_is_not_given_away(browser, ann, ben):
    answer = change(browser, "ben@example.com")

    assert answer.status_code == 302, "as if it were free"
    assert User.objects.get(pk=ann.pk).email == "ann@example.com"
    for message in mail.outbox:
        for link in re.findall(r"http://testserver(/accounts/confirm-email/\S+)", message.body):
            browser.post(link)
    assert User.objects.get(pk=ann.pk).email == "ann@example.com"
    assert User.objects.get(pk=ben.pk).email == "ben@example.com"


@pytest.mark.parametrize(
    ("email", "words"),
    [
        ("nonsense", "Enter a valid email address"),
        ("ann@example.com", "This is your address already."),
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


@pytest.mark.parametrize("form", [{}, {"action_send": ""}, {"action_remove": "", "email": "ben@example.com"}])
def test_nonsense_changes_nothing(browser, ann, ben, form):
    assert browser.post(PAGE, form).status_code == 302
    assert set(EmailAddress.objects.values_list("email", flat=True)) == {"ann@example.com", "ben@example.com"}
