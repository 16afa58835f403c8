"""Taking everything along, and leaving for good."""

import json
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib.admin.models import LogEntry
from django.core import mail
from django.test import Client

from accounts import privacy
from accounts.models import Membership, Meter, User
from accounts.privacy import exported
from tests.accounts.conftest import reader_of, signed_in, sure
from tests.accounts.test_experience import FORM
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db

PAGE, EXPORT, LEAVE = "/me/privacy/", "/me/privacy/export/", "/me/privacy/delete/"


@pytest.fixture
def part(monkeypatch):
    """Registers a part for one test."""
    monkeypatch.setattr(privacy, "_parts", dict(privacy._parts))
    return privacy.register


def test_the_export_holds_what_was_told(ann, ben, part):
    part("shoes", export=lambda user: [f"red, of {user.email}"])
    client = sure(signed_in(ann))
    client.post("/me/edit/", {"name": "Ann Coder", "headline": "CPC, spine"})
    client.post("/me/work/add/", FORM)
    client.post("/me/credentials/add/", {"abbreviation": "CPC", "member_number": "0148", "expires": "2097-05-31"})
    reader_of(user=ann).open("cpt:20670")
    signed_in(ben).post("/me/edit/", {"name": "Ben", "headline": "Biller"})

    answer = client.get(EXPORT)

    assert answer["Content-Disposition"].startswith("attachment; filename=")
    data = json.loads(answer.text)
    assert data["account"]["email"] == "ann@example.com"
    assert data["profile"]["headline"] == "CPC, spine"
    assert data["profile"]["credentials"][0]["expires"] == "2097-05-31"
    assert data["profile"]["work_history"][0]["from"] == "2019-05"
    assert data["code_pages"][0]["page"] == "cpt:20670"
    assert data["shoes"] == ["red, of ann@example.com"]
    assert "Biller" not in answer.text


def test_the_export_holds_how_one_signs_in_without_secrets(ann, ben):
    key = {"name": "My laptop", "credential": {"secret": "s3cret"}}
    Authenticator.objects.create(user=ann, type=Authenticator.Type.WEBAUTHN, data=key)
    SocialAccount.objects.create(user=ann, provider="google", uid="4711", extra_data={"name": "Ann"})
    signed_in(ben, HTTP_USER_AGENT="Browser of Ben")

    told = exported(ann)

    assert told["sign_ins"] == []
    assert told["ways_to_sign_in"]["passkeys_and_second_steps"][0]["name"] == "My laptop"
    assert told["ways_to_sign_in"]["linked_accounts"][0]["id"] == "4711"
    assert "s3cret" not in json.dumps(told)
    (session,) = exported(ben)["sign_ins"]
    assert (session["ip"], session["browser"]) == ("127.0.0.1", "Browser of Ben")


def test_whoever_told_nothing_gets_an_empty_export(ben):
    data = json.loads(sure(signed_in(ben)).get(EXPORT).text)

    assert data["profile"]["credentials"] == []


def test_leaving_takes_everything_and_says_so(ann, part):
    forgotten = []
    part("shoes", forget=lambda user: forgotten.append(user.email))
    client = sure(signed_in(ann))
    assert "Delete your account?" in client.get(LEAVE).text

    answer = client.post(LEAVE, {"email": " ANN@example.com "}, follow=True)

    assert "Your account is deleted." in answer.text
    assert not User.objects.exists()
    assert forgotten == ["ann@example.com"]
    assert [message.to for message in mail.outbox if "is deleted" in message.subject] == [["ann@example.com"]]
    assert client.get("/me/")["Location"].startswith("/accounts/login/")


def test_nothing_counts_for_who_has_left_and_the_history_of_the_admin_does_not_name_them(sue, ann, settings):
    settings.CODE_VIEW_WINDOW_DAYS = 30
    reader_of(user=ann).open("cpt:20670")
    admin = signed_in(sue)
    admin.post(f"/admin/accounts/user/{ann.pk}/change/", {"email": ann.email, "name": "Ann Coder", "is_active": "on"})
    grant = {"user": ann.pk, "note": "", "starts_at_0": "2026-01-01", "starts_at_1": "00:00"}
    admin.post("/admin/accounts/membership/add/", grant)
    assert Membership.objects.get().user == ann

    sure(signed_in(ann)).post(LEAVE, {"email": ann.email})

    assert not Meter.objects.filter(key__startswith="user:").exists()
    assert LogEntry.objects.count() == 2
    assert not LogEntry.objects.filter(object_repr__contains="ann@example.com").exists()


@pytest.mark.parametrize("email", ["", "other@example.com", "a\x00b"])
def test_a_slip_deletes_nobody(ann, email):
    answer = sure(signed_in(ann)).post(LEAVE, {"email": email})

    assert answer.status_code == 422
    assert User.objects.exists()


def test_what_stands_against_it_is_said(ann, part):
    def refuse(user):
        raise privacy.Refused("You are the only owner of Harbor.")

    part("teams", forget=refuse)

    answer = sure(signed_in(ann)).post(LEAVE, {"email": ann.email})

    assert answer.status_code == 409
    assert "You are the only owner of Harbor." in answer.text
    assert User.objects.exists()


def test_a_session_left_open_is_not_enough(ann):
    client = Client()
    client.force_login(ann)

    asked = client.get(EXPORT)
    assert asked["Location"] == f"/accounts/reauthenticate/?next={quote(EXPORT, safe='')}"
    assert client.post(asked["Location"], {"password": PASSWORD})["Location"] == EXPORT
    assert client.get(EXPORT).json()["account"]["email"] == ann.email
    client = Client()
    client.force_login(ann)
    assert "/accounts/reauthenticate/" in client.post(LEAVE, {"email": ann.email})["Location"]
    assert User.objects.exists()


@pytest.mark.parametrize("address", [PAGE, EXPORT, LEAVE, "/me/visibility/"])
def test_guests_are_asked_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_only_posts_delete(ann):
    client = sure(signed_in(ann))
    client.get(LEAVE)
    assert client.delete(LEAVE).status_code == 405
    assert client.post(EXPORT).status_code == 405
    assert User.objects.exists()
