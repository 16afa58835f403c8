"""The people of the applications tests.

Nora applies at Harbor Health, where Olga is owner, Rex recruiter and Vic viewer. Rita owns another employer, Ben is a
coder like Nora.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.models import Credential, Profile, User
from jobboard.applications.models import Application
from jobboard.applications.resumes import checked
from jobboard.employers.models import Employer, Member
from jobboard.postings.models import Posting
from tests.applications import files
from tests.applications.test_resumes import upload
from tests.factories import make_employer, make_member, make_posting, make_user

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    """Uploads go here."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    return settings.MEDIA_ROOT


@pytest.fixture
def nora(db: None) -> User:
    user = make_user("nora@coders.example", name="Nora Vance")
    profile = Profile.objects.create(
        user=user, headline="CPC, 6 years in orthopedics", city="Toledo", state="OH", years=6, specialties=["spine"]
    )
    Credential.objects.create(profile=profile, abbreviation="CPC", member_number="01234567")
    return user


@pytest.fixture
def ben(db: None) -> User:
    return make_user("ben@coders.example", name="Ben Ortiz")


@pytest.fixture
def harbor(db: None) -> Employer:
    return make_employer("Harbor Health", slug="harbor-health")


@pytest.fixture
def olga(harbor: Employer) -> User:
    return make_member(harbor, Member.Role.OWNER, make_user("olga@harbor.example", name="Olga Berg"))


@pytest.fixture
def rex(harbor: Employer) -> User:
    return make_member(harbor, Member.Role.RECRUITER, make_user("rex@harbor.example", name="Rex Hale"))


@pytest.fixture
def vic(harbor: Employer) -> User:
    return make_member(harbor, Member.Role.VIEWER, make_user("vic@harbor.example", name="Vic Lund"))


@pytest.fixture
def rita(db: None) -> User:
    return make_member(make_employer("Rival Coding"), Member.Role.OWNER, make_user("rita@rival.example", name="Rita"))


@pytest.fixture
def posting(harbor: Employer) -> Posting:
    return make_posting(employer=harbor, title="Spine surgery coder")


@pytest.fixture
def send(posting: Posting) -> Callable[..., Application]:
    """Sends somebody's application."""

    def sent(candidate: User, at: datetime = NOON, **fields: object) -> Application:
        columns = {"posting": posting, "name": candidate.name, "letter": "I read spine notes daily.", "consent": "Yes."}
        application = Application(candidate=candidate, **columns | fields)
        application.send(at, checked(upload(files.pdf(), "Nora Vance CV.pdf")))
        return application

    return sent


@pytest.fixture
def application(nora: User, send: Callable[..., Application]) -> Application:
    """What Nora sent."""
    return send(nora)


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    """Signs a person in: `as_(nora).get(...)`."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
