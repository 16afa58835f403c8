"""Where a guest, or a person whose session ran out, is sent to sign in, and where they come back to."""

import pytest
from django.test import Client

from tests.factories import make_posting

pytestmark = pytest.mark.django_db

JOBS = "http://testserver/jobs/?q=spine"


def test_from_a_page_back_to_it(client: Client) -> None:
    assert client.get("/me/jobs/?sort=newest")["Location"] == "/accounts/login/?next=/me/jobs/%3Fsort%3Dnewest"


def test_from_a_button_back_to_the_page_it_stood_on(client: Client) -> None:
    save = f"/me/jobs/{make_posting().pk}/save/"
    assert client.post(save, headers={"Referer": JOBS})["Location"] == "/accounts/login/?next=/jobs/%3Fq%3Dspine"


@pytest.mark.parametrize("page", ["", "https://elsewhere.example/jobs/", "//elsewhere.example/", "javascript:alert(1)"])
def test_never_to_another_site(client: Client, page: str) -> None:
    answer = client.post(f"/me/jobs/{make_posting().pk}/save/", headers={"Referer": page})
    assert answer["Location"] == "/accounts/login/?next=/"
