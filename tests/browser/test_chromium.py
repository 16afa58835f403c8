"""The browser fixtures: scripts run or do not, and the database can be used beside them."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import Page

from tests.browser import chromium

pytestmark = pytest.mark.browser


def test_a_page_of_the_site_beside_the_database(page: Page, client: Client) -> None:
    answer = page.goto("/healthz")
    assert answer.status == 200
    assert page.evaluate("1 + 1") == 2
    assert get_user_model().objects.count() == 0


def test_without_javascript(page_without_javascript: Page) -> None:
    page_without_javascript.set_content("<p>plain</p><script>document.querySelector('p').textContent = 'ran'</script>")
    assert page_without_javascript.text_content("p") == "plain"


def test_two_people_have_two_browsers(new_context, page: Page) -> None:
    page.goto("/healthz")
    page.context.add_cookies([{"name": "who", "value": "one", "url": page.url}])
    other = new_context()
    assert other.cookies() == []


@pytest.fixture
def no_chromium(monkeypatch: pytest.MonkeyPatch):
    for variable in ("CHROMIUM", "BROWSER_TESTS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setattr(chromium, "NAMES", ("no-such-chromium",))
    chromium.find.cache_clear()
    yield
    chromium.find.cache_clear()


def test_none_is_no_error(no_chromium: None) -> None:
    assert chromium.find() is None


def test_none_is_an_error_where_it_is_required(no_chromium: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER_TESTS", "required")
    with pytest.raises(RuntimeError, match="no Chromium"):
        chromium.find()


def test_a_named_one_must_run(no_chromium: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/bin/false")
    with pytest.raises(RuntimeError, match="CHROMIUM=/bin/false does not run"):
        chromium.find()
