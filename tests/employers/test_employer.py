"""An employer's public page."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.vocabulary import State
from tests.factories import make_posting

PAGE = "/employers/harbor-coding/"


def test_anybody_reads_it(client: Client, harbor: Employer) -> None:
    harbor.about = "We code **spines**."
    harbor.save()
    make_posting(employer=harbor, title="Spine coder")
    response = client.get(PAGE)
    assertContains(response, "We code <strong>spines</strong>.")
    assertContains(response, "Spine coder")
    assertContains(response, "1 open job")


@pytest.mark.parametrize("stands", [each for each in State if each != State.LIVE])
def test_only_live_postings_are_on_it(client: Client, harbor: Employer, stands: State) -> None:
    make_posting("expired", employer=harbor)  # it was public once, and so is its page
    make_posting(stands, employer=harbor, title="Secret job")
    assertNotContains(client.get(PAGE), "Secret job")
    assertContains(client.get(PAGE), "Nothing is open here now")


def test_a_suspended_employer_has_no_page(client: Client, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    assert client.get(PAGE).status_code == 404


def test_a_page_is_public_once_a_first_posting_was_approved(
    as_, client: Client, victor: User, stella: User, carl: User, harbor: Employer
) -> None:
    posting = make_posting("submitted", employer=harbor)
    for browser in (client, as_(carl)):
        assert browser.get(PAGE).status_code == 404
    for person in (victor, stella):
        assertContains(as_(person).get(PAGE), "Nobody but its team and our staff sees this page yet.")
    posting.publish(timezone.now(), stella)
    assertContains(client.get(PAGE), "Orthopedic coder")
    posting.close(timezone.now(), stella, "cancelled")
    assertNotContains(client.get(PAGE), "Nobody but its team")


def test_a_former_address_leads_to_the_page(client: Client, olga: User, harbor: Employer) -> None:
    make_posting(employer=harbor)
    harbor.name = "Harbor Group"
    harbor.edit(timezone.now(), olga)
    assertRedirects(client.get(PAGE), "/employers/harbor-group/", status_code=301)
    harbor.suspend(timezone.now())
    assert client.get(PAGE).status_code == 404


def test_only_its_team_is_shown_ways_in(as_, olga: User, victor: User, rosa: User, harbor: Employer) -> None:
    make_posting(employer=harbor)
    assertContains(as_(olga).get(PAGE), "Edit this page")
    assertNotContains(as_(victor).get(PAGE), "Edit this page")
    assertContains(as_(victor).get(PAGE), "Its hiring pages")
    assertNotContains(as_(rosa).get(PAGE), "Its hiring pages")


def test_other_verbs_and_unknown_names(client: Client, harbor: Employer) -> None:
    assert client.post(PAGE).status_code == 405
    assert client.get("/employers/nobody/").status_code == 404
    assert client.get(f"/employers/{'x' * 3000}/").status_code == 404


def test_many_postings_take_few_queries(client: Client, harbor: Employer, django_assert_max_num_queries) -> None:
    for number in range(25):
        make_posting(employer=harbor, published_at=timezone.now() - timedelta(days=1, minutes=number))
    with django_assert_max_num_queries(7):
        assertContains(client.get(PAGE), "Page 1 of 2")
