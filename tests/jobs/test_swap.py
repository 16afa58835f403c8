"""With htmx, the page after a swap is the page that its address gives."""

import pytest
from django.test import Client
from django.test.html import Element

from tests.factories import make_posting
from tests.html import by_id, elements, swap, tree

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def postings() -> None:
    for number in range(25):
        make_posting(title=f"Remote coder {number}")
    make_posting(title="Hybrid coder", workplace="hybrid", city="Austin", state="TX")


def part_of(client: Client, address: str, target: str) -> tuple[Element, str]:
    """What htmx is sent for a target, and the address it then shows."""
    response = client.get(address, headers={"HX-Request": "true", "HX-Target": target})
    assert response.status_code == 200
    return tree(response.text), response["HX-Push-Url"]


def without(page: Element, *parts: str) -> Element:
    """A page without what a swap leaves alone: what the visitor typed, and the links that lead back here."""
    for part in parts:
        by_id(page, part).children = []
    for each in elements(page):
        if each.name == "header":
            each.children = []
    return page


@pytest.mark.parametrize(
    "address", ["/jobs/?workplace=hybrid", "/jobs/?page=2", "/jobs/?q=coder&sort=newest", "/jobs/?q=nothing+of+it"]
)
def test_swapped_results_equal_a_fresh_page(client: Client, address: str) -> None:
    page = tree(client.get("/jobs/").text)
    part, shown = part_of(client, address, "results")
    swap(page, part, "results")
    assert without(page, "search-form") == without(tree(client.get(shown).text), "search-form")


def test_dropping_a_criterion_swaps_the_form_too(client: Client) -> None:
    page = tree(client.get("/jobs/?workplace=hybrid&q=coder").text)
    part, shown = part_of(client, "/jobs/?q=coder", "search")
    swap(page, part, "search", outer=True)
    assert without(page) == without(tree(client.get(shown).text))


def test_the_address_shown_is_the_canonical_one(client: Client) -> None:
    _, shown = part_of(client, "/jobs/?q=&state=&workplace=remote&pay=&pay_unit=hour&page=2&sort=", "results")
    assert shown == "/jobs/?workplace=remote&page=2"
    assert part_of(client, "/jobs/?q=&state=", "results")[1] == "/jobs/"


def test_going_back_gives_the_whole_page(client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Target": "results", "HX-History-Restore-Request": "true"}
    response = client.get("/jobs/", headers=headers)
    assert "<html" in response.text
    assert "HX-Push-Url" not in response
    assert {"HX-Request", "HX-Target"} <= {name.strip() for name in response["Vary"].split(",")}


def test_the_count_is_announced(client: Client) -> None:
    count = by_id(tree(client.get("/jobs/?workplace=hybrid").text), "count")
    assert ("role", "status") in count.attributes
    assert "1 job" in str(count)
    assert "for Hybrid" in str(count)
