"""Writing a posting in a real browser: what is typed is kept before anybody presses a button."""

import re

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.applications.conftest import harbor, rex
from tests.browser.test_board import sign_in

__all__ = ["harbor", "rex"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_new_posting_is_kept_while_it_is_typed(page: Page, live_server, rex: User, harbor: Employer) -> None:
    sign_in(page.context, rex, live_server.url)
    page.goto(f"/hiring/employers/{harbor.pk}/postings/new/")
    title, state = page.get_by_label("Title"), page.get_by_role("status").filter(has_text="Saved")
    title.press_sequentially("Spine coder")
    expect(state).to_be_visible()
    expect(page).to_have_url(re.compile(r"/hiring/postings/\d+/write/job/$"))

    with page.expect_response(lambda response: "/write/job/" in response.url):
        title.press_sequentially(" for nights")
    page.reload()
    expect(title).to_have_value("Spine coder for nights")
    assert Posting.objects.get().title == "Spine coder for nights"
