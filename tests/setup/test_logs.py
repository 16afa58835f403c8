"""What a request leaves in the log."""

import logging

import pytest
from django.test import Client

from tests.factories import make_user


@pytest.mark.django_db
def test_what_is_refused_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    client.force_login(make_user("reader@example.org"))
    for address in ("/desk/", "/hiring/employers/1/postings/new/", "/nowhere/"):
        assert client.get(address).status_code == 404
    assert [line for line in caplog.text.splitlines() if "Not Found" not in line] == []


def test_what_fails_is_told_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("django.request").exception("Internal Server Error: /")
    assert "Traceback" in caplog.text
