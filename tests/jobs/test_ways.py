"""The ways from the jobs to what they pay and to the pages by topic."""

import pytest
from django.test import Client

from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def test_from_the_search(client: Client) -> None:
    html = client.get("/jobs/").content.decode()
    assert 'href="/jobs/browse/"' in html
    assert 'href="/jobs/pay/"' in html


@pytest.mark.parametrize(
    ("fields", "query"),
    [
        ({"credentials_required": ["CCS", "CPC"], "specialties": ["gi"]}, "?credential=CCS"),
        ({"credentials_preferred": ["CPC-A"]}, "?credential=CPC-A"),
        ({"specialties": ["gi"]}, "?specialty=gi"),
        ({}, ""),
    ],
)
def test_from_a_posting_to_its_like(client: Client, fields: dict[str, list[str]], query: str) -> None:
    html = client.get(make_posting(**fields).get_absolute_url()).content.decode()
    assert f'<a href="/jobs/pay/{query}">How does this pay compare?</a>' in html
