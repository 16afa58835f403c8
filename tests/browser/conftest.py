"""A real Chromium on the live server. A test takes `page`, says `page.goto("/jobs/")`, and drives it with Playwright.

Playwright's plain (not async) interface runs an event loop in the test's own thread. Django takes that for asynchronous
code and refuses to use the database there, although nothing runs concurrently: the loop stands still while the test
does. DJANGO_ALLOW_ASYNC_UNSAFE lifts that refusal, from the first browser test of a process until its end.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

from tests.browser.chromium import MISSING, find

QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-dev-shm-usage",  # a container's /dev/shm may be too small for it
    "--disable-extensions",
    "--disable-gpu",
    "--disable-sync",
    "--no-first-run",
)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for all browser tests of this process."""
    path = find()
    if path is None:
        pytest.skip(MISSING)
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()  # its sandbox refuses to start as root
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
        chromium = playwright.chromium.launch(executable_path=path, args=[*QUIET, *root])
        yield chromium
        chromium.close()


@pytest.fixture
def new_context(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., BrowserContext]]:
    """Makes another person's browser, at the live server's address; takes Playwright's options."""
    contexts: list[BrowserContext] = []

    def make(**options: object) -> BrowserContext:
        context = browser.new_context(**{"base_url": live_server.url, "locale": "en-US", **options})
        context.set_default_timeout(10_000)
        contexts.append(context)
        return context

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def page(new_context: Callable[..., BrowserContext]) -> Iterator[Page]:
    """A page in a fresh browser. The test fails if a script of ours fails or breaks the content security policy."""
    complaints: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    page = new_context().new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", listen)
    yield page
    assert complaints == []


@pytest.fixture
def page_without_javascript(new_context: Callable[..., BrowserContext]) -> Page:
    """A page in a fresh browser that runs no scripts."""
    return new_context(java_script_enabled=False).new_page()
