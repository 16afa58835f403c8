"""A code page in a real browser: copying, keys, the documentation ticked, the star, the note."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from codes.loaders import own_texts
from codes.models import Favorite, PrivateNote, Reading, Section
from tests.codes.conftest import AT, FIXTURES
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGE = "/codes/cpt/99990/"


@pytest.fixture(autouse=True)
def reference() -> None:
    own_texts.load(AT, FIXTURES / "content")
    html = "<ul>\n<li>Number of <strong>gulls</strong></li>\n<li>Pier &amp; tide</li>\n<li>Who counted</li>\n</ul>\n"
    Section.objects.filter(code__code="99990", kind="documentation").update(html=html)


@pytest.fixture
def anns(page: Page) -> Page:
    """Ann's browser, signed in, on the page."""
    make_user("ann@example.com", name="Ann Coder")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(f"/accounts/login/?next={PAGE}")
    page.get_by_label("E-mail").fill("ann@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(PAGE)
    return page


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


def test_copying_is_announced(anns: Page) -> None:
    anns.get_by_role("button", name="Copy code").click()
    expect(anns.locator("body > [role=status]")).to_have_text("Copied")
    assert copied(anns) == "99990"
    anns.get_by_role("button", name="Copy with description").click()
    expect(anns.get_by_role("button", name="Copied")).to_have_count(2)
    assert copied(anns) == "99990 Gull counting"
    expect(anns.get_by_role("button", name="Copy code")).to_be_visible()  # it says again what it does


def test_the_checklist_is_copied_as_the_server_writes_it(anns: Page) -> None:
    list_ = anns.locator("[data-checklist]")
    list_.get_by_label("Number of gulls").check()
    list_.get_by_label("Who counted").check()
    expect(list_.locator("output")).to_have_text("2 of 3 in the record")
    list_.get_by_role("button", name="Copy as text").click()
    text = copied(anns)
    assert "In the record (2):\n[x] Number of gulls\n[x] Who counted\n" in text
    assert "Missing (1):\n[ ] Pier & tide\n" in text
    list_.get_by_role("button", name="Show as text").click()
    anns.wait_for_url("**/checklist/?item=0&item=2")
    assert anns.evaluate("fetch(location).then(answer => answer.text())") == text

    anns.go_back()
    list_.get_by_role("button", name="Clear").click()
    expect(list_.locator("output")).to_have_text("")
    list_.get_by_role("button", name="Copy as text").click()
    assert "In the record" not in copied(anns)


def test_the_checklist_without_javascript(page_without_javascript: Page) -> None:
    page = page_without_javascript
    make_user("ann@example.com")
    page.goto(f"/accounts/login/?next={PAGE}")
    page.get_by_label("E-mail").fill("ann@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_label("Pier & tide").check()
    expect(page.get_by_role("button", name="Copy as text")).to_be_hidden()
    page.get_by_role("button", name="Show as text").click()
    expect(page.locator("body")).to_contain_text("[x] Pier & tide")

    page.goto(PAGE)
    page.get_by_label("Private note on 99990").fill("Ask Jo")
    page.get_by_role("button", name="Save note").click()
    expect(page.get_by_text("Your note on 99990 is saved.")).to_be_visible()
    assert PrivateNote.objects.get().text == "Ask Jo"


def test_keys(anns: Page) -> None:
    anns.keyboard.press("n")
    expect(anns).to_have_url("/codes/cpt/99991/")
    anns.keyboard.press("p")
    expect(anns).to_have_url(PAGE)
    anns.keyboard.press("c")
    expect(anns.get_by_role("button", name="Copied")).to_be_visible()
    anns.keyboard.press("s")
    expect(anns.get_by_role("button", name="Favorite")).to_have_attribute("aria-pressed", "true")
    assert Favorite.objects.get().code == "99990"
    anns.keyboard.press("?")
    expect(anns.get_by_role("dialog", name="Keyboard")).to_be_visible()
    anns.keyboard.press("Escape")
    expect(anns.get_by_role("dialog", name="Keyboard")).to_be_hidden()
    anns.keyboard.press("/")
    expect(anns.locator("#site-search")).to_be_focused()


def test_keys_leave_writing_and_the_browser_alone(anns: Page) -> None:
    for field in (anns.get_by_label("Private note on 99990"), anns.locator("#site-search")):
        field.fill("")
        field.press_sequentially("pncs?/")
        expect(field).to_have_value("pncs?/")
    anns.locator("h1").click()
    anns.keyboard.press("Alt+n")
    anns.keyboard.press("Control+c")
    expect(anns).to_have_url(PAGE)
    assert not Favorite.objects.exists()


def test_keys_are_switched_off_and_stay_so(anns: Page) -> None:
    anns.get_by_role("button", name="Keys").click()
    anns.get_by_label("Single keys work on code pages").uncheck()
    anns.keyboard.press("Escape")
    for _ in range(2):
        anns.keyboard.press("s")
        anns.keyboard.press("?")
        anns.keyboard.press("n")
        expect(anns).to_have_url(PAGE)
        expect(anns.get_by_role("dialog", name="Keyboard")).to_be_hidden()
        anns.reload()
    assert not Favorite.objects.exists()
    anns.get_by_role("button", name="Keys").click()
    expect(anns.get_by_label("Single keys work on code pages")).not_to_be_checked()


def test_the_star_keeps_the_place_and_what_was_read_is_listed(anns: Page) -> None:
    anns.evaluate("window.stillHere = true")
    anns.get_by_role("button", name="Favorite").click()
    expect(anns.get_by_role("button", name="Favorite")).to_have_attribute("aria-pressed", "true")
    assert anns.evaluate("window.stillHere"), "the page was loaded anew"
    assert anns.evaluate("document.activeElement.id") == "star-button"
    anns.goto("/me/codes/?list=read")
    expect(anns.get_by_role("link", name="99990 Gull counting")).to_be_visible()
    assert Reading.objects.get().code == "99990"


def test_a_guest_uses_keys_too(new_context: Callable[..., BrowserContext]) -> None:
    page = new_context().new_page()
    page.goto(PAGE)
    page.keyboard.press("n")
    expect(page).to_have_url("/codes/cpt/99991/")
    page.keyboard.press("s")
    expect(page).to_have_url("/accounts/login/?next=/codes/cpt/99991/")
