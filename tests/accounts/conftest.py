"""The people of the accounts tests: Ann has a free account, Mia is a member, Ben is a stranger, Sue is staff."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, User
from accounts.reader import GUEST_COOKIE, Reader, guest_cookie
from tests.factories import PASSWORD, make_user


@pytest.fixture
def ann(db: None) -> User:
    return make_user("ann@example.com", name="Ann Coder")


@pytest.fixture
def mia(db: None) -> User:
    user = make_user("mia@example.com", name="Mia Member")
    Membership.objects.create(user=user, starts_at=timezone.now() - timedelta(days=1))
    return user


@pytest.fixture
def ben(db: None) -> User:
    return make_user("ben@example.com", name="Ben Stranger")


@pytest.fixture
def sue(db: None) -> User:
    return make_user("sue@example.com", name="Sue Staff", is_staff=True, is_superuser=True)


def signed_in(user: User, **headers: str) -> Client:
    """A browser in which this person has just signed in by their password."""
    client = Client(**headers)
    answer = client.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302
    return client


def sure(client: Client) -> Client:
    """The same browser after the password was given once more, as sensitive changes ask."""
    assert client.post(reverse("account_reauthenticate"), {"password": PASSWORD}).status_code == 302
    return client


def guest_cookie_of(guest: UUID) -> str:
    """The value of the cookie that makes a browser this guest."""
    response = HttpResponse()
    response.set_signed_cookie(**guest_cookie(guest))
    return response.cookies[GUEST_COOKIE].value


@pytest.fixture
def guest() -> UUID:
    return uuid4()


def request_of(*, user: User | None = None, guest: UUID | None = None, **meta: str) -> HttpRequest:
    """A request as the middleware would see it."""
    from django.contrib.auth.models import AnonymousUser

    request = RequestFactory().get("/codes/cpt/20670/", **meta)
    request.user = user or AnonymousUser()
    if guest:
        request.COOKIES[GUEST_COOKIE] = guest_cookie_of(guest)
    return request


def reader_of(*, user: User | None = None, guest: UUID | None = None, **meta: str) -> Reader:
    return Reader.of(request_of(user=user, guest=guest, **meta))


def noon(day: int = 1) -> datetime:
    """A moment in March 2026; tests pass it as `at`."""
    return datetime(2026, 3, day, 12, tzinfo=timezone.get_default_timezone())
