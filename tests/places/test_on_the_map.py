"""Postings whose place became known later are put on the map, all by one statement."""

import pytest
from pytest_django import DjangoAssertNumQueries

from jobboard.postings.models import Posting
from tests.factories import make_posting

pytestmark = pytest.mark.usefixtures("small_map")


def lost(**place: str) -> Posting:
    """An on-site posting of a time when no place was known."""
    posting = make_posting(workplace="on-site", **place)
    Posting.objects.filter(pk=posting.pk).update(latitude=None, longitude=None)
    return posting


def spot(posting: Posting) -> tuple[float | None, float | None]:
    """Its coordinates as stored."""
    return Posting.objects.values_list("latitude", "longitude").get(pk=posting.pk)


def test_each_is_put_where_its_own_address_is(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    by_city = lost(city="Austin", state="TX")
    by_code = lost(city="Austin", state="TX", postal_code="78664")
    namesake = lost(city="AUSTIN", state="MN")
    other_state = lost(city="Austin", state="MN", postal_code="78664")
    nowhere = lost(city="Nowhere", state="TX")
    with django_assert_num_queries(4):  # the addresses, two for the places, one for all postings
        assert Posting.objects.find_on_the_map() == 4
    assert spot(by_city) == (30.267, -97.743)
    assert spot(by_code) == (30.515, -97.668)
    assert spot(namesake) == spot(other_state) == (43.667, -92.975)
    assert spot(nowhere) == (None, None)


def test_what_has_its_place_and_remote_work_stay_as_they_are() -> None:
    placed = make_posting(workplace="on-site", city="Dallas", state="TX")
    Posting.objects.filter(pk=placed.pk).update(latitude=1.0, longitude=2.0)
    remote = make_posting(workplace="remote", city="Dallas", state="TX")
    lost(city="Dallas", state="TX")
    assert Posting.objects.find_on_the_map() == 1
    assert spot(placed) == (1.0, 2.0)
    assert spot(remote) == (None, None)


def test_only_those_asked_for_are_moved() -> None:
    mine, other = lost(city="Dallas", state="TX"), lost(city="Dallas", state="TX")
    assert Posting.objects.filter(pk=mine.pk).find_on_the_map() == 1
    assert spot(other) == (None, None)
