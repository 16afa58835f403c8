"""What a person keeps on a page of another day leads back to that day."""

from collections.abc import Callable

import pytest
from django.test import Client

from accounts.models import User

PAGE, DAY = "/codes/cpt/99990/", "?on=2026-10-01"
NOTE = {"text": "Mind the tide", "since": ""}


@pytest.mark.usefixtures("reference")
def test_each_form_keeps_the_day(mia: User, browser_of: Callable[[User], Client]) -> None:
    browser = browser_of(mia)
    for verb, data, anchor in (("note", NOTE, "#note"), ("star", {}, ""), ("unstar", {}, "")):
        address = f"/me/codes/cpt/99990/{verb}/{DAY}"
        assert f'action="{address}"' in browser.get(PAGE + DAY).text
        assert browser.post(address, data)["Location"] == f"{PAGE}{DAY}{anchor}"
    assert 'action="/me/codes/cpt/99990/star/"' in browser.get(PAGE).text
