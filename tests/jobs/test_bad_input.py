"""Addresses that nobody means are answered in words, never with an error of ours."""

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobboard.postings.search import ASKED
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("pay=lots", "Pays at least"),
        ("pay=-5", "Pays at least"),
        ("pay=1e400", "Pays at least"),
        ("pay=NaN", "Pays at least"),
        ("pay=" + "9" * 5000, "Pays at least"),
        ("pay_unit=chart&pay=3", "Unit of pay"),
        ("credential=XYZ", "Credential"),
        ("state=ZZ", "Where you live or work"),
        ("workplace=moon", "Workplace"),
        ("sort=random", "Order"),
        ("code=not+a+code", "Needs the code"),
        ("q=" + "a" * 10_000, "What"),
        ("employer=nobody", "Employer"),
    ],
)
def test_a_value_that_cannot_be_read_is_named_and_left_out(client: Client, query: str, field: str) -> None:
    make_posting(title="Still shown")
    response = client.get(f"/jobs/?{query}")
    assert response.status_code == 400
    assert "Left out of this search" in response.text
    assert field in response.text
    assert "Still shown" in response.text


@pytest.mark.parametrize("target", ["results", "search"])
def test_a_swap_names_it_too(client: Client, target: str) -> None:
    make_posting(title="Still shown")
    response = client.get("/jobs/?pay=NaN", headers={"HX-Request": "true", "HX-Target": target})
    assert response.status_code == 400
    assert "Left out of this search" in response.text
    assert "Still shown" in response.text
    assert "<html" not in response.text


def test_what_was_written_stays_in_the_form(client: Client) -> None:
    page = client.get("/jobs/?pay=a+lot&q=urology&workplace=remote").text
    for value in ("a lot", "urology"):
        assert f'value="{value}"' in page
    assert "<title>“urology”, Remote" in page


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("state=ZZ", "state"),
        ("pay=NaN&q=coder", "pay"),
        ("sort=random&state=ZZ&workplace=moon", "state, workplace, sort"),
        ("code=not+a+code", "code"),
        ("q=" + "a" * 10_000, "q"),
    ],
)
def test_the_feed_names_what_it_cannot_read(client: Client, query: str, names: str) -> None:
    response = client.get(f"/feeds/jobs.atom?{query}", headers={"If-None-Match": "*"})
    assert response.status_code == 400
    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assert response.text == f"This search cannot be read. Correct or leave out: {names}.\n"


@pytest.mark.parametrize("query", ["page=two", "page=999", "unknown=1", "state=&pay="])
def test_what_asks_nothing_is_no_error(client: Client, query: str) -> None:
    assert client.get(f"/jobs/?{query}").status_code == 200
    assert client.get(f"/feeds/jobs.atom?{query}").status_code == 200


@pytest.mark.parametrize("query", ["q=%00", "q=a%00b", "credential=%00", "q=%ff%fe", "q=%ED%A0%80", "q=caf%E9"])
def test_what_is_no_text_is_refused(client: Client, query: str) -> None:
    assert client.get(f"/jobs/?{query}").status_code == 400
    assert client.get(f"/feeds/jobs.atom?{query}").status_code == 400


@pytest.mark.parametrize("query", ["q=%", "q=%zz", "&&&=&", "q[]=1", "q=" + "&q=" * 300])
def test_odd_forms_are_survived(client: Client, query: str) -> None:
    assert client.get(f"/jobs/?{query}").status_code < 500
    assert client.get(f"/feeds/jobs.atom?{query}").status_code < 500


def test_too_many_fields_are_refused(client: Client) -> None:
    assert client.get("/jobs/?" + "&".join(f"x{number}=1" for number in range(600))).status_code in (400, 413)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from([*ASKED, "sort", "page", "other"]), st.text(max_size=40), max_size=5))
def test_no_search_breaks_the_page_or_the_feed(client: Client, asked: dict[str, str]) -> None:
    nul = any("\x00" in value for value in asked.values())
    page = client.get("/jobs/", asked)
    expected = 400 if nul or "Left out of this search" in page.text else 200
    assert page.status_code == expected
    assert client.get("/feeds/jobs.atom", asked).status_code == expected


@pytest.mark.parametrize("address", ["/jobs/0-x/", f"/jobs/{10**30}-x/", "/jobs/1-/", "/jobs/x/", "/jobs/1-a%2Fb/"])
def test_a_posting_that_cannot_be_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404
