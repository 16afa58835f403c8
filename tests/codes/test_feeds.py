"""Atom feeds of changes: well-formed, true, and without any descriptor or text of ours."""

from datetime import timedelta
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from django.test import Client

from codes.loaders import hcpcs_anweb, own_texts
from codes.loaders.outcome import Order
from codes.models import Change
from tests.codes import anweb
from tests.codes.conftest import AT
from tests.codes.test_code_page import ALL

ATOM = "{http://www.w3.org/2005/Atom}"
FEEDS = [
    "/codes/cpt/changes.atom",
    "/codes/icd-10-cm/changes.atom",
    "/codes/cpt/99990/changes.atom",
    "/codes/icd-10-cm/a00.0/changes.atom",
    "/codes/hcpcs/j9998/changes.atom",
]


def entries(client: Client, path: str) -> list[tuple[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)  # noqa: S314 - our own answer
    assert feed.find(f"{ATOM}updated").text
    assert len({entry.find(f"{ATOM}id").text for entry in feed.iter(f"{ATOM}entry")}) == len(
        list(feed.iter(f"{ATOM}entry"))
    )
    return [(entry.find(f"{ATOM}title").text, entry.find(f"{ATOM}summary").text) for entry in feed.iter(f"{ATOM}entry")]


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_is_open_and_holds_no_text(client: Client, reference: None, tmp_path: Path, path: str) -> None:
    hcpcs_anweb.load(anweb.write(tmp_path), Order(AT))
    assert entries(client, path)
    text = client.get(path).text
    assert not any(word in text for word in ALL | {"sentinelofficial", "Seaweed", "Gull"})


def test_a_code_is_listed_by_its_release(client: Client, icd) -> None:
    assert entries(client, "/codes/icd-10-cm/a00.0/changes.atom") == [
        (
            "ICD-10-CM A00.0: listed",
            f"Listed in {icd.release}. Source: {icd.release.owner}, {icd.release}, effective April 1, 2026.",
        )
    ]


def test_changes_come_newest_first(client: Client, own, content: Path) -> None:
    path = content / "cpt/99990.md"
    path.write_text(path.read_text().replace("Nine gulls", "Ten gulls"))
    own_texts.load(AT + timedelta(days=1), content)
    of_code = entries(client, "/codes/cpt/99990/changes.atom")
    assert [title for title, _ in of_code] == ["CPT® 99990: Our texts changed", "CPT® 99990: listed"]
    assert of_code[0][1].startswith("Our texts changed: Examples. Source: ")
    assert "CPT® 99990: Our texts changed" in [title for title, _ in entries(client, "/codes/cpt/changes.atom")]
    assert [title for title, _ in entries(client, "/codes/cpt/99991/changes.atom")] == ["CPT® 99991: listed"]


def test_a_feed_stays_short(client: Client, reference: None, own) -> None:
    from codes.models import Code

    code = Code.objects.get(code="99990")
    Change.objects.bulk_create(
        Change(code=code, release=own.release, kind="texts", at=AT + timedelta(minutes=number)) for number in range(80)
    )
    assert len(entries(client, "/codes/cpt/changes.atom")) == 50
    assert len(entries(client, "/codes/cpt/99990/changes.atom")) == 51


@pytest.mark.parametrize("path", FEEDS)
def test_the_wrong_verb(client: Client, reference: None, path: str) -> None:
    assert client.post(path).status_code == 405


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_costs_few_queries(client: Client, reference: None, path: str, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(4):
        client.get(path)
