"""Pausing, copying and renewing: what each changes and records, and what it refuses."""

from datetime import UTC, date, datetime, timedelta
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection
from django.test import Client

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting, StaleState
from jobboard.postings.vocabulary import Outcome, State
from tests.factories import DAY, make_employer, make_posting, make_user

AT = datetime(2026, 11, 2, 15, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def kinds(posting: Posting) -> list[str]:
    return [event.kind for event in posting.events.all()]


def test_a_pause_hides_and_a_resumption_shows_again(harbor: Employer, olga: User) -> None:
    posting = make_posting(at=AT, employer=harbor)
    posting.pause(AT, olga)
    assert posting.state_at(AT) == State.PAUSED
    assert not Posting.objects.live(AT).exists()
    assert list(Posting.objects.paused(AT)) == [posting]
    with pytest.raises(StaleState):
        posting.pause(AT, olga)
    posting.resume(AT + HOUR, olga)
    assert list(Posting.objects.live(AT + HOUR)) == [posting]
    assert posting.confirmed_at == AT + HOUR  # who resumes says that they hire
    assert kinds(posting) == ["paused", "resumed"]


@pytest.mark.parametrize("stands", [each for each in State if each not in (State.LIVE, State.PAUSED)])
def test_only_what_the_public_sees_is_paused(stands: State, harbor: Employer, olga: User) -> None:
    posting = make_posting(stands, at=AT, employer=harbor)
    for verb in (posting.pause, posting.resume):
        with pytest.raises(StaleState):
            verb(AT, olga)
    assert kinds(posting) == []


def test_its_last_day_comes_also_while_it_is_paused(harbor: Employer, olga: User) -> None:
    posting = make_posting(State.PAUSED, at=AT, employer=harbor)
    later = AT + 31 * DAY
    assert posting.state_at(later) == State.EXPIRED
    assert list(Posting.objects.standing(later, State.EXPIRED)) == [posting]
    with pytest.raises(StaleState):
        posting.resume(later, olga)


def test_a_hold_is_stronger_than_a_pause(harbor: Employer, olga: User, stella: User) -> None:
    posting = make_posting(State.PAUSED, at=AT, employer=harbor)
    posting.hold(AT, stella, "Asked for a check.")
    assert posting.state_at(AT) == State.HELD
    with pytest.raises(StaleState):
        posting.resume(AT, olga)
    posting.release(AT, stella)
    assert posting.state_at(AT) == State.PAUSED


def test_a_paused_posting_is_edited_and_closed(harbor: Employer, olga: User) -> None:
    posting = make_posting(State.PAUSED, at=AT, employer=harbor)
    posting.title = "Spine coder"
    posting.edit(AT, olga)
    assert posting.state_at(AT) == State.PAUSED
    posting.close(AT, olga, Outcome.FILLED_ELSEWHERE)
    assert posting.state_at(AT) == State.CLOSED


def test_a_draft_cannot_be_paused_in_the_database(harbor: Employer) -> None:
    with pytest.raises(IntegrityError, match="posting_paused_once_public"):
        make_posting(State.DRAFT, at=AT, employer=harbor, paused_at=AT)


@pytest.mark.parametrize("stands", [State.CLOSED, State.EXPIRED])
def test_what_has_ended_is_renewed_under_a_new_id(stands: State, harbor: Employer, olga: User) -> None:
    posting = make_posting(
        stands, at=AT, employer=harbor, closes_on=date(2026, 11, 1), starts_on=date(2026, 11, 9), unpaid=["queries"]
    )
    new = posting.renew(AT, olga)
    assert new.pk != posting.pk
    assert (new.renewed_from, new.state_at(AT), new.unpaid) == (posting, State.DRAFT, ["queries"])
    assert (new.closes_on, new.starts_on) == (None, None)
    assert posting.events.get(kind="renewed").reason == f"Posting {new.pk}"
    with pytest.raises(StaleState):
        posting.renew(AT, olga)
    new.discard()
    posting.renew(AT, olga)  # the renewal was thrown away, so there may be another


def test_a_live_posting_is_renewed_only_near_its_end(harbor: Employer, olga: User) -> None:
    far = make_posting(at=AT, employer=harbor)
    with pytest.raises(StaleState):
        far.renew(AT, olga)
    near = make_posting(at=AT, employer=harbor, expires_at=AT + 13 * DAY)
    assert near.renew(AT, olga).renewed_from == near


@pytest.mark.parametrize("stands", [State.DRAFT, State.SUBMITTED, State.SENT_BACK, State.HELD])
def test_nothing_else_is_renewed(stands: State, harbor: Employer, olga: User) -> None:
    with pytest.raises(StaleState):
        make_posting(stands, at=AT, employer=harbor).renew(AT, olga)


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_renew_it_once() -> None:
    posting, people = make_posting(State.CLOSED, at=AT, employer=make_employer()), [make_user(), make_user()]
    start, came = Barrier(2), []

    def renew(person: User) -> None:
        mine = Posting.objects.get(pk=posting.pk)
        start.wait()
        try:
            came.append(mine.renew(AT, person).pk)
        except StaleState:
            came.append("stale")
        finally:
            connection.close()

    threads = [Thread(target=renew, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert came.count("stale") == 1
    assert Posting.objects.filter(renewed_from=posting).count() == 1


def test_the_old_page_points_to_the_renewal_once_that_is_live(client: Client, harbor: Employer) -> None:
    old = make_posting(State.CLOSED, employer=harbor, title="Spine coder, spring")
    between = make_posting(State.EXPIRED, employer=harbor, renewed_from=old, title="Spine coder, summer")
    new = make_posting(State.SUBMITTED, employer=harbor, renewed_from=between, title="Spine coder, autumn")
    assert "autumn" not in client.get(old.get_absolute_url()).text
    Posting.objects.filter(pk=new.pk).update(
        published_at=new.submitted_at, approved_at=new.submitted_at, expires_at=datetime.now(UTC) + DAY
    )
    page = client.get(old.get_absolute_url())
    assert page.status_code == 410
    assert "Harbor Coding renewed it" in page.text
    assert new.get_absolute_url() in page.text


@pytest.mark.parametrize("stands", [State.LIVE, State.PAUSED])
def test_what_is_renewed_closes_as_its_renewal_goes_live(
    stands: State, harbor: Employer, olga: User, stella: User, client: Client
) -> None:
    now = datetime.now(UTC)
    old = make_posting(stands, employer=harbor, title="Spine coder", expires_at=now + 5 * DAY)
    new = old.renew(now, olga)
    new.submit(now, olga)
    old.refresh_from_db()
    assert old.state_at(now) == stands  # until staff have read the renewal

    new.publish(now, stella)
    old.refresh_from_db()
    assert (old.state_at(now), old.outcome) == (State.CLOSED, Outcome.RENEWED)
    assert old.events.latest("at", "id").reason == f"Posting {new.pk} takes its place."
    assert [found.pk for found in client.get("/jobs/").context["page"]] == [new.pk]
    assert "This posting was renewed" in client.get(old.get_absolute_url()).text


@pytest.mark.parametrize("stands", [State.CLOSED, State.EXPIRED])
def test_what_ended_by_itself_stays_as_it_ended(stands: State, harbor: Employer, olga: User, stella: User) -> None:
    old = make_posting(stands, at=AT, employer=harbor)
    new = old.renew(AT, olga)
    new.submit(AT, olga)
    before = (old.closed_at, old.outcome)
    new.publish(AT, stella)
    old.refresh_from_db()
    assert (old.closed_at, old.outcome) == before


def test_a_team_cannot_say_renewed_itself(as_, harbor: Employer, olga: User) -> None:
    posting = make_posting(employer=harbor)
    assert as_(olga).post(f"/hiring/postings/{posting.pk}/close/", {"outcome": "renewed"}).status_code == 422
