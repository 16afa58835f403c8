"""The people of the alerts tests: Ada keeps searches, Bo is a stranger to her."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.models import User
from jobboard.alerts.models import SavedSearch
from jobboard.postings.models import Posting
from tests.factories import make_posting, make_user

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)  # a Monday, noon in New York
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ada(db: None) -> User:
    return make_user("ada@coders.example", name="Ada Lind", time_zone="America/New_York")


@pytest.fixture
def bo(db: None) -> User:
    return make_user("bo@coders.example", name="Bo Stone")


@pytest.fixture
def keep(ada: User) -> Callable[..., SavedSearch]:
    """Keeps a search of Ada's from a moment on."""

    def kept(query: str = "", at: datetime = NOON, **fields: object) -> SavedSearch:
        columns = {"user": ada, "name": "Spine work", "frequency": "at-once"} | fields
        search = SavedSearch(query=query, **columns)
        search.keep(at)
        return search

    return kept


@pytest.fixture
def publish() -> Callable[..., Posting]:
    """Publishes a posting at a moment."""

    def published(at: datetime, **fields: object) -> Posting:
        dates = {"submitted_at": at, "published_at": at, "approved_at": at, "expires_at": at + 30 * DAY}
        return make_posting(at=at, **dates | fields)

    return published


@pytest.fixture
def as_(client: Client) -> Callable[[User], Client]:
    """Signs a person in: `as_(ada).get(...)`."""

    def sign_in(user: User) -> Client:
        client.force_login(user)
        return client

    return sign_in
