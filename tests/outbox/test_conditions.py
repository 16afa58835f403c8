"""A message whose reason is gone by the time it could go out does not go out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from accounts.models import User
from jobboard.alerts.models import Delivery, SavedSearch
from jobboard.applications.letters import Letter
from jobboard.applications.models import Application
from jobboard.employers.models import Employer, Invitation
from jobboard.outbox import conditions
from jobboard.outbox.conditions import OnlyIf
from jobboard.outbox.models import OutgoingMail
from jobboard.outbox.tasks import sweep_at
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import Outcome
from tests.factories import DAY, make_employer, make_member, make_posting, make_user
from tests.outbox.conftest import NOON

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """A condition "even": ids that are all even; and what was dropped by it."""
    told: list[int] = []
    monkeypatch.setattr(conditions, "_conditions", dict(conditions._conditions))
    conditions.register("even", lambda pks, _at: all(pk % 2 == 0 for pk in pks), lambda pks, _at: told.extend(pks))
    return told


def test_what_holds_goes_out_and_what_does_not_is_dropped(letter, mail_dir: Path, dropped: list[int]) -> None:
    for number in (2, 3):
        message = letter(f"Number {number}")
        message.only_if = OnlyIf("even", [number])
        OutgoingMail.objects.store(message, NOON)
    assert sweep_at(NOON) == 2
    assert [mail.subject for mail in OutgoingMail.objects.all()] == ["Number 2"]
    assert len(list(mail_dir.iterdir())) == 1
    assert dropped == [3]


def test_many_that_are_dropped_are_no_sign_of_a_mail_server_that_is_down(letter, mail_dir: Path, dropped) -> None:
    for number in (1, 3, 5, 7, 8):
        message = letter(f"Number {number}")
        message.only_if = OnlyIf("even", [number])
        OutgoingMail.objects.store(message, NOON + timedelta(seconds=number))
    sweep_at(NOON + HOUR)
    assert [mail.subject for mail in OutgoingMail.objects.all()] == ["Number 8"]


def waiting() -> list[str]:
    """Whom the messages that wait are for."""
    return sorted(mail.recipients for mail in OutgoingMail.objects.waiting())


def sent(mail_dir: Path) -> str:
    """All that went out, as one text."""
    return "".join(path.read_text() for path in mail_dir.iterdir()) if mail_dir.exists() else ""


@pytest.fixture
def nothing_queued(mail_dir: Path, queued: list) -> None:
    """No worker takes what is stored before the test does."""


def an_alert(at: datetime) -> SavedSearch:
    search = SavedSearch(user=make_user("nora@coders.example"), name="All", query="", frequency="at-once")
    search.keep(at - 7 * DAY)
    return search


ENDS: dict[str, Callable[[Posting, datetime, User], None]] = {
    "suspended": lambda posting, at, by: posting.employer.suspend(at, by, "A scam."),
    "closed": lambda posting, at, by: posting.close(at, by, Outcome.FILLED_HERE),
    "held": lambda posting, at, by: posting.hold(at, by, "A check."),
    "paused": lambda posting, at, by: posting.pause(at, by),
}


@pytest.mark.parametrize("end", ENDS)
def test_an_alert_that_waits_does_not_tell_of_what_ended_meanwhile(nothing_queued, mail_dir: Path, end: str) -> None:
    at = timezone.now()
    search = an_alert(at)
    gone = make_posting(title="Zebrafish coder", employer=make_employer("Gone Inc"))
    stays = make_posting(title="Spine coder")
    assert search.run(at)
    assert waiting() == ["nora@coders.example"]

    ENDS[end](gone, at, make_user())
    sweep_at(at + HOUR)
    assert "Zebrafish" not in sent(mail_dir)
    assert not Delivery.objects.exists()

    assert search.run(at + HOUR)  # at once, of what is left
    sweep_at(at + 2 * HOUR)
    assert "Spine coder" in sent(mail_dir)
    assert "Zebrafish" not in sent(mail_dir)
    assert [told.posting for told in Delivery.objects.all()] == [stays]


def test_an_alert_whose_jobs_are_all_live_goes_out(nothing_queued, mail_dir: Path) -> None:
    at = timezone.now()
    search = an_alert(at)
    make_posting(title="Zebrafish coder")
    search.run(at)
    sweep_at(at + HOUR)
    assert "Zebrafish coder" in sent(mail_dir)


@pytest.fixture
def suspended_later(nothing_queued) -> tuple[Employer, User]:
    """An employer with an owner; what the test has it send is still waiting when it is suspended."""
    employer = make_employer("Zebrafish Staffing")
    return employer, make_member(employer, user=make_user("olga@zebrafish.example"))


@pytest.mark.parametrize("suspended", [True, False])
def test_nobody_is_asked_whether_they_still_hire_while_suspended(suspended_later, mail_dir, suspended: bool) -> None:
    employer, _ = suspended_later
    at = timezone.now()
    make_posting(employer=employer, title="Zebrafish coder").ask(at)
    if suspended:
        Employer.objects.update(suspended_at=at)
    sweep_at(at + HOUR)
    assert ("still-hiring" in sent(mail_dir)) is not suspended


@pytest.mark.parametrize("suspended", [True, False])
def test_nobody_is_invited_by_who_is_suspended(suspended_later, mail_dir: Path, suspended: bool) -> None:
    employer, olga = suspended_later
    at = timezone.now()
    Invitation(employer=employer, email="new@example.org", role="viewer").send(at, olga)
    if suspended:
        Employer.objects.update(suspended_at=at)
    sweep_at(at + HOUR)
    assert ("new@example.org" in sent(mail_dir)) is not suspended


@pytest.mark.parametrize("suspended", [True, False])
def test_nothing_of_a_team_goes_to_candidates_while_suspended(suspended_later, mail_dir: Path, suspended: bool) -> None:
    employer, olga = suspended_later
    at = timezone.now()
    nora, posting = make_user("nora@coders.example"), make_posting(employer=employer, title="Zebrafish coder")
    sent_in = {
        "name": "Nora Vance",
        "posting_title": posting.title,
        "posting_employer": employer.name,
        "consent": "Yes.",
        "resume": "cv.pdf",
    }
    application = Application.objects.create(
        posting=posting,
        candidate=nora,
        sent_at=at,
        moved_at=at,
        email=nora.email,
        profile={},
        posting_facts=[],
        **sent_in,
    )
    application.write(at, olga, Letter("", "Pay us a fee of fifty dollars."))
    application.move(at, olga, "reviewed", "new")
    assert waiting() == ["nora@coders.example", "nora@coders.example"]
    if suspended:
        employer.suspend(at, olga, "A scam.")
    sweep_at(at + HOUR)
    assert ("fifty dollars" in sent(mail_dir)) is not suspended
    assert ("To: nora@coders.example" in sent(mail_dir)) is not suspended
