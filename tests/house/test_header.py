"""The header of every page: the same for many readers, but for what is their own."""

import re

import pytest
from django.test import Client

from tests.factories import make_user

pytestmark = pytest.mark.django_db


def header(client: Client, address: str) -> str:
    return client.get(address).text.partition('<header class="site-header">')[2].partition("</header>")[0]


def test_it_marks_the_section(client: Client) -> None:
    assert re.findall(r'aria-current="page">(\w+)<', header(client, "/jobs/")) == ["Jobs"]
    assert re.findall(r'aria-current="page">(\w+)<', header(client, "/codes/")) == ["Codes"]
    assert "aria-current" not in header(client, "/")


def test_it_leads_a_guest_back_to_the_page(client: Client) -> None:
    for words in ("spine", "hip%22%3E"):
        assert f"?next=/jobs/%3Fq%3D{words.replace('%', '%25')}" in header(client, f"/jobs/?q={words}")


def test_it_names_each_reader_to_themselves_alone(client: Client) -> None:
    tokens = set()
    for name in ("Carl <b>", "Nora"):
        client.force_login(make_user(f"{name[:4]}@example.org", name=name))
        page = header(client, "/jobs/")
        assert name.split()[0] in page
        assert "<b>" not in page
        assert ("Carl" in page) == (name != "Nora")
        tokens |= set(re.findall(r'csrfmiddlewaretoken" value="(\w+)"', page))
        client.logout()
    assert len(tokens) == 2
    assert "Sign out" not in header(client, "/jobs/")


def test_the_desk_is_offered_to_staff_alone(client: Client) -> None:
    client.force_login(make_user("ann@example.org", is_staff=True))
    assert "Desk" in header(client, "/jobs/")
    client.force_login(make_user("carl@example.org"))
    assert "Desk" not in header(client, "/jobs/")


def test_it_carries_the_date_of_service_through_its_search(client: Client) -> None:
    assert 'name="on" value="2025-09-30"' in header(client, "/codes/?on=2025-09-30")
    assert 'name="on"' not in header(client, "/codes/")
