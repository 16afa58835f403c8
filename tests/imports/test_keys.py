"""Keys of the API: who makes them, that their secret is seen once, and when they stop working."""

import re

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from accounts.models import User
from accounts.privacy import exported
from jobboard.employers.models import Employer, Member
from jobboard.imports.models import Key, Meter
from jobboard.imports.models.key import hash_of
from tests.factories import make_member

pytestmark = pytest.mark.django_db


def page(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/keys/"


def make(browser: Client, employer: Employer, name: str = "Nightly") -> str:
    """A key's secret, as its maker reads it."""
    response = browser.post(page(employer), {"name": name})
    assert response.status_code == 201
    (secret,) = set(re.findall(r"chb_[\w-]{20,}", response.text))
    return secret


def works(secret: str) -> bool:
    answer = Client().get("/api/v1/postings", headers={"Authorization": f"Bearer {secret}"})
    assert answer.status_code in (200, 401)
    return answer.status_code == 200


def test_its_secret_is_seen_once_and_never_stored(as_, olga: User, harbor: Employer) -> None:
    secret = make(as_(olga), harbor)
    assert works(secret)
    key = Key.objects.get()
    assert key.hash == hash_of(secret)
    assert secret not in str(Key.objects.values().get())
    listed = as_(olga).get(page(harbor))
    assert secret not in listed.text
    assert secret[:10] in listed.text
    assert listed["Cache-Control"] == "no-store"


def test_its_list_says_when_it_was_used_last(as_, olga: User, harbor: Employer) -> None:
    secret = make(as_(olga), harbor)
    assert "never" in as_(olga).get(page(harbor)).text
    works(secret)
    assert Meter.objects.get().last_used_at
    assert "never" not in as_(olga).get(page(harbor)).text


def test_the_list_costs_the_same_however_long_it_is(
    as_, olga: User, harbor: Employer, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    browser = as_(olga)
    for number in range(5):
        make(browser, harbor, f"Key {number}")
    with django_assert_num_queries(5):
        browser.get(page(harbor))


def test_a_revoked_key_opens_nothing(as_, olga: User, harbor: Employer) -> None:
    secret = make(as_(olga), harbor)
    address = f"{page(harbor)}{Key.objects.get().pk}/revoke/"
    assert as_(olga).get(address).status_code == 405
    assert as_(olga).post(address).status_code == 302
    assert not works(secret)
    again = as_(olga).post(address)
    assert again.status_code == 409
    assert "was revoked already" in again.text


def test_who_is_no_owner_any_more_takes_the_keys_along(as_, olga: User, harbor: Employer) -> None:
    secret = make(as_(olga), harbor)
    make_member(harbor)  # another owner
    Member.objects.filter(user=olga).update(role=Member.Role.RECRUITER)
    assert not works(secret)
    Member.objects.filter(user=olga).delete()
    assert not works(secret)
    assert "its maker is no owner now" in as_(Member.objects.get().user).get(page(harbor)).text


def test_who_may_not_sign_in_any_more_takes_the_keys_along(olga: User, harbor: Employer) -> None:
    secret = Key(employer=harbor, name="Ours").make(timezone.now(), olga)
    ask = {"headers": {"Authorization": f"Bearer {secret}"}}
    assert Client().get("/api/v1/postings", **ask).status_code == 200
    User.objects.filter(pk=olga.pk).update(is_active=False)
    assert Client().get("/api/v1/postings", **ask).status_code == 401


@pytest.mark.parametrize(("who", "status"), [("rita", 403), ("victor", 403), ("rosa", 404), ("carl", 404)])
def test_only_owners(as_, request: pytest.FixtureRequest, harbor: Employer, olga: User, who: str, status: int) -> None:
    make(as_(olga), harbor)
    browser = as_(request.getfixturevalue(who))
    assert browser.get(page(harbor)).status_code == status
    assert browser.post(page(harbor), {"name": "x"}).status_code == status
    assert browser.post(f"{page(harbor)}{Key.objects.get().pk}/revoke/").status_code == status
    assert Key.objects.get().revoked_at is None


def test_another_employers_key_is_not_there(as_, olga: User, harbor: Employer, rosa: User, rival: Employer) -> None:
    make(as_(olga), harbor)
    assert as_(rosa).post(f"{page(rival)}{Key.objects.get().pk}/revoke/").status_code == 404


@pytest.mark.parametrize("name", ["", " ", "x" * 61, "a\x00b"])
def test_a_key_needs_a_name(as_, olga: User, harbor: Employer, name: str) -> None:
    assert as_(olga).post(page(harbor), {"name": name}).status_code == 422
    assert not Key.objects.exists()


def test_the_export_names_keys_and_opens_nothing(as_, olga: User, rita: User, harbor: Employer) -> None:
    make(as_(olga), harbor, "Our system")
    assert [each["name"] for each in exported(olga)["api_keys"]] == ["Our system"]
    assert Key.objects.get().hash not in str(exported(olga))
    assert exported(rita)["api_keys"] == exported(rita)["uploads"] == []


def test_ten_are_enough(as_, olga: User, harbor: Employer) -> None:
    for number in range(10):
        make(as_(olga), harbor, str(number))
    response = as_(olga).post(page(harbor), {"name": "one more"})
    assert response.status_code == 422
    assert "at most 10 keys" in response.text


def test_a_suspended_employer_makes_none(as_, olga: User, harbor: Employer) -> None:
    Employer.objects.update(suspended_at=timezone.now())
    assert as_(olga).get(page(harbor)).status_code == 200
    assert as_(olga).post(page(harbor), {"name": "x"}).status_code == 403
