"""Reasons ready to use, which staff keep themselves."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.moderation.models import Reason
from jobboard.postings.models import Posting
from tests.factories import make_posting


@pytest.fixture
def reason(db: None) -> Reason:
    return Reason.objects.create(use="hold", title="Ask us", text="Call us first.", edited_at=timezone.now())


@pytest.fixture
def posting(harbor: Employer) -> Posting:
    return make_posting("submitted", employer=harbor)


def test_some_are_there_from_the_start(as_, stella: User) -> None:
    assertContains(as_(stella).get("/desk/reasons/"), "Say what it pays")


def test_one_begins_a_decision_and_its_words_can_be_changed(
    as_, stella: User, reason: Reason, posting: Posting
) -> None:
    desk, page = as_(stella), f"/desk/postings/{posting.pk}/"
    assertContains(desk.get(page), f'href="{page}?hold={reason.pk}#hold"')
    assertNotContains(desk.get(page), "Call us first.")
    begun = desk.get(f"{page}?hold={reason.pk}")
    assertContains(begun, "Call us first.</textarea>")
    desk.post(f"{page}hold/", {"hold-reason": "Call us first, please."})
    posting.refresh_from_db()
    assert posting.held_reason == "Call us first, please."


@pytest.mark.parametrize("query", ["hold=x", "hold=999999999999999999999", "send-back={pk}", "hold=%F0%9F%92%A9"])
def test_nonsense_begins_nothing(as_, stella: User, reason: Reason, posting: Posting, query: str) -> None:
    page = as_(stella).get(f"/desk/postings/{posting.pk}/?{query.format(pk=reason.pk)}")
    assertNotContains(page, "Call us first.")


def test_staff_write_change_and_delete_one(as_, stella: User) -> None:
    desk = as_(stella)
    sent = {"use": "send-back", "title": "Too short", "text": "Say more."}
    assertRedirects(desk.post("/desk/reasons/new/", sent), "/desk/reasons/")
    reason = Reason.objects.get(title="Too short")
    assert reason.edited_by == stella
    seen = reason.edited_at.isoformat()
    desk.post(f"/desk/reasons/{reason.pk}/", {**sent, "text": "Say much more.", "seen": seen})
    assertContains(desk.get("/desk/reasons/"), "Say much more.")
    late = desk.post(f"/desk/reasons/{reason.pk}/", {**sent, "text": "Mine", "seen": seen})
    assertContains(late, "A colleague changed", status_code=409)
    assertContains(late, "Mine", status_code=409)
    desk.post(f"/desk/reasons/{reason.pk}/delete/")
    assert not Reason.objects.filter(title="Too short").exists()
    assert desk.post(f"/desk/reasons/{reason.pk}/delete/").status_code == 404


@pytest.mark.parametrize(
    "change", [{"title": ""}, {"text": ""}, {"use": "praise"}, {"text": "x" * 2001}, {"title": "Ask us", "use": "hold"}]
)
def test_what_is_no_reason(as_, stella: User, reason: Reason, change: dict[str, str]) -> None:
    sent = {"use": "send-back", "title": "New", "text": "Words."} | change
    assert as_(stella).post("/desk/reasons/new/", sent).status_code == 422
    assert not Reason.objects.filter(title="New").exists()


def test_they_are_for_staff(as_, olga: User, reason: Reason) -> None:
    for address in ("", "new/", f"{reason.pk}/"):
        assert as_(olga).get(f"/desk/reasons/{address}").status_code == 404
        assert Client().get(f"/desk/reasons/{address}").status_code == 302
    assert as_(olga).post(f"/desk/reasons/{reason.pk}/delete/").status_code == 404
