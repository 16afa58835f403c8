"""The index of the pages by topic, and what the site map lists of them."""

import pytest
from django.test import Client
from django.utils import timezone

from jobboard.browse.views import listed
from jobboard.postings.vocabulary import State
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def test_lists_what_has_jobs(client: Client) -> None:
    make_posting(credentials_required=["CPC"], specialties=["gi"], apprentice="welcome")
    make_posting(State.EXPIRED, credentials_required=["CCS"])
    html = client.get("/jobs/browse/").content.decode()
    for path in ("/jobs/cpc/", "/jobs/gastroenterology/", "/jobs/apprentices-welcome/", "/jobs/?workplace=remote"):
        assert f'href="{path}"' in html
    assert "/jobs/ccs/" not in html


def test_an_empty_board(client: Client) -> None:
    assert b"No jobs are open at the moment" in client.get("/jobs/browse/").content


def test_every_listed_page_is_there(client: Client) -> None:
    make_posting(credentials_required=["CPC"], remote_states=["OH"], apprentice="welcome")
    make_posting(specialties=["hcc"], workplace="hybrid", city="Austin", state="TX")
    paths = [page.path for page in listed(timezone.now())]
    assert {"/jobs/browse/", "/jobs/cpc/ohio/", "/jobs/cpc/ohio/remote/", "/jobs/risk-adjustment-hcc/texas/"} <= set(
        paths
    )
    for path in paths:
        assert client.get(path).status_code == 200, path
