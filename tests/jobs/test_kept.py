"""Guests are answered again what an address gave, until something changes; nobody else is given a guest's page."""

import pytest
from django.core.cache import caches
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from jobboard.postings.models import Posting
from tests.factories import make_employer, make_posting, make_user

pytestmark = pytest.mark.django_db
ADDRESSES = ["/jobs/?workplace=remote", "/feeds/jobs.atom?workplace=remote"]


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_second_time_costs_one_query(
    client: Client, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_posting(title="Spine coder")
    first = client.get(address)
    with django_assert_num_queries(1):
        second = client.get(address)
    assert second.content == first.content
    assert second.headers == first.headers


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_change_shows_at_once(client: Client, address: str) -> None:
    employer = make_employer("Quiet Harbor")
    posting = make_posting(title="Spine coder", employer=employer)
    assert "Spine coder" in client.get(address).text
    posting.title = "Hip coder"
    posting.save()
    assert "Hip coder" in client.get(address).text
    employer.name = "Loud Harbor"
    employer.save()
    assert "Loud Harbor" in client.get(address).text
    Posting.objects.all().delete()
    assert "Hip coder" not in client.get(address).text


def test_a_search_that_cannot_be_read_stays_one(client: Client) -> None:
    assert [client.get("/jobs/?pay=lots").status_code for _ in range(2)] == [400, 400]


def test_a_swap_and_a_page_are_kept_apart(client: Client) -> None:
    assert "<html" in client.get("/jobs/").text
    assert "<html" not in client.get("/jobs/", headers={"HX-Request": "true", "HX-Target": "results"}).text
    assert "<html" in client.get("/jobs/").text


def test_who_is_signed_in_gets_their_own_page(client: Client) -> None:
    make_posting()
    guest = client.get("/jobs/").text
    kept = len(caches["answers"]._cache)
    client.force_login(make_user(name="Dana Reyes"))
    own = client.get("/jobs/").text
    assert "Dana" in own
    assert "Dana" not in guest
    assert len(caches["answers"]._cache) == kept == 1
    client.logout()
    assert "Dana" not in client.get("/jobs/").text
