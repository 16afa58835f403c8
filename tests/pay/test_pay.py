"""The page about pay: what it counts, what it hides, and what a reader sees of it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from jobboard.employers.models import Employer
from jobboard.postings.vocabulary import State
from tests.factories import make_employer, make_posting

pytestmark = pytest.mark.django_db

URL = "/jobs/pay/"


def pays(*amounts: int, employer: Employer | None = None, **fields: Any) -> None:
    """So many postings under different titles, each paying exactly that an hour."""
    for number, amount in enumerate(amounts):
        columns = {"title": f"Coder {number}", "pay_min": amount, "pay_max": amount} | fields
        make_posting(State.LIVE, employer=employer or make_employer(), **columns)


def text(client: Client, query: str = "") -> str:
    html = client.get(URL + query).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def row(client: Client, label: str, query: str = "") -> list[str] | None:
    """The cells of a table's row as words; None where there is none."""
    html = client.get(URL + query).content.decode()
    for found in re.findall(r"<tr>.*?</tr>", html, re.DOTALL):
        cells = [
            " ".join(re.sub(r"<[^>]+>", " ", cell).split())
            for cell in re.findall(r"<t[hd].*?</t[hd]>", found, re.DOTALL)
        ]
        if cells[0] == label:
            return [cell for cell in cells if cell]
    return None


def test_quartiles_of_everything(client: Client) -> None:
    pays(20, 24, 28, 32, 36)
    page = text(client)
    assert "$28 an hour in the middle" in page
    assert "Half of these jobs pay between $24 and $32" in page
    assert "From 5 jobs of 5 employers" in page


def test_a_range_counts_with_its_middle(client: Client) -> None:
    pays(0, 0, 0, 0, 0, pay_min=20, pay_max=30)
    assert "$25 an hour in the middle" in text(client)


def test_units_are_compared_by_the_hour(client: Client) -> None:
    pays(62_400, 62_400, 62_400, pay_unit="year")
    pays(240, pay_unit="day")
    pays(5, pay_unit="chart", units_per_hour=6)
    assert "$30 an hour in the middle" in text(client)


def test_a_year_where_it_is_asked_for(client: Client) -> None:
    pays(30, 30, 30, 30, 30)
    assert "$62,400 a year in the middle" in text(client, "?per=year")


def test_rows_by_credential_specialty_workplace_and_state(client: Client) -> None:
    pays(20, 22, 24, 26, 28, credentials_required=["CPC"], specialties=["gi"])
    pays(40, 42, 44, 46, 48, credentials_preferred=["CCS"], workplace="on-site", city="Austin", state="TX")
    assert row(client, "CPC") == ["CPC", "$24", "$22", "$26", "5", "5"]
    assert row(client, "CCS") == ["CCS", "$44", "$42", "$46", "5", "5"]
    assert row(client, "Gastroenterology")[1] == "$24"
    assert row(client, "Remote")[1] == "$24"
    assert row(client, "On site")[1] == "$44"
    assert row(client, "Texas")[1] == "$44"


def test_remote_work_counts_for_the_states_it_names_only(client: Client) -> None:
    pays(20, 22, 24, 26, 28, remote_states=["OH"])
    pays(40, 42, 44, 46, 48)
    assert row(client, "Ohio")[1] == "$24"
    assert row(client, "Texas") is None


def test_nothing_under_five(client: Client) -> None:
    pays(20, 22, 24, 26, credentials_required=["CPC"])
    pays(40)
    assert row(client, "CPC") is None
    assert "Too few to tell" in text(client, "?credential=CPC")
    assert "$24" not in text(client, "?credential=CPC")
    assert "Only 4 jobs of this kind state the pay" in text(client, "?credential=CPC")


def test_one_job_posted_ten_times_is_one(client: Client) -> None:
    employer = make_employer()
    for _ in range(10):
        make_posting(State.LIVE, employer=employer, title="ED coder", pay_min=90, pay_max=90)
    assert "Too few to tell" in text(client)
    pays(20, 20, 20, 20)
    assert "$20 an hour in the middle" in text(client)
    assert "From 5 jobs of 5 employers" in text(client)


def test_says_how_many_employers(client: Client) -> None:
    pays(20, 22, 24, 26, 28, employer=make_employer())
    assert "From 5 jobs of 1 employer." in text(client)


def test_past_ones_count_and_old_ones_do_not(client: Client) -> None:
    for number, stands in enumerate([State.EXPIRED, State.CLOSED, State.EXPIRED, State.CLOSED, State.LIVE]):
        make_posting(stands, employer=make_employer(), title=f"Coder {number}", pay_min=25, pay_max=25)
    assert "From 5 jobs" in text(client)
    long_ago = timezone.now() - timedelta(days=900)
    make_posting(State.LIVE, at=long_ago, pay_min=99, pay_max=99)
    assert "From 5 jobs" in text(client)


@pytest.mark.parametrize("stands", [State.DRAFT, State.SUBMITTED, State.SENT_BACK, State.HELD])
def test_what_the_public_never_saw_does_not_count(client: Client, stands: State) -> None:
    pays(20, 20, 20, 20)
    make_posting(stands, pay_min=20, pay_max=20)
    assert "Only 4 jobs" in text(client)


def test_nor_does_a_suspended_employer(client: Client) -> None:
    pays(20, 20, 20, 20, 20)
    Employer.objects.first().suspend(timezone.now())
    assert "Only 4 jobs" in text(client)


def test_filters_stand_in_the_address(client: Client) -> None:
    pays(20, 22, 24, 26, 28, credentials_required=["CPC"])
    pays(40, 42, 44, 46, 48, credentials_required=["CCS"], workplace="on-site", city="Austin", state="TX")
    assert "$24 an hour in the middle" in text(client, "?credential=CPC")
    assert "$44 an hour in the middle" in text(client, "?state=TX&workplace=on-site")
    html = client.get(URL + "?credential=CCS&per=year").content.decode()
    assert 'href="/jobs/?credential=CCS"' in html
    assert 'href="/jobs/pay/?credential=CCS&amp;per=year&amp;workplace=on-site"' in html
    assert "By credential" not in html


@pytest.mark.parametrize("query", ["?credential=XYZ", "?state=ZZ&per=fortnight", "?workplace=%F0%9F%8F%96"])
def test_what_cannot_be_read_is_named(client: Client, query: str) -> None:
    response = client.get(URL + query)
    assert response.status_code == 400
    assert b"Select a valid choice" in response.content


def test_an_empty_board(client: Client) -> None:
    assert "No job of this kind states the pay" in text(client)


def test_only_reads(client: Client) -> None:
    assert client.post(URL).status_code == 405


def test_one_query(client: Client, django_assert_num_queries: Any) -> None:
    pays(20, 22, 24, 26, 28, credentials_required=["CPC"])
    with django_assert_num_queries(1):
        client.get(URL)
