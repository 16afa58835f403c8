"""What becomes of each line of a file: new, changed, as it was, closed, refused; the dry run and the yes."""

from datetime import timedelta

import pytest
from django.core.mail import EmailMessage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.imports.models import Upload
from jobboard.postings.models import Posting
from tests.factories import DAY, make_posting
from tests.imports.conftest import Sending, line, verdicts

pytestmark = pytest.mark.django_db


def test_a_dry_run_changes_nothing_and_a_yes_makes_drafts(sending: Sending, harbor: Employer, olga: User) -> None:
    upload = sending.check(line(), line(reference="R-2", title="Spine coder"))
    assert verdicts(upload) == ["new", "new"]
    assert not Posting.objects.exists()
    assert sending.carry_out(upload).status_code == 302
    first, second = Posting.objects.order_by("reference")
    assert (first.employer, first.created_by, first.state_at(timezone.now())) == (harbor, olga, "draft")
    assert first.roles == ["coder", "auditor"]
    assert first.remote_states == ["TX", "FL"]
    assert (first.pay_min, first.pay_max, first.pay_unit) == (30, 40, "hour")
    assert first.slug == "orthopedic-coder"
    assert second.title == "Spine coder"
    assert [event.kind for event in first.events.all()] == ["created"]


def test_straight_to_review(sending: Sending) -> None:
    upload = sending.do(line(), then="review")
    assert upload.report[0].note == "goes to review"
    assert Posting.objects.get().state_at(timezone.now()) == "submitted"


def test_what_review_would_miss_is_refused_and_as_a_draft_it_is_not(sending: Sending) -> None:
    bare = {"reference": "R-1", "title": "Coder"}
    upload = sending.check(bare, then="review")
    assert verdicts(upload) == ["refused"]
    assert {name for name, _ in upload.report[0].reasons} == {"description", "roles", "employment_type", "workplace"}
    assert verdicts(sending.check(bare)) == ["new"]


@pytest.mark.parametrize("then", ["drafts", "review"])
def test_the_same_file_twice_changes_nothing(sending: Sending, then: str) -> None:
    lines = [line(), line(reference="R-2", description="Line one.\r\n\r\n- two\r\n", roles="auditor; coder")]
    sending.do(*lines, then=then)
    before = list(Posting.objects.order_by("pk").values())
    again = sending.check(*lines, then=then)
    assert verdicts(again) == ["unchanged", "unchanged"]
    assert again.acts == 0
    sending.carry_out(again)
    assert list(Posting.objects.order_by("pk").values()) == before


def test_only_what_differs_is_named_and_changed(sending: Sending) -> None:
    sending.do(line())
    upload = sending.do({"reference": "R-1", "title": "Orthopedic coder II", "pay_max": ""})
    assert upload.report[0].changes == ["title", "pay_max"]
    posting = Posting.objects.get()
    assert (posting.title, posting.pay_max) == ("Orthopedic coder II", None)
    assert posting.roles == ["coder", "auditor"], "a column that the file lacks leaves the posting as it is"


def test_a_live_posting_stays_live_and_staff_look_at_the_change(sending: Sending, harbor: Employer) -> None:
    make_posting(employer=harbor, reference="R-1")
    upload = sending.do({"reference": "R-1", "pay_max": "45"}, then="review")
    assert upload.report[0].note == "stays public; staff look at the change"
    posting = Posting.objects.get()
    assert posting.pay_max == 45
    assert posting.changed_since_approval


def test_what_staff_sent_back_goes_to_review_again_once_it_is_changed(sending: Sending, harbor: Employer) -> None:
    make_posting("sent-back", employer=harbor, reference="R-1")
    assert verdicts(sending.check({"reference": "R-1", "pay_max": "40"}, then="review")) == ["unchanged"]
    sending.do({"reference": "R-1", "pay_max": "41"}, then="review")
    assert Posting.objects.get().state_at(timezone.now()) == "submitted"


