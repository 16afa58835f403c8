"""What a page of jobs offers beside its search: the state that its words name, and wider ones where it finds none."""

import re

import pytest
from django.test import Client

from tests.factories import make_posting
from tests.places.map import small_map

__all__ = ["small_map"]

pytestmark = pytest.mark.usefixtures("small_map")


@pytest.fixture(autouse=True)
def postings(small_map: None) -> None:
    make_posting(title="Austin coder", workplace="hybrid", city="Austin", state="TX", specialties=["urology"])
    make_posting(title="Open coder")
    make_posting(title="Albany auditor", workplace="on-site", city="Albany", state="NY")


def said(client: Client, query: str) -> str:
    html = client.get(f"/jobs/?{query}").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


@pytest.mark.parametrize(
    ("words", "state", "query", "jobs"),
    [
        ("new york", "New York", "state=NY", "2 jobs"),
        ("Texas", "Texas", "state=TX", "2 jobs"),
        ("TX", "Texas", "state=TX", "2 jobs"),
        ("remote texas coder", "Texas", "q=remote+coder&amp;state=TX", "1 job"),
        ("auditor in New York", "New York", "q=auditor&amp;state=NY", "1 job"),
    ],
)
def test_a_state_among_the_words(client: Client, words: str, state: str, query: str, jobs: str) -> None:
    assert f"{state} is a state: choose it , and {jobs} can be done from there." in said(client, f"q={words}")
    assert f'href="/jobs/?{query}"' in client.get("/jobs/", {"q": words}).content.decode()


def test_the_rest_of_the_search_stays(client: Client) -> None:
    assert 'href="/jobs/?state=TX&amp;workplace=hybrid"' in client.get("/jobs/?q=texas&workplace=hybrid").text


@pytest.mark.parametrize(
    "query",
    [
        *("q=coder", "q=taxes", "q=kansas+city", "q=-texas", "q=%22texas+health%22", "q=ohio+or+texas"),
        *("q=texas&state=NY", "q=texas&pay=400"),
    ],
)
def test_no_state_is_offered(client: Client, query: str) -> None:
    assert "is a state" not in said(client, query)


def test_farther_and_from_home_where_nothing_is_near(client: Client) -> None:
    page = said(client, "near=San+Antonio,+TX")
    assert "within 100 miles of San Antonio, TX 1 job" in page
    assert "within 200 miles of" not in page
    assert "with remote work from there 1 job" in page
    html = client.get("/jobs/?near=San+Antonio,+TX").text
    assert 'href="/jobs/?near=San+Antonio%2C+TX&amp;within=100"' in html
    assert 'href="/jobs/?near=San+Antonio%2C+TX&amp;remote=true"' in html


def test_without_one_of_the_filters(client: Client) -> None:
    page = said(client, "specialty=urology&workplace=remote")
    assert "without “Urology” 1 job" in page
    assert "without “Remote” 1 job" in page


def test_nothing_is_offered_that_finds_nothing_either(client: Client) -> None:
    page = said(client, "specialty=urology&workplace=remote&pay=400")
    assert "A small change" not in page
    assert "Remove one of the filters" in page
    assert "A small change" not in said(client, "q=coder")
