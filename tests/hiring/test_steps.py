"""What a team does with a posting: preview, submit, close, copy, discard."""

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

STEPS = ["submit", "close", "duplicate", "discard", "confirm", "pause", "resume", "renew", "template"]


def page(posting: Posting, step: str = "") -> str:
    return f"/hiring/postings/{posting.pk}/{step}{'/' if step else ''}"


def state(posting: Posting) -> str:
    return Posting.objects.get(pk=posting.pk).state_at(timezone.now())


def test_a_complete_draft_is_submitted(
    as_, rita: User, stella: User, harbor: Employer, mailoutbox: list[EmailMessage]
) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    assertContains(as_(rita).get(page(posting)), "The draft is complete.")
    response = as_(rita).post(page(posting, "submit"), follow=True)
    assertContains(response, "Submitted.")
    assert state(posting) == State.SUBMITTED
    assert [mail.to for mail in mailoutbox] == [["stella@example.org"]]


def test_an_incomplete_draft_is_told_what_it_lacks(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor, roles=[], description="")
    response = as_(rita).post(page(posting, "submit"))
    assertContains(response, f'href="/hiring/postings/{posting.pk}/write/job/#id_roles"', status_code=422)
    assertContains(response, "Describe the work.", status_code=422)
    assert state(posting) == State.DRAFT


def test_a_second_click_is_told(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    as_(rita).post(page(posting, "submit"))
    response = as_(rita).post(page(posting, "submit"))
    assertContains(response, "Submitted for review".lower(), status_code=409)
    assertContains(response, "Rita Recruiter", status_code=409)


def test_a_posting_sent_back_is_submitted_again(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.SENT_BACK, employer=harbor)
    response = as_(rita).get(page(posting))
    assertContains(response, "Name the pay.")
    assertContains(response, "Submit again")
    as_(rita).post(page(posting, "submit"))
    assert state(posting) == State.SUBMITTED


def test_a_live_posting_is_closed_with_an_outcome(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    response = as_(rita).post(page(posting, "close"), {"outcome": "filled-here"}, follow=True)
    assertContains(response, "filled through this site")
    assert state(posting) == State.CLOSED
    assert as_(rita).post(page(posting, "close"), {"outcome": "cancelled"}).status_code == 409


@pytest.mark.parametrize("outcome", ["", "eaten", "\x00", "x" * 100_000])
def test_closing_needs_a_known_outcome(as_, rita: User, harbor: Employer, outcome: str) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    assert as_(rita).post(page(posting, "close"), {"outcome": outcome}).status_code == 422
    assert state(posting) == State.LIVE


def test_a_closed_posting_is_copied_into_a_new_draft(as_, rita: User, harbor: Employer) -> None:
    posting = make_posting(State.CLOSED, employer=harbor)
    response = as_(rita).post(page(posting, "duplicate"))
    copy = Posting.objects.exclude(pk=posting.pk).get()
    assertRedirects(response, f"/hiring/postings/{copy.pk}/write/job/")
    assert (state(copy), state(posting), copy.created_by) == (State.DRAFT, State.CLOSED, rita)


def test_a_second_click_makes_no_second_copy(as_, rita: User, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.CLOSED, employer=harbor)
    first, second = (as_(rita).post(page(posting, "duplicate")) for _ in range(2))
    assert first.url == second.url
    assert as_(olga).post(page(posting, "duplicate")).url != first.url  # a colleague means a copy of her own
    Posting.objects.exclude(pk=posting.pk).update(edited_at=timezone.now() - timedelta(minutes=1))
    assert as_(rita).post(page(posting, "duplicate")).url != first.url


def test_a_draft_is_deleted_and_a_live_posting_is_not(as_, rita: User, harbor: Employer) -> None:
    draft, live = make_posting(State.DRAFT, employer=harbor), make_posting(State.LIVE, employer=harbor)
    assertContains(as_(rita).post(page(draft, "discard"), follow=True), "is deleted")
    assert as_(rita).post(page(live, "discard")).status_code == 409
    assert list(Posting.objects.all()) == [live]


@pytest.mark.parametrize("stands", list(State))
def test_each_state_is_shown_and_previewed(as_, rita: User, victor: User, harbor: Employer, stands: State) -> None:
    posting = make_posting(stands, employer=harbor)
    for person in (rita, victor):
        assertContains(as_(person).get(page(posting)), stands.label)
        assertContains(as_(person).get(page(posting, "preview")), "Code operative notes. <strong>Two</strong> reviews")


def test_a_draft_with_nothing_but_a_title_is_previewed(as_, rita: User, harbor: Employer) -> None:
    draft = Posting(employer=harbor, title="Coder")
    draft.save_draft(timezone.now(), rita)
    assertContains(as_(rita).get(page(draft, "preview")), "Before it can be submitted")


@pytest.mark.parametrize("step", STEPS)
def test_who_may_take_each_step(
    as_, rosa: User, carl: User, victor: User, stella: User, harbor: Employer, step: str
) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    address = page(posting, step)
    for person, status in ((rosa, 404), (carl, 404), (stella, 404), (victor, 403)):
        assert as_(person).post(address, {"outcome": "cancelled"}).status_code == status
    assert Client().post(address).headers["Location"].startswith("/accounts/login/")
    assert as_(victor).get(address).status_code == 405
    assert state(posting) == State.DRAFT
    assert Posting.objects.count() == 1


@pytest.mark.parametrize("step", ["", "preview"])
def test_who_may_read(as_, rosa: User, carl: User, victor: User, harbor: Employer, step: str) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    for person, status in ((rosa, 404), (carl, 404), (victor, 200)):
        assert as_(person).get(page(posting, step)).status_code == status
    assert as_(victor).post(page(posting, step)).status_code == 405
    assert as_(victor).get(f"/hiring/postings/{10**30}/").status_code == 404


def test_a_viewer_is_offered_nothing_to_change(as_, victor: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    for step in ("", "preview"):
        assertNotContains(as_(victor).get(page(posting, step)), f"/hiring/postings/{posting.pk}/submit/")


def test_a_suspended_employer_is_read_only(as_, olga: User, harbor: Employer) -> None:
    posting = make_posting(State.DRAFT, employer=harbor)
    harbor.suspend(timezone.now())
    assertContains(as_(olga).get(page(posting)), "is suspended")
    for step in STEPS:
        assertContains(as_(olga).post(page(posting, step)), "Harbor Coding is suspended", status_code=403)


def test_it_takes_few_queries(as_, rita: User, harbor: Employer, django_assert_max_num_queries) -> None:
    posting = make_posting(State.LIVE, employer=harbor)
    for number in range(5):
        posting.title = f"Coder {number}"
        posting.edit(timezone.now(), rita)
    client = as_(rita)
    with django_assert_max_num_queries(12):
        client.get(page(posting))
