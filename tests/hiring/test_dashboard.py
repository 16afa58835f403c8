"""The list of an employer's postings."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from jobboard.employers.models import Employer, Member
from jobboard.postings.vocabulary import State
from tests.factories import make_member, make_posting


def test_somebody_without_an_employer_is_told_how_to_begin(as_, carl: User) -> None:
    assertContains(as_(carl).get("/hiring/"), "Set up your employer first")
    assert Client().get("/hiring/").status_code == 302


def test_postings_are_listed_by_state(as_, rita: User, harbor: Employer) -> None:
    for stands in State:
        make_posting(stands, employer=harbor, title=f"A job that is {stands.value}")
    everything = as_(rita).get("/hiring/")
    for stands in State:
        assertContains(everything, f"A job that is {stands.value}")
        only = as_(rita).get(f"/hiring/?state={stands.value}")
        assertContains(only, f"A job that is {stands.value}")
        assertContains(only, "A job that is", count=2)  # the title, and the action on it


def test_each_employer_of_a_person_has_its_list(as_, rita: User, harbor: Employer, rival: Employer, rosa: User) -> None:
    make_member(rival, Member.Role.VIEWER, rita)
    make_posting(State.DRAFT, employer=harbor, title="Harbor job")
    make_posting(State.DRAFT, employer=rival, title="Rival job")
    response = as_(rita).get("/hiring/?employer=rival-billing")
    assertContains(response, "Rival job")
    assertNotContains(response, "Harbor job")
    assertNotContains(response, "New posting")
    assertContains(as_(rita).get("/hiring/"), "Harbor job")
    assert as_(rosa).get("/hiring/?employer=harbor-coding").status_code == 404


@pytest.mark.parametrize("query", ["state=gone", "state=%F0%9F%92%A9", "employer=nobody", "state=%00"])
def test_an_address_that_means_nothing_is_refused(as_, rita: User, query: str) -> None:
    assert 400 <= as_(rita).get(f"/hiring/?{query}").status_code < 500


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 5000, "1e9"])
def test_a_page_that_is_not_there_is_the_nearest(as_, rita: User, page: str) -> None:
    assert as_(rita).get(f"/hiring/?page={page}").status_code == 200


def test_it_is_read_only(as_, rita: User) -> None:
    assert as_(rita).post("/hiring/").status_code == 405


def test_a_suspended_employers_team_is_told(as_, rita: User, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    response = as_(rita).get("/hiring/")
    assertContains(response, "Harbor Coding is suspended")
    assertNotContains(response, "postings/new/")


def test_many_postings_take_few_queries(as_, rita: User, harbor: Employer, django_assert_max_num_queries) -> None:
    for _ in range(30):
        make_posting(State.LIVE, employer=harbor)
    client = as_(rita)
    with django_assert_max_num_queries(9):
        assertContains(client.get("/hiring/"), "Page 1 of 2")


def test_its_pages_are_list_items_and_the_menu_needs_no_script(as_, rita: User, harbor: Employer) -> None:
    page = as_(rita).get("/hiring/").text
    row = page.split('<nav class="links-row"')[1].split("</nav>")[0]
    daily, rest = row.split('<details class="menu">')
    for words in ("Applicants", "Find people", "Statistics", "Team", "Public page"):
        assert f">{words}</a></li>" in daily
    for words in ("Posting templates", "Mail templates", "Import postings", "Another employer"):
        assert f">{words}</a></li>" in rest
