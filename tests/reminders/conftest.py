"""Ann holds a CPC that expires on May 31, 2026, and asks to be reminded, as everybody is at first."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest

from accounts.models import Credential, Profile, User
from jobboard.reminders.models import due, remind
from tests.factories import make_user

EXPIRY = date(2026, 5, 31)


@pytest.fixture
def ann(db: None) -> User:
    return make_user("ann@example.com", name="Ann Coder")


@pytest.fixture
def profile(ann: User) -> Profile:
    return Profile.objects.create(user=ann)


@pytest.fixture
def cpc(profile: Profile) -> Credential:
    return Credential.objects.create(profile=profile, abbreviation="CPC", expires=EXPIRY)


def noon(day: date) -> datetime:
    """Noon in the eastern states."""
    return datetime(day.year, day.month, day.day, 16, tzinfo=UTC)


@pytest.fixture
def run() -> Callable[[date], int]:
    """Reminds everybody who is due on a day, and says how many were."""

    def run_on(day: date) -> int:
        return sum(remind(pk, noon(day)) for pk in due(day).values_list("pk", flat=True))

    return run_on
