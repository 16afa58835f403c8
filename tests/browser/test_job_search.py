"""Searching jobs in a real browser: with a mouse, from the keyboard, on a phone, and without JavaScript."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.factories import make_posting

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def postings() -> None:
    for number in range(21):
        make_posting(title=f"Remote coder {number}", credentials_required=["CPC"])
    make_posting(title="Hybrid auditor", workplace="hybrid", city="Austin", state="TX", roles=["auditor"])


def focused(page: Page) -> str:
    return page.evaluate("document.activeElement.id || document.activeElement.name")


def test_filters_swap_the_results_and_the_address(page: Page) -> None:
    page.goto("/jobs/")
    page.evaluate("window.stillHere = true")
    page.get_by_label("Hybrid").check()
    expect(page.locator("#count")).to_contain_text("1 job")
    expect(page.get_by_role("link", name="Hybrid auditor", exact=True)).to_be_visible()
    expect(page).to_have_url("/jobs/?workplace=hybrid")
    expect(page).to_have_title("Hybrid · Medical coding jobs · Codeharbor")
    expect(page.locator("label", has=page.locator("[value=CPC]")).locator("b")).to_have_text(
        "0"
    )  # none of them is hybrid
    assert page.evaluate("window.stillHere"), "the page was loaded anew"
    assert page.get_by_label("Hybrid").evaluate("each => each === document.activeElement")

    page.get_by_role("link", name="Remove Hybrid").click()
    expect(page.locator("#count")).to_contain_text("22 jobs")
    expect(page.get_by_label("Hybrid")).not_to_be_checked()
    expect(page.locator("#count")).to_be_focused()

    page.go_back()
    expect(page.locator("#count")).to_contain_text("1 job")
    expect(page.locator(".site-header")).to_have_count(1)
    expect(page.get_by_label("Hybrid")).to_be_checked()


def test_what_cannot_be_read_is_swapped_in_with_its_message(page: Page) -> None:
    page.goto("/jobs/?workplace=hybrid")
    page.evaluate("window.stillHere = true")
    page.get_by_label("At least $").fill("lots")
    with page.expect_response(lambda response: "pay=lots" in response.url) as answer:
        page.keyboard.press("Enter")
    assert answer.value.status == 400
    expect(page.get_by_text("Left out of this search")).to_be_visible()
    expect(page.locator("#count")).to_contain_text("1 job")
    expect(page.get_by_label("At least $")).to_have_value("lots")
    expect(page.get_by_label("Hybrid")).to_be_checked()
    assert page.evaluate("window.stillHere"), "the page was loaded anew"


def test_signing_in_leads_back_to_the_search_as_it_is(page: Page) -> None:
    page.goto("/jobs/")
    page.get_by_label("Hybrid").check()
    expect(page).to_have_url("/jobs/?workplace=hybrid")
    link = page.locator('.menu-items a[href*="next="]').first
    assert "workplace%3Dhybrid" in (link.get_attribute("href") or "")


def test_words_order_and_pages_from_the_keyboard(page: Page) -> None:
    page.goto("/jobs/")
    page.get_by_label("What", exact=True).fill("remote coder")
    page.keyboard.press("Enter")
    expect(page.locator("#count")).to_contain_text("21 jobs")
    assert focused(page) == "id_q"
    expect(page.get_by_role("link", name="Best match")).to_have_attribute("aria-current", "true")

    page.get_by_role("link", name="Highest pay").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/jobs/?q=remote+coder&sort=pay")
    page.get_by_role("link", name="Next").focus()
    page.keyboard.press("Enter")
    expect(page).to_have_url("/jobs/?q=remote+coder&sort=pay&page=2")
    expect(page.locator("article.job")).to_have_count(1)
    expect(page.locator("#count")).to_be_focused()

    page.get_by_label(re.compile(r"^CPC \(AAPC\)")).check()  # a new search starts at its first page, in the same order
    expect(page).to_have_url("/jobs/?credential=CPC&q=remote+coder&sort=pay")
    expect(page.locator("article.job")).to_have_count(20)


def test_on_a_phone_the_filters_are_a_sheet(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context(viewport={"width": 360, "height": 740}).new_page()
    page.goto("/jobs/")
    expect(page.get_by_label("Hybrid")).to_be_hidden()
    page.get_by_role("button", name="Filters").click()
    page.get_by_label("Hybrid").check()
    page.get_by_role("button", name="Show 1 job").click()
    expect(page.get_by_label("Hybrid")).to_be_hidden()
    expect(page.locator("#count")).to_contain_text("1 job")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    response = page.goto("/jobs/?pay=lots")
    assert response is not None
    assert response.status == 400
    page.get_by_role("link", name="Pays at least").click()
    expect(page.get_by_label("At least $")).to_be_focused()


def test_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    page.goto("/jobs/")
    page.get_by_label(re.compile(r"^Remote\s*\d")).check()
    page.get_by_label("What", exact=True).fill("coder")
    page.get_by_role("button", name="Search").click()
    expect(page.locator("#count")).to_contain_text("21 jobs")
    page.get_by_role("link", name="Next").click()
    expect(page.locator("article.job")).to_have_count(1)
    page.get_by_role("link", name="Remove Remote").click()
    expect(page.get_by_label("What", exact=True)).to_have_value("coder")
    page.locator("article.job a").first.click()
    expect(page.locator("h1")).to_contain_text("Remote coder")
