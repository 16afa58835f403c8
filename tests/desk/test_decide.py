"""What staff decide about a posting."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.factories import make_posting

DECISIONS = ["approve", "send-back", "hold", "release", "recheck"]


def page(posting: Posting, decision: str = "") -> str:
    return f"/desk/postings/{posting.pk}/{decision}{'/' if decision else ''}"


def seen(posting: Posting) -> dict[str, str]:
    return {"seen": posting.edited_at.isoformat()}


def state(posting: Posting) -> str:
    return Posting.objects.get(pk=posting.pk).state_at(timezone.now())


def test_staff_read_a_posting_as_it_would_be_published(as_, stella: User, harbor: Employer) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    response = as_(stella).get(page(posting))
    assertContains(response, "Code operative notes. <strong>Two</strong> reviews")
    assertContains(response, "Approve and publish")


def test_staff_approve(as_, stella: User, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    assertRedirects(as_(stella).post(page(posting, "approve"), seen(posting)), "/desk/")
    assert state(posting) == State.LIVE
    assert [mail.to for mail in mailoutbox] == [["olga@harbor.example"]]
    response = as_(stella).post(page(posting, "approve"), seen(posting))
    assertContains(response, "Nothing was decided", status_code=409)


def test_a_version_nobody_read_is_not_approved(as_, stella: User, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    opened = seen(posting)
    posting.description = "Send a check first."
    posting.edit(timezone.now(), olga)
    response = as_(stella).post(page(posting, "approve"), opened)
    assertContains(response, "Send a check first.", status_code=409)
    assert state(posting) == State.SUBMITTED


@pytest.mark.parametrize("moment", [None, "", "yesterday", "\x00", "9" * 5000])
def test_a_decision_says_what_it_is_about(as_, stella: User, harbor: Employer, moment: str | None) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    sent = {} if moment is None else {"seen": moment}
    assert as_(stella).post(page(posting, "approve"), sent).status_code == 409
    assert state(posting) == State.SUBMITTED


def test_a_posting_whose_last_day_passed_is_not_approved(as_, stella: User, harbor: Employer) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor, closes_on=timezone.localdate() - timedelta(days=3))
    response = as_(stella).post(page(posting, "approve"), seen(posting))
    assertContains(response, "Its last day to apply has passed.", status_code=422)


def test_staff_send_back_with_a_reason(
    as_, stella: User, olga: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    as_(stella).post(page(posting, "send-back"), {"send-back-reason": "Name the pay."})
    assert state(posting) == State.SENT_BACK
    assert "Name the pay." in mailoutbox[0].body
    assert as_(stella).post(page(posting, "send-back"), {"send-back-reason": "Again."}).status_code == 409


@pytest.mark.parametrize("decision", ["send-back", "hold"])
@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001, "a\x00b"])
def test_a_reason_is_needed(as_, stella: User, harbor: Employer, decision: str, reason: str) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    assert as_(stella).post(page(posting, decision), {f"{decision}-reason": reason}).status_code == 422
    assert state(posting) == State.SUBMITTED


def test_a_live_posting_is_held_and_released(as_, stella: User, harbor: Employer) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    as_(stella).post(page(posting, "hold"), {"hold-reason": "Asked for a check."})
    assert state(posting) == State.HELD
    assert not Posting.objects.live(timezone.now()).exists()
    assertContains(as_(stella).get(page(posting)), "Asked for a check.")
    as_(stella).post(page(posting, "release"))
    assert state(posting) == State.LIVE
    assert as_(stella).post(page(posting, "release")).status_code == 409


def test_a_change_is_looked_at(as_, stella: User, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    posting.title = "Changed"
    posting.edit(timezone.now(), olga)
    assertContains(as_(stella).get(page(posting)), "Looked at: it may stay")
    assert as_(stella).post(page(posting, "recheck"), {"seen": "2026-01-01T00:00:00+00:00"}).status_code == 409
    assertRedirects(as_(stella).post(page(posting, "recheck"), seen(posting)), "/desk/?list=changed")
    assert not Posting.objects.changed_since_approval(timezone.now()).exists()


@pytest.mark.parametrize("decision", DECISIONS)
def test_who_may_decide(as_, olga: User, carl: User, stella: User, harbor: Employer, decision: str) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    for person in (olga, carl):
        assert (
            as_(person).post(page(posting, decision), {"send-back-reason": "No.", **seen(posting)}).status_code == 404
        )
        assert as_(person).get(page(posting)).status_code == 404
    assert Client().post(page(posting, decision)).status_code == 302
    assert as_(stella).get(page(posting, decision)).status_code == 405
    assert state(posting) == State.SUBMITTED


@pytest.mark.parametrize("decision", ["", *DECISIONS])
def test_a_draft_is_its_teams_alone(as_, stella: User, harbor: Employer, decision: str) -> None:
    draft = make_posting(State.DRAFT, employer=harbor)
    client = as_(stella)
    answer = client.post if decision else client.get
    assert answer(page(draft, decision)).status_code == 404
    assert answer(f"/desk/postings/{10**25}/{decision}{'/' if decision else ''}").status_code == 404


@pytest.mark.parametrize("stands", [each for each in State if each != State.DRAFT])
def test_each_state_is_shown(as_, stella: User, harbor: Employer, stands: State) -> None:
    assertContains(as_(stella).get(page(make_posting(stands, employer=harbor))), stands.label)


def test_it_takes_few_queries(as_, stella: User, harbor: Employer, django_assert_max_num_queries) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor, code_families=["cpt:27", "icd-10-cm:M545"])
    client = as_(stella)
    with django_assert_max_num_queries(11):
        client.get(page(posting))


def test_who_decides_on_what_its_team_took_back_is_told(as_, stella: User, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.SUBMITTED, employer=harbor)
    opened = seen(posting)
    response = as_(olga).post(f"/hiring/postings/{posting.pk}/take-back/", follow=True)
    assertContains(response, "Taken back before review")
    for decision, data in (
        ("approve", opened),
        ("send-back", {"send-back-reason": "No."}),
        ("hold", {"hold-reason": "No."}),
    ):
        told = as_(stella).post(f"/desk/postings/{posting.pk}/{decision}/", data)
        assertContains(told, "Its team took it back", status_code=409)
        assertNotContains(told, posting.title, status_code=409)
    posting.refresh_from_db()
    assert posting.state_at(timezone.now()) == State.DRAFT
    second = as_(olga).post(f"/hiring/postings/{posting.pk}/take-back/")
    assertContains(second, "A colleague was first", status_code=409)
