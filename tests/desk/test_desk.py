"""The lists of the desk."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.vocabulary import State
from tests.factories import make_posting


def test_the_queue_is_oldest_first(as_, stella: User, harbor: Employer) -> None:
    now = timezone.now()
    make_posting(State.SUBMITTED, at=now, employer=harbor, title="Came second")
    make_posting(State.SUBMITTED, at=now - timedelta(days=5), employer=harbor, title="Came first")
    make_posting(State.DRAFT, employer=harbor, title="Nobody's business")
    text = as_(stella).get("/desk/").text
    assert text.index("Came first") < text.index("Came second")
    assert "Nobody&#x27;s business" not in text


def test_changed_and_held_postings_have_their_lists(as_, stella: User, olga: User, harbor: Employer) -> None:
    changed = make_posting(State.LIVE, employer=harbor)
    changed.title = "Changed since"
    changed.edit(timezone.now(), olga)
    make_posting(State.HELD, employer=harbor, title="Held back")
    assertContains(as_(stella).get("/desk/?list=changed"), "Changed since")
    assertNotContains(as_(stella).get("/desk/?list=changed"), "Held back")
    assertContains(as_(stella).get("/desk/?list=held"), "Held back")
    assertContains(as_(stella).get("/desk/"), "Nothing waits here")


def test_the_desk_is_not_there_for_others(as_, olga: User, carl: User) -> None:
    for person in (olga, carl):
        assert as_(person).get("/desk/").status_code == 404
    assert Client().get("/desk/").status_code == 302


@pytest.mark.parametrize("query", ["list=everything", "list=%F0%9F%92%A9"])
def test_a_list_that_does_not_exist(as_, stella: User, query: str) -> None:
    assert as_(stella).get(f"/desk/?{query}").status_code == 404
    assert as_(stella).post("/desk/").status_code == 405


def test_a_long_queue_takes_few_queries(as_, stella: User, harbor: Employer, django_assert_max_num_queries) -> None:
    for _ in range(30):
        make_posting(State.SUBMITTED, employer=harbor)
    client = as_(stella)
    with django_assert_max_num_queries(7):
        assertContains(client.get("/desk/"), "Page 1 of 2")
