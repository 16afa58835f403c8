"""The people around postings: Olga owns Harbor Coding, Rita recruits and Victor reads there; Rosa owns a rival.

Carl is on no team, Stella is staff. A directory's conftest imports the ones its tests name.
"""

import pytest
from django.test import Client

from accounts.models import User
from jobboard.employers.models import Employer, Member
from tests.factories import make_employer, make_member, make_user

__all__ = ["as_", "carl", "harbor", "olga", "rita", "rival", "rosa", "stella", "victor"]


class SignedIn:
    """Signed-in browsers, one for each person that a test names."""

    def __call__(self, person: User) -> Client:
        """A browser in which this person is signed in."""
        client = Client()
        client.force_login(person)
        return client


@pytest.fixture
def as_() -> SignedIn:
    return SignedIn()


@pytest.fixture
def harbor(db: None) -> Employer:
    return make_employer("Harbor Coding", slug="harbor-coding")


@pytest.fixture
def rival(db: None) -> Employer:
    return make_employer("Rival Billing", slug="rival-billing")


@pytest.fixture
def olga(harbor: Employer) -> User:
    return make_member(harbor, Member.Role.OWNER, make_user("olga@harbor.example", name="Olga Owner"))


@pytest.fixture
def rita(harbor: Employer, olga: User) -> User:
    return make_member(harbor, Member.Role.RECRUITER, make_user("rita@harbor.example", name="Rita Recruiter"))


@pytest.fixture
def victor(harbor: Employer, olga: User) -> User:
    return make_member(harbor, Member.Role.VIEWER, make_user("victor@harbor.example", name="Victor Viewer"))


@pytest.fixture
def rosa(rival: Employer) -> User:
    return make_member(rival, Member.Role.OWNER, make_user("rosa@rival.example", name="Rosa Rival"))


@pytest.fixture
def carl(db: None) -> User:
    return make_user("carl@example.org", name="Carl Coder")


@pytest.fixture
def stella(db: None) -> User:
    return make_user("stella@example.org", name="Stella Staff", is_staff=True)
