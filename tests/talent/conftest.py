"""The people around the search for people.

Nora Vance is a coder, open to verified employers, with her name kept back. Olga owns Harbor Coding, which is verified,
Rita recruits there and Victor only reads. Rosa owns a rival that is not verified. Carl is on no team.
"""

from collections.abc import Callable
from datetime import date

import pytest
from django.utils import timezone

from accounts.models import Credential, Experience, Profile, User
from jobboard.applications.models import Application
from jobboard.applications.resumes import checked
from jobboard.employers.models import Employer
from jobboard.talent.models import ContactRequest
from tests.applications import files
from tests.applications.test_resumes import upload
from tests.factories import make_posting, make_user
from tests.teams import *  # noqa: F403 - fixtures are found by name

# All that the blind view must not tell, as bytes of a page.
SECRETS = ("Nora", "Vance", "nora@", "Toledo", "Maumee Regional", "Sepsis and shock", "0148392", "22 of 36", "CV.pdf")


@pytest.fixture
def nora(db: None) -> User:
    user = make_user("nora@coders.example", name="Nora Vance")
    profile = Profile.objects.create(
        user=user,
        headline="Inpatient coder, nine years",
        city="Toledo",
        state="OH",
        years=9,
        specialties=["cardiology", "spine"],
        software=["epic"],
        visibility=Profile.Visibility.VERIFIED,
    )
    Credential.objects.create(
        profile=profile,
        abbreviation="CCS",
        member_number="0148392",
        expires=date(2097, 5, 31),
        ceu_note="22 of 36",
    )
    Experience.objects.create(
        profile=profile,
        title="Senior inpatient coder",
        employer="Maumee Regional Medical Center",
        started=date(2019, 5, 1),
        ended=date(2022, 4, 1),
        coded="Sepsis and shock, 20 charts a day",
    )
    return user


@pytest.fixture
def harbor_verified(harbor: Employer) -> Employer:
    harbor.verified_at = timezone.now()
    harbor.save(update_fields=["verified_at"])
    return harbor


@pytest.fixture
def sent() -> Callable[[User, Employer], Application]:
    """Sends somebody's application to an employer."""

    def send(candidate: User, employer: Employer) -> Application:
        columns = {"posting": make_posting(employer=employer), "name": candidate.name, "consent": "Yes."}
        application = Application(candidate=candidate, **columns)
        application.send(timezone.now(), checked(upload(files.pdf(), "CV.pdf")))
        return application

    return send


@pytest.fixture
def asked(nora: User, harbor_verified: Employer, rita: User) -> ContactRequest:
    """What Harbor Coding asked Nora."""
    request = ContactRequest(
        employer=harbor_verified, person=nora, sent_by=rita, message="We need an inpatient coder.\nRemote, $38."
    )
    request.send(timezone.now())
    return request


def list_of(employer: Employer) -> str:
    return f"/hiring/employers/{employer.pk}/people/"


def page_of(employer: Employer, person: User) -> str:
    return f"{list_of(employer)}{person.profile.pk}/"
