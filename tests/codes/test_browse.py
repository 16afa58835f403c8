"""Browsing: systems, chapters, blocks; titles only, and nothing is metered."""

from html import unescape

import pytest
from django.test import Client

from accounts.models import CodeView
from codes.loaders import hcpcs_anweb
from codes.loaders.outcome import Order
from codes.models import Code
from tests.codes import anweb
from tests.codes.conftest import AT
from tests.codes.test_code_page import ALL

PAGES = [
    "/codes/",
    "/codes/cpt/",
    "/codes/hcpcs/",
    "/codes/icd-10-cm/",
    "/codes/icd-10-cm/chapters/1/",
    "/codes/icd-10-cm/chapters/a00-a09/",
    "/codes/cpt/chapters/harbor-services-birds/",
    "/codes/hcpcs/chapters/j/",
]


@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_open_shows_no_text_and_counts_nothing(client: Client, reference: None, path: str) -> None:
    response = client.get(path)
    assert response.status_code == 200
    assert not any(word in response.text for word in ALL)
    assert not CodeView.objects.exists()


@pytest.mark.parametrize("path", PAGES)
def test_every_page_works_before_anything_is_loaded(client: Client, db: None, path: str) -> None:
    assert client.get(path).status_code == (404 if "chapters" in path else 200)


@pytest.mark.parametrize("path", PAGES)
def test_the_wrong_verb(client: Client, reference: None, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", PAGES)
def test_a_page_costs_few_queries(client: Client, reference: None, path: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(7):
        client.get(path)


def test_the_systems_say_how_much_is_there_and_from_where(client: Client, reference: None, tmp_path) -> None:
    text = client.get("/codes/").text
    assert "<strong>5</strong> billable codes" in text
    assert "ICD-10-CM, FY2026 April, effective April 1, 2026" in text
    assert "The wording of the American Medical Association is shown on a code's page only" in unescape(text)
    assert "No CMS release is loaded." in text
    hcpcs_anweb.load(anweb.write(tmp_path), Order(AT))
    text = client.get("/codes/").text
    assert "HCPCS Level II, October 2026, effective October 1, 2026" in text
    assert "No CMS release is loaded." not in text


def test_cpt_pages_carry_the_notice(client: Client, reference: None) -> None:
    for path in ("/codes/cpt/", "/codes/cpt/chapters/harbor-services-birds/"):
        assert "CPT copyright 2025 American Medical Association. All rights reserved." in client.get(path).text
    assert "All rights reserved" not in client.get("/codes/icd-10-cm/").text


def test_a_block_lists_its_codes_in_their_order(client: Client, reference: None) -> None:
    text = client.get("/codes/icd-10-cm/chapters/a00-a09/").text
    places = [text.index(f'href="/codes/icd-10-cm/{code}/"') for code in ("a00", "a00.0", "a00.9")]
    assert places == sorted(places)
    assert "Not billable" in text
    assert 'href="/codes/icd-10-cm/chapters/a00-a19/"' in text  # the block above it


def test_a_category_narrows_a_block(client: Client, reference: None) -> None:
    text = client.get("/codes/icd-10-cm/chapters/a10-a19/?category=a10.0").text
    assert "/codes/icd-10-cm/a10.0xxa/" in text
    assert 'href="/codes/icd-10-cm/a10/"' not in text
    nothing = client.get("/codes/icd-10-cm/chapters/a10-a19/?category=b20").text
    assert "No code of this block starts with B20" in nothing


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=99999999999999999999", "page=x", "category=%FF", "category="]
)
def test_nonsense_in_the_query_is_harmless(client: Client, reference: None, query: str) -> None:
    assert client.get(f"/codes/icd-10-cm/chapters/a00-a09/?{query}").status_code in (200, 400)


def test_long_blocks_come_in_pages(client: Client, icd, django_assert_max_num_queries) -> None:
    first = Code.objects.get(code="A00.0")
    Code.objects.bulk_create(
        Code(
            system="icd-10-cm",
            code=f"A{number}",
            official_title=f"Fever {number}",
            heading=first.heading,
            position=number,
            edition=2026,
            release=first.release,
            changed_at=AT,
        )
        for number in range(100, 250)
    )
    with django_assert_max_num_queries(7):
        text = client.get("/codes/icd-10-cm/chapters/a00-a09/").text
    assert "Page 1 of 2" in text
    assert text.count("code-row-title") == 100
    assert "Page 2 of 2" in client.get("/codes/icd-10-cm/chapters/a00-a09/?page=2").text


def test_deleted_codes_are_marked(client: Client, reference: None) -> None:
    text = client.get("/codes/cpt/chapters/boats/").text
    assert "Mooring of a dinghy" in text
    assert "Deleted" in text
