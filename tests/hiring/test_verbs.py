"""The verbs of a posting: what each changes and records, whom it mails, and what it refuses."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import IntegrityError, connection, transaction

from accounts.models import User
from jobboard.employers.models import Employer, Member
from jobboard.postings.models import Incomplete, Posting, StaleState
from jobboard.postings.vocabulary import Outcome, State
from tests.factories import make_employer, make_member, make_posting, make_user

AT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def kinds(posting: Posting) -> list[str]:
    return [event.kind for event in posting.events.all()]


def test_a_posting_goes_from_draft_to_close(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.DRAFT, at=AT, employer=harbor)
    posting.submit(AT, olga)
    assert posting.state_at(AT) == State.SUBMITTED
    posting.send_back(AT, stella, "Name the pay.")
    assert posting.state_at(AT) == State.SENT_BACK
    posting.pay_min = 25
    posting.edit(AT + HOUR, olga)
    posting.submit(AT + 2 * HOUR, olga)
    posting.publish(AT + 3 * HOUR, stella)
    assert posting.state_at(AT + 3 * HOUR) == State.LIVE
    posting.close(AT + 4 * HOUR, olga, Outcome.FILLED_HERE)
    assert kinds(posting) == ["submitted", "sent-back", "edited", "submitted", "published", "closed"]
    posting.refresh_from_db()
    assert posting.state_at(AT + 4 * HOUR) == State.CLOSED
    assert posting.events.get(kind="sent-back").reason == "Name the pay."


def test_a_verb_comes_once(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.DRAFT, at=AT, employer=harbor)
    again = Posting.objects.get(pk=posting.pk)
    posting.submit(AT, olga)
    with pytest.raises(StaleState):
        again.submit(AT, olga)
    assert kinds(posting) == ["submitted"]
    posting.publish(AT, stella)
    for verb in (
        lambda: again.publish(AT, stella),
        lambda: again.send_back(AT, stella, "No."),
        lambda: again.release(AT, stella),
        lambda: again.discard(),
        lambda: again.recheck(AT, stella),
    ):
        with pytest.raises(StaleState):
            verb()
    posting.close(AT, olga, Outcome.CANCELLED)
    with pytest.raises(StaleState):
        again.close(AT, olga, Outcome.FILLED_HERE)
    with pytest.raises(StaleState):
        again.hold(AT, stella, "Late.")
    posting.refresh_from_db()
    assert posting.outcome == Outcome.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_two_staff_members_at_once_decide_once() -> None:
    harbor = make_employer()
    stella, sven = make_user(is_staff=True), make_user(is_staff=True)
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    start, came = Barrier(2), []

    def decide(verb: str, *args: object) -> None:
        mine = Posting.objects.get(pk=posting.pk)
        start.wait()
        try:
            getattr(mine, verb)(AT, *args)
            came.append(verb)
        except StaleState:
            came.append("stale")
        finally:
            connection.close()

    threads = [
        Thread(target=decide, args=("publish", stella)),
        Thread(target=decide, args=("send_back", sven, "Name the pay.")),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came.count("stale") == 1
    posting.refresh_from_db()
    assert (posting.published_at is None) != (posting.sent_back_at is None)
    assert posting.events.count() == 1


def test_the_last_day_ends_when_it_is_over_in_hawaii(harbor: Employer, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor, closes_on=date(2026, 11, 20))
    posting.publish(AT, stella)
    assert posting.expires_at == datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
    assert posting.last_day == date(2026, 11, 20)
    assert posting.state_at(datetime(2026, 11, 21, 9, 59, tzinfo=UTC)) == State.LIVE
    assert posting.state_at(datetime(2026, 11, 21, 10, 0, tzinfo=UTC)) == State.EXPIRED


def test_without_a_last_day_it_is_open_as_long_as_a_posting_can_be(harbor: Employer, stella: User, settings) -> None:
    settings.POSTING_DAYS = 30
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    posting.publish(AT, stella)
    assert posting.last_day == date(2026, 12, 2)
    far = make_posting(State.SUBMITTED, at=AT, employer=harbor, closes_on=date(2027, 12, 1))
    far.publish(AT, stella)
    assert far.last_day == date(2026, 12, 2)


def test_a_posting_whose_last_day_passed_in_the_queue_is_not_published(harbor: Employer, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor, closes_on=date(2026, 10, 30))
    with pytest.raises(ValidationError, match="last day"):
        posting.publish(AT, stella)
    assert kinds(posting) == []


def test_a_draft_needs_a_title_and_nothing_else(harbor: Employer, olga: User) -> None:
    draft = Posting(employer=harbor, title="Coder", pay_min=30, workplace="on-site", remote_states=["TX"])
    draft.save_draft(AT, olga)
    draft.refresh_from_db()
    with pytest.raises(Incomplete) as lack:
        draft.submit(AT, olga)
    assert set(lack.value.missing) == {
        *("description", "roles", "employment_type", "city", "state", "remote_states", "pay_unit")
    }
    assert kinds(draft) == ["created"]
    with pytest.raises(IntegrityError, match="posting_titled"):
        Posting(employer=harbor, title="").save_draft(AT, olga)


@pytest.mark.parametrize(
    ("changes", "constraint"),
    [
        ({"description": ""}, "posting_complete"),
        ({"roles": []}, "posting_complete"),
        ({"workplace": ""}, "posting_complete"),
        ({"workplace": "hybrid"}, "posting_place_named"),
        (
            {"workplace": "on-site", "city": "Austin", "state": "TX", "remote_states": ["TX"]},
            "posting_states_for_remote",
        ),
        ({"pay_unit": ""}, "posting_pay_has_unit"),
        ({"pay_max": 1}, "posting_pay_range"),
        ({"pay_min": 0}, "posting_pay_in_bounds"),
        ({"apply_by": "url"}, "posting_can_be_applied_to"),
        ({"apply_by": "email"}, "posting_can_be_applied_to"),
        ({"published_at": AT}, "posting_published_after_review"),
        ({"sent_back_at": AT}, "posting_sent_back_with_reason"),
        ({"held_at": AT}, "posting_held_with_reason"),
        ({"closed_at": AT}, "posting_closed_with_outcome"),
    ],
)
def test_the_database_holds_what_a_submitted_posting_must_say(changes, constraint: str, harbor: Employer) -> None:
    with pytest.raises(IntegrityError, match=constraint):
        make_posting(State.SUBMITTED, at=AT, employer=harbor, **changes)


def test_a_live_posting_is_edited_in_place_and_looked_at_again(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.LIVE, at=AT, employer=harbor)
    posting.title, posting.description = "Orthopedic auditor", "Read **charts**."
    posting.edit(AT, olga)
    posting.refresh_from_db()
    assert posting.state_at(AT) == State.LIVE
    assert posting.get_absolute_url() == f"/jobs/{posting.pk}-orthopedic-auditor/"
    assert posting.description_html == "<p>Read <strong>charts</strong>.</p>\n"
    assert list(Posting.objects.changed_since_approval(AT + HOUR)) == [posting]
    posting.recheck(AT + HOUR, stella)
    assert not Posting.objects.changed_since_approval(AT + HOUR).exists()
    assert kinds(posting) == ["edited", "rechecked"]


def test_an_edit_moves_the_last_day_of_a_live_posting(harbor: Employer, olga: User) -> None:
    posting = make_posting(State.LIVE, at=AT, employer=harbor)
    posting.closes_on = date(2026, 11, 10)
    posting.edit(AT, olga)
    posting.refresh_from_db()
    assert posting.last_day == date(2026, 11, 10)


def test_an_edit_does_not_overwrite_a_colleagues(harbor: Employer, olga: User, rita: User) -> None:
    posting = make_posting(State.DRAFT, at=AT, employer=harbor)
    hers = Posting.objects.get(pk=posting.pk)
    posting.title = "Olga's title"
    posting.edit(AT, olga)
    hers.title = "Rita's title"
    with pytest.raises(StaleState):
        hers.edit(AT + HOUR, rita)
    posting.refresh_from_db()
    assert posting.title == "Olga's title"


def test_an_edit_keeps_an_approval_that_came_meanwhile(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    open_form = Posting.objects.get(pk=posting.pk)
    posting.publish(AT, stella)
    open_form.title = "A better title"
    open_form.edit(AT + HOUR, olga)
    posting.refresh_from_db()
    assert posting.state_at(AT + HOUR) == State.LIVE
    assert posting.title == "A better title"


def test_staff_approve_only_what_they_saw(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    seen = posting.edited_at
    posting.description = "Something else entirely."
    posting.edit(AT, olga)
    with pytest.raises(StaleState):
        Posting.objects.get(pk=posting.pk).publish(AT + HOUR, stella, seen=seen)


def test_an_edit_cannot_make_a_submitted_posting_incomplete(harbor: Employer, olga: User) -> None:
    posting = make_posting(State.LIVE, at=AT, employer=harbor)
    posting.roles = []
    with pytest.raises(Incomplete, match="role"):
        posting.edit(AT, olga)


@pytest.mark.parametrize("stands", [State.CLOSED, State.EXPIRED])
def test_what_has_ended_stays_as_it_was(stands: State, harbor: Employer, olga: User) -> None:
    posting = make_posting(stands, at=AT, employer=harbor)
    posting.title = "Back again"
    with pytest.raises(StaleState):
        posting.edit(AT, olga)
    copy = Posting.objects.get(pk=posting.pk).duplicate(AT, olga)
    assert (copy.state_at(AT), copy.title, copy.closes_on) == (State.DRAFT, "Orthopedic coder", None)
    assert copy.pk != posting.pk


def test_a_hold_hides_and_its_end_shows_again(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.LIVE, at=AT, employer=harbor)
    posting.hold(AT, stella, "Asked for a check.")
    assert not Posting.objects.live(AT).exists()
    assert list(Posting.objects.held()) == [posting]
    posting.release(AT, stella)
    assert list(Posting.objects.live(AT)) == [posting]
    waiting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    waiting.hold(AT, stella, "Who are they?")
    assert not Posting.objects.submitted().exists()
    waiting.release(AT, stella)
    assert list(Posting.objects.submitted()) == [waiting]


def test_only_a_draft_is_discarded(harbor: Employer) -> None:
    make_posting(State.DRAFT, at=AT, employer=harbor).discard()
    sent_back = make_posting(State.SENT_BACK, at=AT, employer=harbor)
    with pytest.raises(StaleState):
        sent_back.discard()
    assert list(Posting.objects.all()) == [sent_back]


@pytest.mark.parametrize("stands", list(State))
def test_sql_and_python_agree_on_where_a_posting_stands(stands: State, harbor: Employer) -> None:
    posting = make_posting(stands, at=AT, employer=harbor)
    assert posting.state_at(AT) == stands
    assert list(Posting.objects.standing(AT, stands)) == [posting]
    assert Posting.objects.tally(AT) == {stands: 1}


def to(mailoutbox: list[EmailMessage]) -> list[tuple[str, str]]:
    return [(mail.to[0], mail.subject) for mail in mailoutbox]


def test_each_decision_is_mailed_to_those_who_wrote_it(
    harbor: Employer, olga: User, rita: User, victor: User, stella: User, mailoutbox: list[EmailMessage]
) -> None:
    posting = Posting.objects.get(pk=make_posting(State.DRAFT, at=AT, employer=harbor, title="Coder & auditor").pk)
    posting.submit(AT, rita)
    assert to(mailoutbox) == [("stella@example.org", "To review: Coder & auditor (Harbor Coding)")]
    posting.send_back(AT, stella, "Name the <pay>.")
    assert to(mailoutbox)[1:] == [("rita@harbor.example", "Please change: Coder & auditor")]
    assert "Name the <pay>." in mailoutbox[1].body
    assert "Name the &lt;pay&gt;." in mailoutbox[1].alternatives[0].content
    assert f"/hiring/postings/{posting.pk}/" in mailoutbox[1].body
    posting.submit(AT + HOUR, rita)
    posting.publish(AT + HOUR, stella)
    assert to(mailoutbox)[3:] == [("rita@harbor.example", "Live: Coder & auditor")]
    posting.hold(AT + HOUR, stella, "A question.")
    posting.release(AT + HOUR, stella)
    assert [subject for _, subject in to(mailoutbox)[4:]] == ["On hold: Coder & auditor", "Hold ended: Coder & auditor"]
    posting.close(AT + 2 * HOUR, olga, Outcome.FILLED_HERE)
    assert to(mailoutbox)[6:] == [("rita@harbor.example", "Closed: Coder & auditor")]
    assert "Olga Owner closed" in mailoutbox[6].body


def test_where_no_writer_is_left_the_owners_are_told(
    harbor: Employer, olga: User, rita: User, stella: User, mailoutbox: list[EmailMessage]
) -> None:
    posting = make_posting(State.DRAFT, at=AT, employer=harbor)
    posting.submit(AT, rita)
    Member.objects.get(user=rita).delete()
    posting.publish(AT, stella)
    assert to(mailoutbox)[1:] == [("olga@harbor.example", "Live: Orthopedic coder")]


def test_a_verb_that_fails_mails_nothing(harbor: Employer, stella: User, mailoutbox: list[EmailMessage]) -> None:
    posting = make_posting(State.LIVE, at=AT, employer=harbor)
    with pytest.raises(StaleState):
        posting.send_back(AT, stella, "Too late.")
    assert mailoutbox == []


def test_a_suspended_employers_postings_wait_for_nobody(harbor: Employer, stella: User) -> None:
    make_posting(State.LIVE, at=AT, employer=harbor)
    make_posting(State.SUBMITTED, at=AT, employer=harbor)
    make_member(harbor)
    harbor.suspend(AT)
    assert not Posting.objects.live(AT).exists()
    assert not Posting.objects.submitted().exists()
    harbor.readmit(AT)
    assert Posting.objects.live(AT).count() == Posting.objects.submitted().count() == 1


def test_a_reference_is_one_postings_alone(harbor: Employer, rival: Employer) -> None:
    make_posting(employer=harbor, reference="R-1")
    make_posting(employer=rival, reference="R-1")  # each employer counts for itself
    make_posting(employer=harbor)  # and without one there is nothing to share
    make_posting(employer=harbor)
    with pytest.raises(IntegrityError, match="posting_reference_once_per_employer"), transaction.atomic():
        make_posting(employer=harbor, reference="R-1")


def test_what_waits_is_taken_back_as_a_draft(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    on_the_desk = Posting.objects.get(pk=posting.pk)
    posting.take_back(AT, olga)
    assert posting.state_at(AT) == State.DRAFT
    assert not Posting.objects.submitted().exists()
    for verb in (
        lambda: on_the_desk.publish(AT, stella),
        lambda: on_the_desk.send_back(AT, stella, "No."),
        lambda: on_the_desk.hold(AT, stella, "No."),
        lambda: posting.take_back(AT, olga),
    ):
        with pytest.raises(StaleState):
            verb()
    posting.submit(AT + HOUR, olga)
    assert kinds(posting) == ["taken-back", "submitted"]


def test_what_staff_decided_is_not_taken_back(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    mine = Posting.objects.get(pk=posting.pk)
    posting.publish(AT, stella)
    with pytest.raises(StaleState):
        mine.take_back(AT, olga)
    assert Posting.objects.get().state_at(AT) == State.LIVE


def test_what_staff_refused_once_never_becomes_a_draft_to_delete(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.SUBMITTED, at=AT, employer=harbor)
    posting.send_back(AT, stella, "Name the pay.")
    posting.submit(AT + HOUR, olga)
    posting.take_back(AT + 2 * HOUR, olga)
    assert (posting.state_at(AT + 2 * HOUR), posting.sent_back_reason) == (State.SENT_BACK, "Name the pay.")
    with pytest.raises(StaleState):
        posting.discard()
