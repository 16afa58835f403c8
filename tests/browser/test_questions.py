"""The form of a screening question in a real browser: it asks for what the chosen kind of answer needs."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from accounts.models import User
from jobboard.postings.models import Posting
from tests.applications.conftest import ben, harbor, posting, rex
from tests.browser.test_board import sign_in

__all__ = ["ben", "harbor", "posting", "rex"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_it_asks_for_what_the_kind_of_answer_needs(page: Page, live_server, rex: User, posting: Posting) -> None:
    sign_in(page.context, rex, live_server.url)
    page.goto(reverse("questions", args=[posting.pk]))
    choices, accepted = page.get_by_label("Choices", exact=True), page.get_by_label("Needed choices")
    wanted, least = page.get_by_label("Needed answer"), page.get_by_label("Needed at least")
    for field in (choices, accepted, wanted, least):
        expect(field).to_be_hidden()

    page.get_by_label("One answer decides").check()
    expect(wanted).to_be_visible()
    expect(least).to_be_hidden()

    page.get_by_label("A number").check()
    expect(least).to_be_visible()
    expect(wanted).to_be_hidden()

    page.get_by_label("One of several").check()
    expect(choices).to_be_visible()
    expect(accepted).to_be_visible()
    expect(least).to_be_hidden()
