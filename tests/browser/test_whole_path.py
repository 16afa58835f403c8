"""The whole path, as people walk it: a stranger reads until the meter says stop and opens an account; an employer
posts, staff approve, an alert tells of it, the coder applies, and the employer answers. With JavaScript and without it.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import BrowserContext, Page, expect

from codes.loaders import own_texts
from jobboard.alerts.models import SavedSearch
from tests.applications.files import pdf
from tests.factories import PASSWORD, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def javascript(request: pytest.FixtureRequest) -> bool:
    return request.param


@pytest.fixture
def visitor(javascript: bool, new_context: Callable[..., BrowserContext]) -> Callable[[], Page]:
    """Makes the browser of one more person."""
    return lambda: new_context(java_script_enabled=javascript).new_page()


def link_in(message: mail.EmailMessage, part: str) -> str:
    """The path of the first address in a mail that holds `part`."""
    found = re.search(rf"https?://[^/\s]+(\S*{re.escape(part)}\S*)", message.body)
    assert found, f"no {part} in:\n{message.body}"
    return found.group(1)


def sign_in(page: Page, email: str) -> None:
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url("/")


def test_reading_until_the_meter_says_stop(visitor: Callable[[], Page], javascript: bool) -> None:
    own_texts.load(timezone.now())
    page = visitor()

    page.goto("/")
    page.get_by_label("A code, or words from the chart").fill("20670")
    page.get_by_role("button", name="Find codes").click()
    page.get_by_role("link", name=re.compile("20670")).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Superficial implant removal")
    if not javascript:  # with it the page asks for itself once more, now that the cookie is there
        page.get_by_role("link", name="Open this page (uses your 1 guest view)").click()
    expect(page.get_by_text("0 code page views remaining. Guest accounts are limited to 1 page view.")).to_be_visible()
    expect(page.get_by_text("Register a free account to get 5 more.")).to_be_visible()
    expect(page.get_by_text("A small operation to take out orthopedic hardware")).to_be_visible()
    expect(page.get_by_role("link", name="Create a free account to open this").first).to_be_visible()

    page.goto("/codes/cpt/20680/")
    expect(page.get_by_text("0 code page views remaining.")).to_be_visible()
    expect(page.locator("#common-language a")).to_have_text("Create a free account to open this")

    page.get_by_role("main").get_by_role("link", name="Create a free account", exact=True).click()
    page.get_by_label("Name").fill("Dana Whitfield")
    page.get_by_label("E-mail").fill("dana@example.org")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Create the account").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("mail")
    page.goto(link_in(mail.outbox[-1], "confirm-email"))
    page.get_by_role("button", name="Yes, confirm it").click()

    expect(page).to_have_url("/codes/cpt/20680/")  # where the account was asked for
    expect(page.get_by_text("4 code page views remaining. Free accounts are limited to 5 page views.")).to_be_visible()
    page.goto("/codes/cpt/20670/")  # what the guest had opened costs nothing
    expect(page.get_by_text("4 code page views remaining.")).to_be_visible()
    expect(page.locator("#documentation li").first).to_be_visible()
    for left, code in zip("3210", ["99213", "45378", "66984", "93000"], strict=True):
        page.goto(f"/codes/cpt/{code}/")
        expect(page.get_by_text(f"{left} code page view")).to_be_visible()
        expect(page.locator("#documentation li").first).to_be_visible()
        expect(page.locator("#crosswalks a").first).to_have_text("Become a registered member to open this")
    page.goto("/codes/cpt/71046/")
    expect(page.get_by_text("0 code page views remaining.")).to_be_visible()
    expect(page.locator("#documentation li")).to_have_count(0)


def test_from_a_posting_to_an_answered_application(visitor: Callable[[], Page], tmp_path: Path) -> None:
    for name in ("owner", "coder"):
        make_user(f"{name}@example.org", name=name.title())
    make_user("staff@example.org", is_staff=True)
    owner, staff, coder = visitor(), visitor(), visitor()
    for page, name in ((owner, "owner"), (staff, "staff"), (coder, "coder")):
        sign_in(page, f"{name}@example.org")

    coder.goto("/jobs/?q=spine&workplace=remote")
    coder.get_by_role("link", name="Save this search").first.click()
    coder.get_by_label("Name").fill("Remote spine work")
    coder.get_by_label("At once").check()
    coder.get_by_role("button", name="Save the search").click()
    expect(coder.get_by_text("Remote spine work").first).to_be_visible()

    owner.goto("/hiring/")
    owner.get_by_role("link", name="Set up an employer").click()
    owner.get_by_label("Name").fill("Harbor Spine Group")
    owner.get_by_role("button", name="Set it up").click()
    owner.goto("/hiring/")
    owner.get_by_role("link", name="New posting").first.click()
    owner.get_by_role("textbox", name="Title").fill("Spine surgery coder")
    owner.get_by_label("Medical coder", exact=True).check()
    owner.get_by_role("textbox", name="Description").fill("You code spine surgery notes. **Queries are paid.**")
    owner.get_by_role("button", name="Save and continue").click()
    owner.get_by_role("button", name="Place and terms").click()  # saves this step, and leaves one out
    owner.get_by_label("Remote", exact=True).check()
    owner.get_by_role("combobox", name="Employment").select_option("full-time")
    owner.get_by_role("button", name="Save and continue").click()
    owner.get_by_label("From, US dollars").fill("31")
    owner.get_by_label("To, US dollars").fill("37.50")
    owner.get_by_role("combobox", name="Pay is").select_option("hour")
    owner.get_by_label("To, US dollars").press("Enter")  # as the button does
    expect(owner.get_by_role("heading", level=1)).to_have_text("How to apply")
    owner.get_by_role("button", name="Save and continue").click()
    owner.get_by_role("link", name="Continue to the last look").click()
    expect(owner.get_by_text("$31 to $37.50 per hour").first).to_be_visible()
    owner.get_by_role("button", name="Submit for review").click()
    expect(owner.get_by_text("Waiting for review").first).to_be_visible()

    coder.goto("/jobs/?q=spine")
    expect(coder.get_by_text("Nothing matches all of this yet")).to_be_visible()
    staff.goto("/desk/")
    staff.get_by_role("link", name="Spine surgery coder").first.click()
    staff.get_by_role("button", name="Approve and publish").click()

    search = SavedSearch.objects.get()
    assert search.run(timezone.now() + timedelta(minutes=2))
    told = mail.outbox[-1]
    assert told.to == ["coder@example.org"]
    assert "Remote spine work" in told.subject
    coder.goto(link_in(told, "/jobs/"))
    expect(coder.get_by_role("heading", level=1)).to_have_text("Spine surgery coder")

    resume = tmp_path / "resume.pdf"
    resume.write_bytes(pdf())
    coder.get_by_role("link", name="Apply on Codeharbor").click()
    coder.get_by_role("textbox", name="Letter").fill("Nine years of spine.")
    coder.locator("input[type=file]").set_input_files(resume)
    coder.get_by_role("checkbox").check()
    coder.get_by_role("button", name="Send the application").click()
    expect(coder.get_by_role("main")).to_contain_text("Nine years of spine.")
    assert {message.to[0] for message in mail.outbox[-2:]} == {"coder@example.org", "owner@example.org"}

    owner.goto(link_in(next(m for m in mail.outbox[-2:] if m.to == ["owner@example.org"]), "/hiring/"))
    expect(owner.get_by_role("main")).to_contain_text("Nine years of spine.")
    owner.get_by_label("State").select_option("interview")
    owner.get_by_role("button", name="Set the state").click()
    owner.get_by_label(re.compile("^Message")).fill("Can we talk on Tuesday?")
    with owner.expect_response(lambda response: response.request.method == "POST"):
        owner.get_by_role("button", name="Move to “Interview”").click()
    assert mail.outbox[-1].to == ["coder@example.org"]
    coder.goto("/me/applications/")
    expect(coder.get_by_role("main")).to_contain_text("Interview")
    coder.goto(link_in(mail.outbox[-1], "/me/applications/"))
    expect(coder.get_by_role("main")).to_contain_text("Can we talk on Tuesday?")
    coder.get_by_label("Message", exact=True).fill("At ten.")
    coder.get_by_role("button", name="Send the message").click()
    expect(coder.get_by_text("Your message is sent.")).to_be_visible()
    assert "At ten." in mail.outbox[-1].body

    owner.goto("/hiring/")
    owner.get_by_role("link", name="Spine surgery coder").first.click()
    if not owner.get_by_role("button", name=re.compile("Close")).first.is_visible():
        owner.locator("summary", has_text="Close").click()
    owner.get_by_label("Filled through this site").check()
    owner.get_by_role("button", name=re.compile("Close")).first.click()
    gone = coder.goto(link_in(told, "/jobs/"))
    assert gone is not None
    assert gone.status == 410
    expect(coder.get_by_role("link", name="Apply on Codeharbor")).to_have_count(0)

    coder.goto(link_in(told, "/alerts/unsubscribe/"))
    search.refresh_from_db()
    assert search.paused_at is None  # a GET only asks
    coder.get_by_role("main").get_by_role("button").first.click()
    search.refresh_from_db()
    assert search.paused_at is not None
