"""What a request leaves in the log."""

import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import get_resolver

from tests.factories import make_user

TOKEN = "secret0which0opens"


@pytest.mark.django_db
def test_what_is_refused_is_one_line(caplog: pytest.LogCaptureFixture) -> None:
    client = Client()
    client.force_login(make_user("reader@example.org"))
    for address in ("/desk/", "/hiring/employers/1/postings/new/", "/nowhere/"):
        assert client.get(address).status_code == 404
    assert [line for line in caplog.text.splitlines() if "Not Found" not in line] == []


def paths() -> Iterator[str]:
    """Each address with a token."""
    for name, found in get_resolver().reverse_dict.items():
        for path, names in found[0] if isinstance(name, str) else []:
            if "token" in names or (name.startswith("account_") and "key" in names):
                yield "/" + path % dict.fromkeys(names, TOKEN)


@pytest.mark.django_db
@pytest.mark.parametrize("path", list(paths()))
def test_what_opens_something_is_not_logged(caplog: pytest.LogCaptureFixture, path: str) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user("reader@example.org"))
    client.put(path)
    client.post(path)
    assert any(record.name.startswith("django.") for record in caplog.records)
    assert TOKEN not in caplog.text


def test_what_fails_is_told_with_its_traceback(caplog: pytest.LogCaptureFixture) -> None:
    try:
        raise ZeroDivisionError
    except ZeroDivisionError:
        logging.getLogger("django.request").exception("Internal Server Error: /")
    assert "Traceback" in caplog.text
