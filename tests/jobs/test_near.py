"""Jobs around a city or a ZIP code."""

import re

import pytest
from django.test import Client

from jobboard.postings.models import Posting
from tests.factories import make_posting, make_user
from tests.jobs.test_filters import found
from tests.places.map import small_map

__all__ = ["small_map"]

pytestmark = pytest.mark.usefixtures("small_map")


@pytest.fixture(autouse=True)
def postings(small_map: None) -> None:
    make_posting(title="Here", workplace="hybrid", city="Austin", state="TX")
    make_posting(title="Next door", workplace="on-site", city="Round Rock", state="TX")
    make_posting(title="An hour away", workplace="on-site", city="San Antonio", state="TX")
    make_posting(title="Far", workplace="on-site", city="Dallas", state="TX")
    make_posting(title="From home in Texas", remote_states=["TX"])
    make_posting(title="From home in Ohio", remote_states=["OH"])


def test_within_so_many_miles_of_a_city_or_zip_code() -> None:
    assert sorted(found("near=Austin,+TX")) == sorted(found("near=78701&within=50")) == ["Here", "Next door"]
    assert found("near=Austin,+TX&within=10") == ["Here"]
    assert sorted(found("near=austin&within=100")) == ["An hour away", "Here", "Next door"]


def test_work_from_home_that_people_there_may_do_on_request() -> None:
    assert sorted(found("near=Austin&remote=true")) == ["From home in Texas", "Here", "Next door"]
    assert sorted(found("near=Austin&remote=on")) == ["From home in Texas", "Here", "Next door"]
    assert found("near=Austin&workplace=remote") == []


def test_the_nearest_first_and_home_last() -> None:
    order = ["Here", "Next door", "An hour away", "Far", "From home in Texas"]
    assert found("near=Austin&within=200&remote=true&sort=distance") == order


def test_nearest_without_a_place_is_newest() -> None:
    assert found("sort=distance")[0] == "From home in Ohio"


def test_a_card_says_how_far(client: Client) -> None:
    page = client.get("/jobs/?near=Austin,+TX").text
    assert "about 17 miles" in page
    assert "under a mile" in page
    assert "Within 50 miles of Austin, TX" in page
    assert "miles" not in client.get("/jobs/").text.split('class="jobs-list"')[1]


def test_a_place_that_is_not_clear_is_asked_back_and_the_rest_is_searched(client: Client) -> None:
    response = client.get("/jobs/?near=Springfield&workplace=remote")
    assert response.status_code == 400
    assert "There is a Springfield in MA, MO, IL. Add the state." in response.text
    assert 'href="/jobs/?near=Springfield%2C+MO&amp;workplace=remote"' in response.text
    assert "From home in Ohio" in response.text
    assert "Far" not in response.text.split('class="jobs-list"')[1]
    assert 'value="Springfield"' in response.text


def test_a_state_is_said_to_be_one(client: Client) -> None:
    page = client.get("/jobs/?near=Texas").text
    assert "Texas is a state" in page
    assert 'href="/jobs/?state=TX"' in page


def test_the_feed_and_alerts_know_the_place(client: Client) -> None:
    titles = client.get("/feeds/jobs.atom?near=Austin").text
    assert "Next door" in titles
    assert "Far at" not in titles
    client.force_login(make_user())
    page = client.get("/me/alerts/new/?near=Austin&within=10").text
    assert "Within 10 miles of Austin, TX" in page


def test_a_reason_says_how_far() -> None:
    from django.http import QueryDict

    from jobboard.postings.search import PostingFilter

    search = PostingFilter(QueryDict("near=Austin&remote=true"))
    near, home = Posting.objects.get(title="Next door"), Posting.objects.get(title="From home in Texas")
    assert search.reasons(near) == ["On site in Round Rock, Texas, about 17 miles from Austin, TX"]
    assert search.reasons(home) == ["Remote, open to people in Texas"]


def test_how_near_says_nothing_without_a_place(client: Client) -> None:
    response = client.get("/jobs/?within=10&remote=on", headers={"HX-Request": "true", "HX-Target": "results"})
    assert response["HX-Push-Url"] == "/jobs/"


def test_a_distance_that_cannot_be_read_is_named_and_the_usual_one_taken(client: Client) -> None:
    response = client.get("/jobs/?near=Austin,+TX&within=a+walk")
    assert response.status_code == 400
    assert "How near" in response.text
    assert "Within 50 miles of Austin, TX" in response.text
    assert "Next door" in response.text
    assert '<option value="50" selected>' in response.text


@pytest.mark.parametrize(("query", "miles"), [("", 50), ("near=Austin", 50), ("near=Austin&within=10", 10)])
def test_the_form_offers_the_distance_that_is_searched(client: Client, query: str, miles: int) -> None:
    page = client.get(f"/jobs/?{query}").text
    assert re.findall(r'<option value="(\d+)" selected>', page) == [str(miles)]
