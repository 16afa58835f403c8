"""The board in a real browser: moved by mouse, finger and keyboard, and what happens to who was signed out."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import BrowserContext, Locator, Page, expect

from accounts.models import User
from jobboard.applications.models import Application
from jobboard.postings.models import Posting
from tests.applications.conftest import application, ben, harbor, nora, posting, rex, send

__all__ = ["application", "ben", "harbor", "nora", "posting", "rex", "send"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def sign_in(context: BrowserContext, person: User, url: str) -> None:
    client = Client()
    client.force_login(person)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])


def board(posting: Posting) -> str:
    return reverse("hiring_applicants", args=[posting.pk])


def column(page: Page, state: str) -> Locator:
    return page.locator(f'.board-column[data-state="{state}"]')


def grip(page: Page) -> Locator:
    return page.get_by_role("button", name="Move Nora Vance")


@pytest.fixture
def opened(page: Page, live_server, application: Application, rex: User, posting: Posting) -> Page:
    """The board, as Rex sees it."""
    sign_in(page.context, rex, live_server.url)
    page.goto(board(posting))
    expect(grip(page)).to_be_visible()
    return page


def state(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def drag(page: Page, where: Locator) -> None:
    card, aim = page.locator(".board-card").bounding_box(), where.bounding_box()
    assert card
    assert aim
    page.mouse.move(card["x"] + 60, card["y"] + card["height"] - 8)
    page.mouse.down()
    page.mouse.move(aim["x"] + 30, aim["y"] + 60, steps=8)
    page.mouse.up()


def test_a_mouse_drags_a_card_to_another_column(opened: Page, application: Application) -> None:
    drag(opened, column(opened, "reviewed"))
    expect(column(opened, "reviewed").get_by_role("link", name="Nora Vance")).to_be_visible()
    expect(opened.locator("#board-said")).to_contain_text("is now “Reviewed” and was told by mail")
    assert state(application) == "reviewed"
    expect(grip(opened)).to_be_focused()


def test_a_step_with_a_letter_asks_first_and_can_be_left(opened: Page, application: Application) -> None:
    drag(opened, column(opened, "interview"))
    dialog = opened.get_by_role("dialog")
    expect(dialog).to_be_visible()
    dialog.get_by_role("link", name="Leave it as it is").click()
    expect(dialog).to_have_count(0)
    expect(grip(opened)).to_be_focused()
    assert state(application) == "new"
    drag(opened, column(opened, "interview"))
    dialog.get_by_role("button", name="Move to “Interview”").click()
    expect(column(opened, "interview").get_by_role("link", name="Nora Vance")).to_be_visible()
    assert state(application) == "interview"


def test_the_keyboard_moves_a_card_and_each_step_is_said(opened: Page, application: Application) -> None:
    said = opened.locator("#board-said")
    grip(opened).focus()
    opened.keyboard.press("Enter")
    expect(said).to_contain_text("Nora Vance taken from New")
    opened.keyboard.press("ArrowRight")
    expect(said).to_have_text("Reviewed")
    opened.keyboard.press("ArrowLeft")
    expect(said).to_have_text("New, where it is.")
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press("Space")
    expect(column(opened, "reviewed").get_by_role("link", name="Nora Vance")).to_be_visible()
    expect(said).to_contain_text("Nora Vance is now “Reviewed”")
    expect(grip(opened)).to_be_focused()
    assert state(application) == "reviewed"


@pytest.mark.parametrize("key", ["Escape", "Tab"])
def test_a_card_that_was_taken_can_be_left(opened: Page, application: Application, key: str) -> None:
    grip(opened).focus()
    opened.keyboard.press("Enter")
    opened.keyboard.press("ArrowRight")
    opened.keyboard.press(key)
    expect(opened.locator("#board-said")).to_have_text("Nora Vance stays.")
    expect(opened.locator(".board-card--held, .board-column--aim")).to_have_count(0)
    assert state(application) == "new"


def test_a_finger_drags_by_the_handle(
    new_context: Callable[..., BrowserContext], live_server, application: Application, rex: User, posting: Posting
) -> None:
    context = new_context(has_touch=True, viewport={"width": 900, "height": 800})
    sign_in(context, rex, live_server.url)
    page = context.new_page()
    page.goto(board(posting))
    expect(grip(page)).to_be_visible()
    start, aim = grip(page).bounding_box(), column(page, "reviewed").bounding_box()
    assert start
    assert aim
    finger = context.new_cdp_session(page)
    x, y = start["x"] + 10, start["y"] + 10
    finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for step in range(1, 9):
        at = {"x": x + (aim["x"] + 40 - x) * step / 8, "y": y + 20}
        finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    expect(column(page, "reviewed").get_by_role("link", name="Nora Vance")).to_be_visible()
    assert state(application) == "reviewed"


def test_who_left_the_team_meanwhile_reads_so_on_a_whole_page(opened: Page, rex: User) -> None:
    rex.employer_roles.all().delete()
    drag(opened, column(opened, "reviewed"))
    expect(opened.get_by_role("heading", name="There is no such page")).to_be_visible()
    expect(opened.locator(".board-column")).to_have_count(0)
    expect(opened.get_by_role("banner")).to_have_count(1)


def test_who_was_signed_out_meanwhile_is_led_to_sign_in_and_back(opened: Page, posting: Posting) -> None:
    opened.context.clear_cookies(name="sessionid")
    drag(opened, column(opened, "reviewed"))
    expect(opened).to_have_url(f"/accounts/login/?next=%2Fhiring%2Fpostings%2F{posting.pk}%2Fapplicants%2F")
    expect(opened.get_by_role("heading", level=1)).to_be_visible()


def test_ticks_outlive_a_move_and_lead_to_the_mails(opened: Page, ben: User, send, application: Application) -> None:
    send(ben)
    opened.reload()
    opened.get_by_label("Choose Ben Ortiz").check()
    expect(opened.get_by_text("With those ticked: 1")).to_be_visible()
    grip(opened).focus()
    for key in ("Enter", "ArrowRight", "Enter"):
        opened.keyboard.press(key)
    expect(column(opened, "reviewed").get_by_role("link", name="Nora Vance")).to_be_visible()
    expect(opened.get_by_label("Choose Ben Ortiz")).to_be_checked()
    opened.get_by_label("With those ticked").select_option("Declined")
    opened.get_by_role("button", name="Look at it first").click()
    expect(opened.get_by_text("Hello Ben Ortiz,")).to_be_visible()
    opened.get_by_role("button", name="send 1 mail").click()
    expect(opened.get_by_text("1 applicant moved to “Declined” and told by mail.")).to_be_visible()
    assert state(application) == "reviewed"


def test_a_whole_column_is_ticked_and_unticked(opened: Page, ben: User, send) -> None:
    send(ben)
    opened.reload()
    opened.get_by_role("link", name="Tick all in New").click()
    expect(opened.get_by_text("With those ticked: 2")).to_be_visible()
    opened.get_by_role("link", name="Untick all in New").click()
    expect(opened.get_by_label("Choose Ben Ortiz")).not_to_be_checked()
    expect(opened.get_by_role("link", name="Tick all in New")).to_be_visible()


def test_without_javascript_many_are_moved_by_plain_forms(
    page_without_javascript: Page, live_server, application: Application, rex: User, posting: Posting
) -> None:
    page = page_without_javascript
    sign_in(page.context, rex, live_server.url)
    page.goto(board(posting))
    page.get_by_role("link", name="Tick all in New").click()
    expect(page.get_by_label("Choose Nora Vance")).to_be_checked()
    page.get_by_label("With those ticked").select_option("Reviewed")
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_role("button", name="Move 1 to “Reviewed”").click()
    expect(page.get_by_text("1 applicant moved to “Reviewed”")).to_be_visible()
    assert state(application) == "reviewed"
