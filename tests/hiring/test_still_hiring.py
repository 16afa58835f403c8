"""Still hiring? Who is asked when, how the answer comes, and what silence does."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core.mail import EmailMessage
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings import tasks
from jobboard.postings.models import Posting, StaleState
from jobboard.postings.vocabulary import Outcome, State
from tests.factories import DAY, make_posting

AT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)


def old(harbor: Employer, at: datetime = AT, **fields: object) -> Posting:
    """A live posting that was published long enough ago to be asked about."""
    fields = {"published_at": at - 15 * DAY, "employer": harbor} | fields
    return make_posting(at=at, **fields)


def link(mail: EmailMessage) -> str:
    found = re.search(r"/still-hiring/[\w-]{40,}/", mail.body)
    assert found
    return found.group()


def asked(posting: Posting, mailoutbox: list[EmailMessage]) -> str:
    """Ask about it, as of now, and read the link in the mail."""
    posting.ask(timezone.now())
    return link(mailoutbox[-1])


def test_the_whole_team_that_may_answer_is_asked_once(
    harbor: Employer, olga: User, rita: User, victor: User, mailoutbox: list[EmailMessage]
) -> None:
    posting = old(harbor, timezone.now())
    assert tasks.still_hiring() == 1
    assert tasks.still_hiring() == 0
    assert [mail.to for mail in mailoutbox] == [["olga@harbor.example"], ["rita@harbor.example"]]
    assert mailoutbox[0].subject == "Still hiring? Orthopedic coder"
    posting.refresh_from_db()
    assert posting.ask_hash not in mailoutbox[0].body  # what is stored opens nothing
    assert [event.kind for event in posting.events.all()] == ["asked"]


@pytest.mark.parametrize(
    "fields",
    [
        {"published_at": AT - 13 * DAY},
        {"confirmed_at": AT - 13 * DAY},
        {"expires_at": AT + 6 * DAY},
        {"paused_at": AT - DAY},
        {"held_at": AT, "held_reason": "A question."},
        {"closed_at": AT, "outcome": "cancelled"},
    ],
    ids=["new", "confirmed lately", "ends soon anyway", "paused", "on hold", "closed"],
)
def test_who_is_not_asked(harbor: Employer, fields: dict[str, object]) -> None:
    posting = old(harbor, **fields)
    assert not Posting.objects.to_ask(AT).exists()
    assert list(Posting.objects.all()) == [posting]


def test_a_suspended_employer_is_not_asked_and_a_site_may_ask_nobody(harbor: Employer, settings) -> None:
    old(harbor)
    assert Posting.objects.to_ask(AT).exists()
    settings.PULSE_DAYS = 0
    assert not Posting.objects.to_ask(AT).exists()
    settings.PULSE_DAYS = 14
    harbor.suspend(AT)
    assert not Posting.objects.to_ask(AT).exists()


def test_of_two_workers_one_asks(harbor: Employer, olga: User, mailoutbox: list[EmailMessage]) -> None:
    posting = old(harbor)
    same = Posting.objects.get(pk=posting.pk)
    posting.ask(AT)
    with pytest.raises(StaleState):
        same.ask(AT)
    assert len(mailoutbox) == 1


def test_opening_the_link_changes_nothing(harbor: Employer, olga: User, mailoutbox: list[EmailMessage]) -> None:
    posting = old(harbor, timezone.now())
    response = Client().get(asked(posting, mailoutbox))
    assertContains(response, "Yes, we are still hiring")
    assertContains(response, "Without an answer it closes by itself")
    assertNotContains(response, "No answer to")
    assert response.headers["X-Robots-Tag"] == "noindex"
    posting.refresh_from_db()
    assert (posting.confirmed_at, posting.closed_at) == (None, None)


def test_yes_confirms_without_a_sign_in_and_once(harbor: Employer, olga: User, mailoutbox: list[EmailMessage]) -> None:
    posting = old(harbor, timezone.now())
    address = asked(posting, mailoutbox)
    assertContains(Client().post(address, {"answer": "yes"}), "Confirmed. Thank you!")
    posting.refresh_from_db()
    assert posting.confirmed_at is not None
    assert posting.asked_at is None
    event = posting.events.get(kind="confirmed")
    assert (event.by, event.reason) == (None, "By the link in the mail.")
    for answer in ("yes", "filled-here"):
        assertContains(Client().post(address, {"answer": answer}), "answered already", status_code=409)
    assert posting.state_at(timezone.now()) == State.LIVE
    assertContains(Client().get(address), "This was answered already")


def test_a_colleague_who_is_signed_in_is_named(
    as_, harbor: Employer, olga: User, rita: User, victor: User, mailoutbox: list[EmailMessage]
) -> None:
    posting = old(harbor, timezone.now())
    as_(rita).post(asked(posting, mailoutbox), {"answer": "yes"})
    assert posting.events.get(kind="confirmed").by == rita
    as_(victor).post(asked(posting, mailoutbox), {"answer": "yes"})
    assert posting.events.filter(kind="confirmed").last().by is None  # the link speaks, not the viewer


def test_no_closes_with_an_outcome(harbor: Employer, olga: User, mailoutbox: list[EmailMessage]) -> None:
    posting = old(harbor, timezone.now())
    address = asked(posting, mailoutbox)
    assertContains(Client().post(address, {"answer": "filled-elsewhere"}), "filled another way")
    posting.refresh_from_db()
    assert posting.outcome == Outcome.FILLED_ELSEWHERE
    assert posting.events.get(kind="closed").by is None
    assertContains(Client().get(address), "No answer is needed")
    assertContains(Client().post(address, {"answer": "yes"}), "No answer is needed", status_code=409)


@pytest.mark.parametrize("answer", ["", "no-answer", "maybe", "\x00", "x" * 100_000])
def test_any_other_answer_is_refused(harbor: Employer, olga: User, mailoutbox: list[EmailMessage], answer: str) -> None:
    posting = old(harbor, timezone.now())
    assert Client().post(asked(posting, mailoutbox), {"answer": answer}).status_code == 422
    assert Posting.objects.get(pk=posting.pk).state_at(timezone.now()) == State.LIVE


@pytest.mark.parametrize(
    "token", ["x", "a" * 43, "%00", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"]
)
def test_a_token_of_nobody_opens_nothing(client: Client, harbor: Employer, token: str) -> None:
    old(harbor)
    for response in (client.get(f"/still-hiring/{token}/"), client.post(f"/still-hiring/{token}/", {"answer": "yes"})):
        assert response.status_code in (400, 404)


def test_the_next_question_makes_the_last_link_useless(
    harbor: Employer, olga: User, mailoutbox: list[EmailMessage]
) -> None:
    posting = old(harbor, timezone.now())
    first = asked(posting, mailoutbox)
    Client().post(first, {"answer": "yes"})
    posting.refresh_from_db()
    asked(posting, mailoutbox)
    assert Client().post(first, {"answer": "cancelled"}).status_code == 404


def test_silence_closes_it_and_says_so(
    client: Client, harbor: Employer, olga: User, rita: User, mailoutbox: list[EmailMessage]
) -> None:
    at = timezone.now()
    posting = old(harbor, at)
    posting.ask(at - 6 * DAY)
    assert tasks.still_hiring() == 0
    Posting.objects.update(asked_at=at - 7 * DAY)
    assert tasks.still_hiring() == 1
    posting.refresh_from_db()
    assert (posting.state_at(timezone.now()), posting.outcome) == (State.CLOSED, Outcome.NO_ANSWER)
    assert [event.kind for event in posting.events.all()] == ["asked", "unanswered"]
    assert [mail.subject for mail in mailoutbox[2:]] == ["Closed, since nobody confirmed it: Orthopedic coder"] * 2
    assertContains(client.get(posting.get_absolute_url()), "did not confirm that it is still hiring", status_code=410)


def test_a_pause_or_a_hold_answers_for_the_time_being(harbor: Employer, olga: User, stella: User) -> None:
    for verb in (lambda posting: posting.pause(AT, olga), lambda posting: posting.hold(AT, stella, "A question.")):
        posting = old(harbor)
        posting.ask(AT)
        verb(posting)
        assert posting.asked_at is None
    assert not Posting.objects.unanswered(AT + 20 * DAY).exists()


def test_a_suspension_is_no_silence(harbor: Employer, olga: User) -> None:
    posting = old(harbor, timezone.now(), published_at=timezone.now() - 40 * DAY)
    posting.ask(timezone.now() - 20 * DAY)
    harbor.suspend(timezone.now())
    assert tasks.still_hiring() == 0
    harbor.readmit(timezone.now())
    assert tasks.still_hiring() == 1  # asked anew, not closed
    assert Posting.objects.get(pk=posting.pk).closed_at is None


def test_one_that_fails_holds_up_no_other(
    harbor: Employer, olga: User, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[EmailMessage]
) -> None:
    at = timezone.now()
    broken, fine = old(harbor, at), old(harbor, at)
    ask = Posting.ask

    def fails_for_one(self: Posting, at: datetime) -> None:
        if self.pk == broken.pk:
            raise RuntimeError
        ask(self, at)

    monkeypatch.setattr(Posting, "ask", fails_for_one)
    assert tasks.still_hiring() == 1
    fine.refresh_from_db()
    assert fine.answer_by == fine.asked_at + timedelta(days=7)


def test_nothing_due_costs_three_queries(harbor: Employer, django_assert_num_queries) -> None:
    make_posting(employer=harbor)
    with django_assert_num_queries(3):
        assert tasks.still_hiring() == 0


def test_other_verbs_are_refused(harbor: Employer, olga: User, mailoutbox: list[EmailMessage]) -> None:
    assert Client().put(asked(old(harbor, timezone.now()), mailoutbox)).status_code == 405