def test_a_draft_is_sent_to_review_by_the_file_that_made_it(sending: Sending) -> None:
    sending.do(line())
    upload = sending.do(line(), then="review")
    assert (verdicts(upload), upload.report[0].changes) == (["changed"], [])
    assert Posting.objects.get().submitted_at


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"reference": ""}, "reference", "required"),
        ({"reference": "a b/c"}, "reference", "letters, digits"),
        ({"reference": "R" * 61}, "reference", "at most 60"),
        ({"title": ""}, "title", "required"),
        ({"title": "x" * 121}, "title", "at most 120"),
        ({"roles": "coder; wizard"}, "roles", "wizard is not one of the available"),
        ({"employment_type": "sometimes"}, "employment_type", "sometimes is not one of the available"),
        ({"pay_min": "a lot"}, "pay_min", "Enter a number"),
        ({"pay_min": "50", "pay_max": "40"}, "", "must not be below the lowest"),
        ({"pay_max": "1e99"}, "pay_max", "digits"),
        ({"closes_on": "tomorrow"}, "closes_on", "valid date"),
        ({"closes_on": "2020-01-31"}, "closes_on", "has passed"),
        ({"code_families": "CPT 27-28"}, "code_families", "range"),
        ({"apply_by": "url", "apply_url": "javascript:alert(1)"}, "apply_url", "valid URL"),
        ({"description": "x" * 20_001}, "description", "at most 20000"),
        ({"outcome": "vanished"}, "outcome", "no outcome"),
        ({"outcome": "cancelled"}, "reference", "no posting with this reference"),
    ],
)
def test_a_line_with_a_mistake_is_refused_with_the_reason(
    sending: Sending, cells: dict[str, str], column: str, words: str
) -> None:
    upload = sending.check(line(**cells), line(reference="R-2"))
    assert verdicts(upload) == ["refused", "new"]
    assert any(name == column and words in why for name, why in upload.report[0].reasons), upload.report[0].reasons
    sending.carry_out(upload)
    assert [posting.reference for posting in Posting.objects.all()] == ["R-2"]


def test_two_lines_for_one_posting_are_one_too_many(sending: Sending) -> None:
    upload = sending.check(line(), line(title="Another"))
    assert verdicts(upload) == ["new", "refused"]
    assert "Line 2 has this reference too" in upload.report[1].reasons[0][1]


class TestClosing:
    def test_by_an_outcome(self, sending: Sending, harbor: Employer) -> None:
        make_posting(employer=harbor, reference="R-1")
        upload = sending.do({"reference": "R-1", "outcome": "Filled another way"})
        assert verdicts(upload) == ["closed"]
        posting = Posting.objects.get()
        assert (posting.outcome, posting.state_at(timezone.now())) == ("filled-elsewhere", "closed")
        assert verdicts(sending.check({"reference": "R-1", "outcome": "filled-elsewhere"})) == ["unchanged"]
        assert verdicts(sending.check({"reference": "R-1", "outcome": "cancelled"})) == ["refused"]

    def test_a_draft_is_not_closed(self, sending: Sending, harbor: Employer) -> None:
        make_posting("draft", employer=harbor, reference="R-1")
        assert verdicts(sending.check({"reference": "R-1", "outcome": "cancelled"})) == ["refused"]

    @pytest.mark.parametrize("stands", ["closed", "expired"])
    def test_what_has_ended_stays_as_it_was(self, sending: Sending, harbor: Employer, stands: str) -> None:
        make_posting(stands, employer=harbor, reference="R-1")
        assert verdicts(sending.check({"reference": "R-1", "title": "Orthopedic coder"})) == ["unchanged"]
        upload = sending.check({"reference": "R-1", "title": "Other"})
        assert verdicts(upload) == ["refused"]
        assert "has ended" in upload.report[0].reasons[0][1]

    def test_a_whole_list_closes_what_it_leaves_out(self, sending: Sending, harbor: Employer, rival: Employer) -> None:
        kept = make_posting(employer=harbor, reference="R-1")
        gone = make_posting(employer=harbor, reference="R-2", title="Gone")
        others = [
            make_posting(employer=harbor),
            make_posting("draft", employer=harbor, reference="R-3"),
            make_posting("expired", employer=harbor, reference="R-4"),
            make_posting(employer=rival, reference="R-2"),
        ]
        upload = sending.do({"reference": "R-1", "title": kept.title}, whole="on")
        assert [(each.title, each.verdict) for each in upload.report][1:] == [("Gone", "closed")]
        gone.refresh_from_db()
        assert gone.outcome == "cancelled"
        assert not Posting.objects.filter(pk__in=[each.pk for each in others]).exclude(closed_at=None).exists()


