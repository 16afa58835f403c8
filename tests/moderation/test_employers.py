"""Employers on the desk, and the record of decisions."""

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import make_employer, make_posting


def page(employer: Employer, part: str = "") -> str:
    return f"/desk/employers/{employer.pk}/{part}"


def test_staff_suspend_and_readmit_with_reasons(
    as_, stella: User, olga: User, harbor: Employer, client: Client, mailoutbox: list[EmailMessage]
) -> None:
    posting, desk = make_posting(employer=harbor), as_(stella)
    assertRedirects(desk.post(page(harbor, "suspend/"), {"suspend-reason": "Asked for money."}), page(harbor))
    assert client.get(posting.get_absolute_url()).status_code == 404
    assert "Asked for money." in mailoutbox[0].body
    assert mailoutbox[0].to == ["olga@harbor.example"]
    again = desk.post(page(harbor, "suspend/"), {"suspend-reason": "Again."})
    assertContains(again, "Nothing was decided", status_code=409)
    desk.post(page(harbor, "readmit/"), {"readmit-reason": "Explained."})
    assertContains(client.get(posting.get_absolute_url()), "Harbor Coding")
    assert desk.post(page(harbor, "readmit/"), {"readmit-reason": "Again."}).status_code == 409
    history = desk.get(page(harbor))
    for words in ("Asked for money.", "Explained.", "Suspended", "Readmitted", "by Stella Staff"):
        assertContains(history, words)
    assertContains(desk.get("/desk/history/?list=employers"), "Asked for money.")


@pytest.mark.parametrize("reason", ["", "  ", "x" * 2001, "a\x00b"])
def test_a_reason_is_needed(as_, stella: User, harbor: Employer, reason: str) -> None:
    assert as_(stella).post(page(harbor, "suspend/"), {"suspend-reason": reason}).status_code == 422
    assert Employer.objects.get().suspended_at is None


def test_a_rename_of_a_public_employer_is_put_before_staff(as_, stella: User, olga: User, harbor: Employer) -> None:
    make_posting(employer=harbor)
    as_(olga).post(f"/hiring/employers/{harbor.pk}/edit/", {"name": "Mayo Coding", "website": "https://mayo.example"})
    desk = as_(stella)
    assertContains(desk.get("/desk/employers/?list=changed"), "Mayo Coding")
    shown = desk.get(page(harbor))
    assertContains(shown, "Harbor Coding is now Mayo Coding.")
    assertContains(shown, "Changed: name, website.")
    harbor.refresh_from_db()
    old = harbor.changed_at
    harbor.about = "More"
    harbor.edit(timezone.now(), olga)
    assert desk.post(page(harbor, "recheck/"), {"seen": old.isoformat()}).status_code == 409
    assert desk.post(page(harbor, "recheck/"), {"seen": "\x00"}).status_code == 409
    sent = {"seen": harbor.changed_at.isoformat()}
    assertRedirects(desk.post(page(harbor, "recheck/"), sent), "/desk/employers/")
    assertContains(desk.get("/desk/employers/?list=changed"), "No public page was changed")


def test_what_is_not_public_yet_is_not_put_before_staff(olga: User, harbor: Employer) -> None:
    harbor.name = "Haven Coding"
    harbor.edit(timezone.now(), olga)
    assert not Employer.objects.changed().exists()


def test_saving_without_a_change_is_no_change(olga: User, harbor: Employer) -> None:
    make_posting(employer=harbor)
    harbor.edit(timezone.now(), olga)
    assert not Employer.objects.changed().exists()


def test_they_are_found_by_name_and_website(as_, stella: User, harbor: Employer, rival: Employer) -> None:
    Employer.objects.filter(pk=rival.pk).update(website="https://coastal.example")
    desk = as_(stella)
    assertContains(desk.get("/desk/employers/?q=coastal"), "Rival Billing")
    assertNotContains(desk.get("/desk/employers/?q=coastal"), "Harbor Coding")
    assertContains(desk.get("/desk/employers/?q=zebra"), "No employer is called that")
    assert desk.get(f"/desk/employers/?q={'x' * 200}").status_code == 400
    assert desk.get("/desk/employers/?list=nice").status_code == 404


def test_the_desk_is_not_there_for_others(as_, olga: User, carl: User, harbor: Employer) -> None:
    for person in (olga, carl):
        for address in ("/desk/employers/", page(harbor), "/desk/history/"):
            assert as_(person).get(address).status_code == 404
        for verb in ("suspend/", "readmit/", "recheck/"):
            assert as_(person).post(page(harbor, verb)).status_code == 404
    assert Employer.objects.get(pk=harbor.pk).suspended_at is None


def test_other_verbs_and_ids(as_, stella: User, harbor: Employer) -> None:
    desk = as_(stella)
    for verb in ("suspend/", "readmit/", "recheck/"):
        assert desk.get(page(harbor, verb)).status_code == 405
    assert desk.get(f"/desk/employers/{10**25}/").status_code == 404
    assert desk.get("/desk/history/?list=secrets").status_code == 404


def test_decisions_say_who_and_why(as_, stella: User, harbor: Employer, olga: User) -> None:
    posting = make_posting("submitted", employer=harbor)
    posting.send_back(timezone.now(), stella, "Name the pay.")
    posting.title = "Another title"
    posting.edit(timezone.now(), olga)
    shown = as_(stella).get("/desk/history/")
    assertContains(shown, "Name the pay.")
    assertContains(shown, "Stella Staff")
    assertNotContains(shown, "Edited")


def test_lists_take_few_queries(as_, stella: User, harbor: Employer, django_assert_max_num_queries) -> None:
    for number in range(30):
        make_posting("submitted", employer=harbor).hold(timezone.now(), stella, "Wait.")
        make_employer().suspend(timezone.now(), stella, f"Reason {number}")
    desk = as_(stella)
    for address in ("/desk/employers/", "/desk/history/", "/desk/history/?list=employers"):
        with django_assert_max_num_queries(8):
            assert desk.get(address).status_code == 200
    assert Posting.objects.held().count() == 30
