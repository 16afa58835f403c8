"""The people of the statistics tests: Olga's team at Harbor Coding, Rosa at a rival, Carl and Nora who read."""

from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import make_posting, make_user
from tests.teams import as_, carl, harbor, olga, rita, rival, rosa, stella, victor

__all__ = ["as_", "carl", "harbor", "olga", "rita", "rival", "rosa", "stella", "victor"]

FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def nora(db: None) -> User:
    return make_user("nora@example.org", name="Nora Vance")


@pytest.fixture
def posting(harbor: Employer) -> Posting:
    return make_posting(title="Spine coder", employer=harbor)


@pytest.fixture
def beacon(posting: Posting) -> Callable[..., HttpResponse]:
    """Sends what a page of ours sends."""

    def sent(browser: Client | None = None, headers: dict[str, str] | None = None, **fields: object) -> HttpResponse:
        usual = {"Sec-Fetch-Site": "same-origin", "User-Agent": FIREFOX}
        data = {"posting": posting.pk, "kind": "view", "mark": "", "referrer": ""} | fields
        return (browser or Client(enforce_csrf_checks=True)).post("/count/", data, headers=usual | (headers or {}))

    return sent
