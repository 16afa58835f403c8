"""Founding an employer, and changing what it says of itself."""

from threading import Barrier, Thread

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer, FormerSlug, Member
from jobboard.employers.models.employer import MOST_OWNED
from jobboard.postings.models import Posting
from tests.factories import make_posting, make_user

NEW = "/hiring/employers/new/"


def test_anybody_signed_in_founds_an_employer_and_owns_it(as_, carl: User) -> None:
    response = as_(carl).post(NEW, {"name": "  Bay   Coding ", "about": "Small **team**.", "website": "bay.example"})
    bay = Employer.objects.get()
    assertRedirects(response, f"/hiring/employers/{bay.pk}/postings/new/")
    assert (bay.name, bay.slug, bay.website) == ("Bay Coding", "bay-coding", "https://bay.example")
    assert bay.about_html == "<p>Small <strong>team</strong>.</p>\n"
    assert Member.objects.get(employer=bay).role == Member.Role.OWNER
    assert Client().get(NEW).status_code == 302


def test_two_of_one_name_have_two_addresses(as_, carl: User) -> None:
    for _ in range(3):
        as_(carl).post(NEW, {"name": "Bay Coding"})
    assert set(Employer.objects.values_list("slug", flat=True)) == {"bay-coding", "bay-coding-2", "bay-coding-3"}


@pytest.mark.parametrize("name", ["病院", "!!!", "new"])
def test_any_name_gets_an_address(as_, carl: User, name: str) -> None:
    as_(carl).post(NEW, {"name": name})
    assert as_(carl).get(Employer.objects.get().get_absolute_url()).status_code == 200


def test_one_person_owns_so_many_and_no_more(as_, carl: User) -> None:
    client = as_(carl)
    for number in range(MOST_OWNED):
        client.post(NEW, {"name": f"Bay {number}"})
    response = client.post(NEW, {"name": "One more", "about": "Kept"})
    assertContains(response, "as many as one person can", status_code=429)
    assertContains(response, "Kept", status_code=429)
    assert Employer.objects.count() == MOST_OWNED


@pytest.mark.django_db(transaction=True)
def test_two_of_one_name_at_once() -> None:
    people, start = [make_user(), make_user()], Barrier(2)

    def found(person: User) -> None:
        start.wait()
        Employer(name="Bay Coding").found(timezone.now(), person)
        connection.close()

    threads = [Thread(target=found, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(Employer.objects.values_list("slug", flat=True)) == {"bay-coding", "bay-coding-2"}
    assert Member.objects.count() == 2


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "This field is required."),
        ("name", "x" * 121, "at most 120 characters"),
        ("name", "a\x00b", "Null characters are not allowed."),
        ("about", "x" * 10_001, "at most 10000 characters"),
        ("about", "a\x00b", "Null characters are not allowed."),
        ("website", "javascript:alert(1)", "Enter a valid URL."),
        ("website", "ftp://bay.example", "Enter a valid URL."),
        ("state", "XX", "XX is not one of the available choices."),
        ("city", "x" * 81, "at most 80 characters"),
    ],
)
def test_nonsense_is_named_and_the_rest_kept(as_, carl: User, field: str, value: str, says: str) -> None:
    response = as_(carl).post(NEW, {"name": "Bay Coding", "city": "Kept", "about": "Kept too"} | {field: value})
    assertContains(response, says, status_code=422)
    if field != "about":
        assertContains(response, "Kept too", status_code=422)
    assert not Employer.objects.exists()


def test_an_owner_edits_the_page(as_, olga: User, harbor: Employer) -> None:
    edit = f"/hiring/employers/{harbor.pk}/edit/"
    assertContains(as_(olga).get(edit), 'value="Harbor Coding"')
    response = as_(olga).post(edit, {"name": "Harbor Coding", "city": "Tampa", "state": "FL", "is_agency": "on"})
    assertRedirects(response, "/employers/harbor-coding/")
    harbor.refresh_from_db()
    assert (harbor.place, harbor.is_agency, harbor.slug) == ("Tampa, FL", True, "harbor-coding")


def test_a_new_name_moves_the_page_and_is_searched_for(as_, olga: User, harbor: Employer) -> None:
    posting = make_posting(employer=harbor)
    as_(olga).post(f"/hiring/employers/{harbor.pk}/edit/", {"name": "Lighthouse Records"})
    harbor.refresh_from_db()
    assert harbor.slug == "lighthouse-records"
    assert FormerSlug.objects.get().slug == "harbor-coding"
    assert "Lighthouse Records" in Posting.objects.get(pk=posting.pk).keywords
    as_(olga).post(f"/hiring/employers/{harbor.pk}/edit/", {"name": "Harbor Coding"})
    harbor.refresh_from_db()
    assert harbor.slug == "harbor-coding"
    assert FormerSlug.objects.get().slug == "lighthouse-records"


def test_nobody_takes_over_a_former_address(as_, olga: User, carl: User, harbor: Employer) -> None:
    as_(olga).post(f"/hiring/employers/{harbor.pk}/edit/", {"name": "Lighthouse Records"})
    as_(carl).post(NEW, {"name": "Harbor Coding"})
    assert Employer.objects.get(name="Harbor Coding").slug == "harbor-coding-2"


def test_the_ladder(as_, rita: User, victor: User, rosa: User, carl: User, harbor: Employer) -> None:
    edit = f"/hiring/employers/{harbor.pk}/edit/"
    for person, status in ((rita, 403), (victor, 403), (rosa, 404), (carl, 404)):
        assert as_(person).get(edit).status_code == status
        assert as_(person).post(edit, {"name": "Taken over"}).status_code == status
    assert as_(rita).put(NEW).status_code == 405
    assert as_(carl).get(f"/hiring/employers/{10**25}/edit/").status_code == 404
    harbor.refresh_from_db()
    assert harbor.name == "Harbor Coding"


def test_a_suspended_employer_cannot_be_edited(as_, olga: User, harbor: Employer) -> None:
    harbor.suspend(timezone.now())
    assert as_(olga).post(f"/hiring/employers/{harbor.pk}/edit/", {"name": "Clean Slate"}).status_code == 403
