"""Who may do what: every address of the product, asked for by everybody who might try.

`who_may.txt` is the table, one line for an address: what a GET and an empty POST are answered with, for each person of
world.py. That every address has its line, and what no line may say, is held by tests/house.
"""

import re

import pytest
from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from jobboard.employers.models import Employer
from tests.access import table, world
from tests.factories import make_employer, make_user

pytestmark = pytest.mark.django_db

TABLED = table.read()


class Somebody:
    """One of the people, and the things that can be asked for."""

    def __init__(self, who: str) -> None:
        harbor = make_employer(
            "Harbor Coding", slug="harbor-coding", website="https://harbor.example", verified_at=timezone.now()
        )
        people = world.people(harbor)
        self.things = world.things(harbor, people)
        self.signed_in = browser_of(people[who]).cookies
        if who == "susp":
            Employer.objects.filter(pk=harbor.pk).update(suspended_at=timezone.now())

    def ask(self, line: table.Line, method: str) -> str:
        """The answer to one request, whose changes are undone: its status, or that it asks to sign in."""
        browser = Client()
        browser.cookies = self.signed_in.copy()
        with transaction.atomic():
            answer = getattr(browser, method)(self._address(line))
            if answer.streaming:
                answer.getvalue()  # which closes the file that is sent
            transaction.set_rollback(True)
        return told(answer)

    def _address(self, line: table.Line) -> str:
        args = [self.things[name] for name in line.args]
        if not line.name.startswith("/"):
            return reverse(line.name, args=args)
        return re.sub("<[^>]+>", lambda _: str(args.pop(0)), line.name)


def browser_of(person: User | None) -> Client:
    browser = Client()
    if person:
        browser.force_login(person)
    return browser


def told(answer: HttpResponse) -> str:
    to_sign_in = answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")
    return table.SIGN_IN if to_sign_in else str(answer.status_code)


@pytest.fixture(autouse=True)
def no_demonstration(settings: Settings) -> None:
    """The site as it stands on the net: a demonstration shows its mail to everybody."""
    settings.DEMO_MODE = False


@pytest.mark.parametrize("who", TABLED["home"].get)
def test_who_may_do_what(who: str) -> None:
    somebody = Somebody(who)
    expected = {name: (line.get[who], line.post[who]) for name, line in TABLED.items()}
    assert {name: (somebody.ask(line, "get"), somebody.ask(line, "post")) for name, line in TABLED.items()} == expected


MODELS = [each._meta for each in admin.site._registry]


@pytest.mark.parametrize("meta", MODELS, ids=str)
def test_the_admin_is_for_staff_with_permissions(meta) -> None:
    pages = [reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}") for page in ("changelist", "add")]
    for page in pages:
        assert told(browser_of(None).get(page)) in {"302", table.SIGN_IN}
        assert told(browser_of(make_user()).get(page)) in {"302", "403"}
        assert told(browser_of(make_user(is_staff=True)).get(page)) == "403"
        assert told(browser_of(make_user(is_staff=True)).post(page)) == "403"