class TestTheYes:
    def test_counts_once(self, sending: Sending) -> None:
        upload = sending.check(line())
        assert sending.carry_out(upload).status_code == 302
        again = sending.carry_out(upload)
        assert again.status_code == 409
        assert "imported already" in again.text
        assert Posting.objects.count() == 1

    def test_only_within_a_day(self, sending: Sending) -> None:
        upload = sending.check(line())
        Upload.objects.update(expires_at=timezone.now())
        assert sending.carry_out(upload).status_code == 409
        assert "Send the file again" in sending.client.get(f"{sending.address}{upload.pk}/").text
        assert not Posting.objects.exists()

    def test_the_same_checks_run_again(self, sending: Sending, harbor: Employer) -> None:
        upload = sending.check(line(), line(reference="R-2"))
        make_posting("closed", employer=harbor, reference="R-2")  # a colleague was quicker
        response = sending.carry_out(upload)
        assert response.status_code == 409
        assert "Nothing was done" in response.text
        assert not Posting.objects.filter(reference="R-1").exists(), "all of it, or nothing"
        upload.refresh_from_db()
        assert verdicts(upload) == ["new", "refused"], "and the page shows what would happen now"

    def test_nothing_is_half_done(self, sending: Sending, monkeypatch: pytest.MonkeyPatch) -> None:
        upload = sending.check(line(), line(reference="R-2"))
        save, saved = Posting.save_draft, []

        def fails_at_the_second(posting: Posting, at, by) -> None:
            saved.append(posting)
            if len(saved) == 2:
                raise RuntimeError
            save(posting, at, by)

        monkeypatch.setattr(Posting, "save_draft", fails_at_the_second)
        with pytest.raises(RuntimeError):
            sending.carry_out(upload)
        assert not Posting.objects.exists()
        upload.refresh_from_db()
        assert upload.done_at is None

    def test_a_new_file_takes_the_place_of_one_that_waits(self, sending: Sending) -> None:
        first = sending.check(line())
        sending.check(line(title="Other"))
        assert sending.carry_out(first).status_code == 404

    def test_what_nobody_said_yes_to_is_forgotten(self, sending: Sending) -> None:
        at = timezone.now()
        done = sending.do(line())
        waiting = sending.check(line(title="Other"))
        assert Upload.objects.forget(at + timedelta(hours=1)) == 0
        assert Upload.objects.forget(at + 2 * DAY) == 1
        assert Upload.objects.get() == done
        assert waiting not in Upload.objects.all()
        assert Upload.objects.forget(at + 31 * DAY) == 1


def test_what_is_beyond_the_days_limit_waits_as_a_draft_for_the_next_file(sending: Sending, settings) -> None:
    settings.POSTINGS_PER_DAY = 2
    lines = [line(reference=f"R-{number}") for number in range(3)]
    upload = sending.do(*lines, then="review")
    assert [each.note for each in upload.report] == [
        "goes to review",
        "goes to review",
        "not sent to review: 2 a day are the most",
    ]
    assert Posting.objects.filter(submitted_at=None).count() == 1
    assert verdicts(sending.check(*lines, then="review")) == ["unchanged"] * 3
    Posting.objects.exclude(submitted_at=None).update(submitted_at=timezone.now() - 2 * DAY)
    assert verdicts(sending.do(*lines, then="review")) == ["unchanged", "unchanged", "changed"]


def test_lines_cost_a_query_each(sending: Sending) -> None:
    def queries(count: int) -> int:
        with CaptureQueriesContext(
            connection,
        ) as caught:
            sending.check(*(line(reference=f"Q-{number}") for number in range(count)))
        return len([each for each in caught if "SAVEPOINT" not in each["sql"]])

    assert queries(12) - queries(2) == 10


def test_staff_are_told_once_of_all_that_a_file_submits(
    sending: Sending, stella: User, mailoutbox: list[EmailMessage], settings: Settings
) -> None:
    settings.POSTINGS_PER_DAY = 500
    sending.do(*(line(reference=f"R-{number}", title=f"Coder {number}") for number in range(30)), then="review")
    assert [mail.subject for mail in mailoutbox] == ["To review: 30 postings of Harbor Coding"]
    assert mailoutbox[0].to == [stella.email]
    assert mailoutbox[0].body.count("/desk/postings/") == 25
    assert "and 5 more" in mailoutbox[0].body
    assert Posting.objects.filter(submitted_at__isnull=False).count() == 30


def test_of_one_posting_as_of_any_other(sending: Sending, stella: User, mailoutbox: list[EmailMessage]) -> None:
    sending.do(line(), then="review")
    assert [mail.subject for mail in mailoutbox] == ["To review: Orthopedic coder (Harbor Coding)"]
