"""An owner who deletes the account: a team with others keeps an owner, and what nobody answers for is closed."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import User
from accounts.privacy import Refused, exported
from jobboard.employers.models import Employer, Invitation, Member, Verification
from jobboard.employers.tasks import forget_addresses
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.accounts.conftest import signed_in, sure
from tests.factories import make_posting
from tests.teams import *  # noqa: F403 - fixtures are found by name


def leave(person: User) -> tuple[str, int]:
    """Give the password once more, as leaving asks for, read what the page says, and delete the account."""
    browser = sure(signed_in(person))
    asked = browser.get("/me/privacy/delete/").text
    return asked, browser.post("/me/privacy/delete/", {"email": person.email}).status_code


def test_the_only_owner_of_a_team_with_others_hands_over_first(olga: User, rita: User, harbor: Employer) -> None:
    live = make_posting(employer=harbor)
    asked, status = leave(olga)
    assert "You are the only owner of Harbor Coding" in asked
    assert status == 409
    assert User.objects.filter(pk=olga.pk).exists()

    Member.objects.filter(user=rita).update(role=Member.Role.OWNER)
    asked, status = leave(olga)
    assert "Harbor Coding" not in asked
    assert status == 302
    assert not User.objects.filter(pk=olga.pk).exists()
    live.refresh_from_db()
    assert live.state_at(timezone.now()) == State.LIVE


def test_the_postings_of_who_was_alone_close_and_that_is_said_before(olga: User, harbor: Employer) -> None:
    open_ = [make_posting(state, employer=harbor) for state in (State.LIVE, State.PAUSED, State.SUBMITTED)]
    make_posting(State.DRAFT, employer=harbor)
    asked, status = leave(olga)
    assert "its 3 open postings close with your account" in asked
    assert status == 302
    now = timezone.now()
    assert {Posting.objects.get(pk=each.pk).state_at(now) for each in open_} == {State.CLOSED}
    assert Posting.objects.get(submitted_at=None).closed_at is None


def test_a_refusal_closes_nothing(olga: User, rita: User, harbor: Employer) -> None:
    live = make_posting(employer=harbor)
    with pytest.raises(Refused):
        olga.delete()
    live.refresh_from_db()
    assert live.closed_at is None


def test_who_is_no_owner_or_one_of_two_leaves(olga: User, rita: User, harbor: Employer) -> None:
    assert leave(rita)[1] == 302
    assert not User.objects.filter(pk=rita.pk).exists()
    assert Employer.objects.filter(pk=harbor.pk, members__user=olga).exists()


def test_the_export_names_the_teams(rita: User) -> None:
    told = json.loads(json.dumps(exported(rita)["teams"]))
    assert [(each["employer"], each["role"]) for each in told] == [("Harbor Coding", "recruiter")]


@pytest.fixture
def asked(olga: User, rita: User, harbor: Employer) -> None:
    """Rita and a stranger were invited, and Rita was asked whether the domain is theirs."""
    at = timezone.now() - timedelta(days=60)
    Invitation(employer=harbor, email="Rita@harbor.example", role="recruiter").send(at, olga)
    Invitation(employer=harbor, email="new@harbor.example", role="recruiter").send(at, olga)
    Verification(employer=harbor, email="rita@harbor.example", domain="harbor.example").send(at, olga)


@pytest.mark.usefixtures("asked")
def test_what_was_sent_to_the_address_goes_with_the_account(rita: User) -> None:
    assert leave(rita)[1] == 302
    assert [each.email for each in Invitation.objects.all()] == ["new@harbor.example"]
    assert not Verification.objects.exists()


@pytest.mark.usefixtures("asked")
def test_the_export_holds_invitations_without_the_addresses_of_others(olga: User, rita: User) -> None:
    sent = exported(olga)["invitations_sent"]
    assert [(each["employer"], each["role"]) for each in sent] == [("Harbor Coding", "recruiter")] * 2
    assert "new@harbor.example" not in json.dumps(sent)
    assert exported(rita)["invitations_sent"] == []


@pytest.mark.usefixtures("asked")
def test_addresses_are_forgotten_three_months_after_they_were_asked() -> None:
    assert forget_addresses() == 0
    past = timezone.now() - timedelta(days=91)
    Verification.objects.update(expires_at=past)
    Invitation.objects.filter(email="new@harbor.example").update(expires_at=past)
    assert forget_addresses() == 2
    assert [each.email for each in Invitation.objects.all()] == ["Rita@harbor.example"]
