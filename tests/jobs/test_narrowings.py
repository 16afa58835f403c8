"""What a person's list leaves out by the word of a higher app."""

from collections.abc import Iterator

import pytest
from django.db.models import Q
from django.http import HttpRequest
from django.test import Client

from jobboard.postings import narrowings
from tests.factories import make_posting, make_user

pytestmark = pytest.mark.django_db


def unloved(request: HttpRequest) -> Q | None:
    """Leaves out the one called Unloved, for people who are signed in."""
    return Q(title="Unloved") if request.user.is_authenticated else None


@pytest.fixture(autouse=True)
def registered() -> Iterator[None]:
    narrowings.register(unloved)
    narrowings.register(unloved)
    yield
    narrowings._narrowings.remove(unloved)


def test_the_list_leaves_it_out_and_counts_without_it(client: Client) -> None:
    make_posting(title="Unloved")
    make_posting(title="Loved")
    client.force_login(make_user())
    page = client.get("/jobs/").text
    assert "Loved" in page
    assert "Unloved" not in page
    assert "1 job<" in page


def test_a_guest_and_the_feed_see_everything(client: Client) -> None:
    make_posting(title="Unloved")
    assert "Unloved" in client.get("/jobs/").text
    client.force_login(make_user())
    assert "Unloved" in client.get("/feeds/jobs.atom").text
