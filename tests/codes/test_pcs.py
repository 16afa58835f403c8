"""ICD-10-PCS: look-up, tables and codes on a day, open to all and counted as no view."""

from pathlib import Path

import pytest
from django.test import Client

from codes.models import PcsCode
from tests.loaders.conftest import load
from tests.loaders.order_files import line, write

LOOK_UP = "/codes/icd-10-pcs/"
CODE = f"{LOOK_UP}0dtj4zz/"
LINES = [
    line(1, "0DT", 0, "Gulls, Resection"),
    line(2, "0DTJ0ZZ", 1, "Resection of Gull, Open Approach"),
    line(3, "0DTJ4ZZ", 1, "Resection of Gull, Perc Endo", "Resection of Gull, Percutaneous Endoscopic Approach"),
    line(4, "0DTN4ZZ", 1, "Resection of Tern, Perc Endo"),
    line(5, "0DV", 0, "Gulls, Restriction"),
    line(6, "0DVN4ZZ", 1, "Restriction of Tern"),
    line(7, "XW0", 0, "Seaweed, Introduction"),
    line(8, "XW0DXM6", 1, "Introduction of Seaweed"),
]


@pytest.fixture
def pcs(db: None, tmp_path: Path) -> None:
    """Two years: the tern leaves with the second."""
    load("icd-10-pcs", write(tmp_path, *LINES, name="icd10pcs_order_2026.txt"))
    later = [*LINES[:3], *LINES[4:]]
    load("icd-10-pcs", write(tmp_path, *later, name="icd10pcs_order_2027.txt"))


def text_of(client: Client, address: str) -> str:
    return " ".join(client.get(address).text.split())


def test_a_code_character_by_character(pcs: None, client: Client) -> None:
    text = text_of(client, f"{CODE}?on=2026-09-30")
    assert "Resection of Gull, Percutaneous Endoscopic Approach" in text
    assert "Resection of Gull, Perc Endo</dd>" in text
    assert '<span class="code">0</span> Medical and Surgical</td>' in text
    assert [axis for axis in ("Body System", "Operation", "Body Part", "Approach", "Device") if axis not in text] == []
    row = text[text.index(">Approach</td>") : text.index(">Device</td>")]
    assert 'href="/codes/icd-10-pcs/0dtj0zz/?on=2026-09-30"' in row
    assert "0DTN4ZZ" not in row
    assert 'rel="prev"' in text
    assert ">0DTN4ZZ<" in text[text.index('class="code-beside') : text.index("<h1>")]
    assert 'href="/codes/icd-10-pcs/0dt/?on=2026-09-30"' in text
    assert "No public source pairs ICD-10-PCS with CPT or HCPCS codes" in text


def test_a_code_that_a_later_year_drops(pcs: None, client: Client) -> None:
    gone = text_of(client, f"{LOOK_UP}0dtn4zz/?on=2026-10-01")
    assert "Deleted on Oct 1, 2026" in gone
    assert "Active on Sep 30, 2026" in text_of(client, f"{LOOK_UP}0dtn4zz/?on=2026-09-30")
    assert "Future on Jan 1, 2020" in text_of(client, f"{CODE}?on=2020-01-01")
    assert "0DTN4ZZ" not in text_of(client, f"{CODE}?on=2026-10-01")


def test_a_table_lists_its_codes(pcs: None, client: Client) -> None:
    text = text_of(client, f"{LOOK_UP}0dt/?on=2026-09-30")
    assert "Not billable" in text
    assert 'Codes of table 0DT <span class="code-hint">3</span>' in text
    assert "0DVN4ZZ" not in text


def test_look_up(pcs: None, client: Client) -> None:
    sections = text_of(client, f"{LOOK_UP}?on=2026-09-30")
    assert "New Technology" in sections
    assert "Obstetrics" not in sections
    tables = text_of(client, f"{LOOK_UP}?q=0d&on=2026-09-30")
    assert "2 found." in tables
    assert "0DTJ4ZZ" not in tables
    assert "2 found." in text_of(client, f"{LOOK_UP}?q=0dtj&on=2026-09-30")
    assert "1 found." in text_of(client, f"{LOOK_UP}?q=tern+resected&on=2026-09-30")
    assert "Nothing for “zebra” in ICD-10-PCS, October 2025 as of" in text_of(
        client, f"{LOOK_UP}?q=zebra&on=2026-09-30"
    )


@pytest.mark.parametrize("written", ["0DTJ4ZZ/", "0dt%20j4zz/", "0dtj4zz"])
def test_any_way_of_writing_it_leads_to_one_address(pcs: None, client: Client, written: str) -> None:
    response = client.get(f"{LOOK_UP}{written}")
    assert (response.status_code, response["Location"]) == (301, CODE)


@pytest.mark.parametrize("written", ["0dt0000", "zzz", "0dtj", "0dti4zz", "'", "%25"])
def test_what_is_no_code_here_says_so(pcs: None, client: Client, written: str) -> None:
    response = client.get(f"{LOOK_UP}{written}/")
    assert response.status_code == 404
    assert "There is no ICD-10-PCS code" in response.text


def test_with_nothing_loaded_it_says_so(db: None, client: Client) -> None:
    assert "No release of ICD-10-PCS is loaded here." in text_of(client, LOOK_UP)
    assert client.get(f"{LOOK_UP}?q={'x' * 300}").status_code == 400


def test_reading_uses_no_view(pcs: None, client: Client, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(9) as asked:
        client.get(CODE)
    assert not any(query["sql"].startswith(("INSERT", "UPDATE")) for query in asked.captured_queries)
    assert PcsCode.objects.exists()
