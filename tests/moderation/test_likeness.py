"""The same text again: refused before, elsewhere, open twice, or posted anew."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.moderation import tasks
from jobboard.moderation.looks import look_over
from jobboard.moderation.models import Fingerprint, fingerprint
from jobboard.moderation.models.fingerprint import BANDS, bands, normal
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.factories import DAY, make_employer, make_posting

NOW = timezone.now()
TEXT = """
You code operative notes of an orthopedic group with eleven surgeons: arthroscopy, fracture care, joint replacement and
spine. Notes are dictated the same day and reviewed by a lead who still codes. Two reviews a month of twenty encounters
each; the results are yours to read and to contest. Queries go to surgeons in writing, and they answer. Dues of one
credential are paid, and so are the books. Training lasts six weeks at the full rate.
"""
EDITED = TEXT.replace("eleven surgeons", "14 surgeons").replace("six weeks", "4 weeks").upper()
OTHER = """
Risk adjustment reviewers read outpatient charts of a Medicare Advantage plan and decide whether each diagnosis is
supported by the record. The work is counted by the page, the accuracy is measured every quarter, and asking costs
nobody anything.
Remote, on a laptop that we send. Retrospective and prospective projects alternate.
"""


def kinds(posting: Posting) -> set[str]:
    return {signal.kind for signal in posting.signals.all()}


def make(stands: str = State.LIVE, /, text: str = TEXT, **fields: object) -> Posting:
    posting = make_posting(stands, description=text, **fields)
    Fingerprint.of(posting).save()
    return posting


def submitted(employer: Employer, text: str = EDITED, **fields: object) -> Posting:
    posting = make_posting("submitted", employer=employer, description=text, submitted_at=NOW, **fields)
    look_over(posting, NOW)
    return posting


def test_numbers_case_and_punctuation_make_no_difference() -> None:
    assert normal("Coder!", "Pays $30 to $40, by 06/01.") == normal("CODER", "Pays $25 to $45 — by 7/9")


def test_a_short_text_is_not_told_apart() -> None:
    assert bands("one two three") == []
    assert len(bands(normal("Coder", TEXT))) == BANDS


def test_texts_share_bands_as_they_share_words() -> None:
    assert set(bands(normal("", TEXT))) & set(bands(normal("", EDITED)))
    assert not set(bands(normal("", TEXT))) & set(bands(normal("", OTHER)))


def test_a_repost_is_a_fact_for_staff_and_public(as_, client: Client, stella: User, harbor: Employer) -> None:
    for days in (200, 130, 60):
        start = NOW - days * DAY
        make("expired", employer=harbor, submitted_at=start, published_at=start, expires_at=start + 50 * DAY)
    posting = submitted(harbor)
    assert kinds(posting) == {"repost"}
    since = timezone.localdate(NOW - 200 * DAY)
    words = f"First seen {since:%B} {since.day}, {since.year}"
    assertContains(as_(stella).get(f"/desk/postings/{posting.pk}/"), f"{words}; reposted 3 times")
    posting.publish(NOW, stella)
    assertContains(client.get(posting.get_absolute_url()), f"{words}, reposted 3 times")


@pytest.mark.parametrize(
    "fields",
    [
        {"workplace": "on-site", "city": "Tulsa", "state": "OK"},
        {"held_at": NOW, "held_reason": "Asked for a check."},
        {"text": OTHER},
    ],
)
def test_no_repost(harbor: Employer, fields: dict[str, object]) -> None:
    text = fields.pop("text", TEXT)
    make("expired", text, employer=harbor, **fields)
    posting = submitted(harbor)
    assert "repost" not in kinds(posting)
    assert posting.fingerprint.reposts == 0


def test_nothing_is_said_of_a_job_posted_once(client: Client, harbor: Employer, stella: User) -> None:
    posting = submitted(harbor)
    posting.publish(NOW, stella)
    assertNotContains(client.get(posting.get_absolute_url()), "First seen")


def test_the_same_job_open_twice(harbor: Employer) -> None:
    live = make(employer=harbor)
    posting = submitted(harbor)
    assert "open-twice" in kinds(posting)
    assert f"(job {live.pk})" in posting.signals.get(kind="open-twice").sentence
    elsewhere = submitted(harbor, workplace="on-site", city="Tulsa", state="OK")
    assert "open-twice" not in kinds(elsewhere)


def test_a_renewal_is_not_open_twice(harbor: Employer) -> None:
    live = make(employer=harbor)
    assert kinds(submitted(harbor, renewed_from=live)) == set()


def test_a_renewal_is_no_repost_to_staff_and_a_fact_to_the_public(harbor: Employer) -> None:
    start = NOW - 200 * DAY
    first = make("expired", employer=harbor, submitted_at=start, published_at=start, expires_at=start + 50 * DAY)
    second = make("expired", employer=harbor, renewed_from=first)
    third = submitted(harbor, renewed_from=second)
    assert kinds(third) == set()
    assert (third.fingerprint.reposts, third.fingerprint.first_seen_at) == (2, start)


def test_what_was_posted_anew_beside_a_renewal_is_a_repost(harbor: Employer) -> None:
    first, _ = make("expired", employer=harbor), make("expired", employer=harbor)
    posting = submitted(harbor, renewed_from=first)
    assert "reposted once" in posting.signals.get(kind="repost").sentence


def test_of_many_only_the_likeliest_are_compared(
    harbor: Employer, monkeypatch: pytest.MonkeyPatch, django_assert_max_num_queries
) -> None:
    """The near copy is found among others of the same employer that came after it and are nothing like it."""
    monkeypatch.setattr(fingerprint, "MOST_COMPARED", 3)
    copy = make("live", employer=make_employer("Copied Inc"))
    for _ in range(5):
        make("live", OTHER, employer=harbor)
    mine = Fingerprint.of(make_posting("draft", employer=harbor, description=TEXT))
    assert [each.posting for each in Fingerprint.objects.like(mine)] == [copy]


def test_the_text_of_another_employer(harbor: Employer, rival: Employer) -> None:
    make(employer=rival, title="Orthopedic coder")
    posting = submitted(harbor)
    assert "elsewhere" in kinds(posting)
    assert "“Orthopedic coder” of Rival Billing" in posting.signals.get(kind="elsewhere").sentence
    assert posting.fingerprint.reposts == 0


@pytest.mark.parametrize("stands", ["held", "sent-back", "suspended"])
def test_like_one_that_was_refused(harbor: Employer, rival: Employer, stands: str) -> None:
    make("live" if stands == "suspended" else stands, employer=rival)
    if stands == "suspended":
        rival.suspend(NOW)
    posting = submitted(harbor)
    assert "of Rival Billing, " in posting.signals.get(kind="refused").sentence


def test_it_is_looked_over_with_submission_and_each_edit(harbor: Employer, olga: User) -> None:
    draft = make_posting("draft", employer=harbor, description=f"{TEXT} Write to us on Telegram.")
    assert not draft.signals.exists()
    draft.submit(NOW, olga)
    assert kinds(draft) == {"first", "chat"}
    draft.description = TEXT
    draft.edit(NOW + timedelta(minutes=1), olga)
    assert kinds(draft) == {"first"}


def test_a_draft_is_looked_over_by_nobody(harbor: Employer, olga: User) -> None:
    draft = make_posting("draft", employer=harbor, description="Telegram")
    draft.title = "Changed"
    draft.edit(NOW, olga)
    assert not draft.signals.exists()
    assert not Fingerprint.objects.exists()


def test_fingerprints_of_what_came_past_the_verbs(harbor: Employer) -> None:
    live, _ = make_posting(employer=harbor, description=TEXT), make_posting("draft", employer=harbor)
    assert tasks.fingerprint_the_rest() == 1
    assert tasks.fingerprint_the_rest() == 0
    assert Fingerprint.objects.get().bands == Fingerprint.of(live).bands


def test_a_look_takes_few_queries(harbor: Employer, django_assert_max_num_queries) -> None:
    for _ in range(20):
        make(employer=make_employer())
    posting = make_posting("submitted", employer=harbor, description=TEXT)
    with django_assert_max_num_queries(16):
        look_over(posting, NOW)
