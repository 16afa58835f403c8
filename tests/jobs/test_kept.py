"""Guests are answered again what an address gave, until something changes; nobody else is given a guest's page."""

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobboard.employers.models import Employer
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


class TestPostingPage:
    """The page of a posting, which shows its employer and similar postings too."""

    def test_the_second_time_costs_one_query(
        self, client: Client, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        address = make_posting(title="Spine coder").get_absolute_url()
        first = client.get(address)
        with django_assert_num_queries(1):
            second = client.get(address)
        assert second.content == first.content

    def test_a_closed_one_and_those_of_a_suspended_employer_are_gone_at_once(self, client: Client) -> None:
        closed, suspended = make_posting(), make_posting()
        assert [client.get(each.get_absolute_url()).status_code for each in (closed, suspended)] == [200, 200]
        Posting.objects.filter(pk=closed.pk).update(closed_at=timezone.now(), outcome="filled-here")
        Employer.objects.filter(pk=suspended.employer_id).update(suspended_at=timezone.now())
        assert [client.get(each.get_absolute_url()).status_code for each in (closed, suspended)] == [410, 404]

    def test_a_similar_one_that_was_closed_is_gone_at_once(self, client: Client) -> None:
        employer = make_employer()
        address = make_posting(employer=employer).get_absolute_url()
        similar = make_posting(title="Spine coder", employer=employer)
        assert "Spine coder" in client.get(address).text
        Posting.objects.filter(pk=similar.pk).update(closed_at=timezone.now(), outcome="filled-here")
        assert "Spine coder" not in client.get(address).text

    @pytest.mark.parametrize(
        ("fields", "shown"),
        [
            ({"name": "Loud Harbor"}, "Loud Harbor"),
            ({"slug": "loud-harbor"}, "/employers/loud-harbor/"),
            ({"is_agency": True}, "Staffing agency"),
            ({"website": "https://loud.example.org"}, "https://loud.example.org"),
            ({"city": "Duluth"}, "Duluth"),
            ({"verified_at": timezone.now(), "verified_domain": "loud.example.org"}, "loud.example.org"),
            ({"logo": "0123456789abcdef"}, "0123456789abcdef"),
        ],
    )
    def test_a_change_of_the_employer_shows_at_once(
        self, client: Client, fields: dict[str, object], shown: str
    ) -> None:
        posting = make_posting()
        assert shown not in client.get(posting.get_absolute_url()).text
        Employer.objects.filter(pk=posting.employer_id).update(**fields)
        assert shown in client.get(posting.get_absolute_url()).text

    def test_the_link_to_apply_tells_of_each_reader_s_own_way_here(self, client: Client) -> None:
        address = make_posting(apply_by="site").get_absolute_url()
        by_site = client.get(address, headers={"Referer": "https://www.example.org/jobs"}).text
        assert "from=external%3Awww.example.org" in by_site
        assert "www.example.org" not in client.get(address).text

    def test_who_is_signed_in_gets_their_own_page(self, client: Client) -> None:
        address = make_posting().get_absolute_url()
        assert "Sign in and save it" in client.get(address).text
        client.force_login(make_user())
        assert "Sign in and save it" not in client.get(address).text
