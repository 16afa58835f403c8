"""What a person notes about a job: theirs alone, with dates that make sense."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobboard.tracker.models import Tracked

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def note(as_, carl, posting):
    """Sends the form as Carl."""

    def sent(**fields):
        return as_(carl).post(f"/me/jobs/{posting.pk}/", fields, follow=True)

    return sent


def today():
    return timezone.localdate()


def test_a_note_saves_the_job_and_is_shown_with_it(as_, carl, posting, note):
    page = note(note="Ann says\nask for 34 an hour").text
    assert "is on your list" in page
    assert "ask for 34 an hour" in page
    assert "ask for 34 an hour" in as_(carl).get(posting.get_absolute_url()).text


def test_nobody_else_reads_it(as_, nora, olga, posting, note):
    note(note="Secret plan", next_step="Secret step")
    for other in (nora, olga):
        for address in (posting.get_absolute_url(), "/me/jobs/", f"/me/jobs/{posting.pk}/"):
            assert "Secret" not in as_(other).get(address).text


def test_applied_elsewhere_with_a_date(as_, carl, posting, note):
    page = note(applied_on=today() - 3 * DAY).text
    assert "Applied elsewhere on" in page
    assert 'href="/me/jobs/?list=applied" aria-current="page"' in page
    assert "You noted that you applied elsewhere on" in as_(carl).get(posting.get_absolute_url()).text


def test_the_stages_follow_what_was_noted(note):
    assert 'list=interview" aria-current="page"' in note(interview_on=today() + DAY).text
    page = note(interview_on=today(), outcome="declined").text
    assert 'list=decided" aria-current="page"' in page
    assert "They declined" in page
    assert Tracked.objects.get().decided_on == today()


@pytest.mark.parametrize(
    ("field", "days", "said"),
    [
        ("applied_on", 1, "This day is still to come."),
        ("remind_on", -1, "This day has passed."),
    ],
)
def test_a_date_that_makes_no_sense_is_refused_and_nothing_is_lost(note, field, days, said):
    response = note(note="Keep this", **{field: today() + days * DAY})
    assert response.status_code == 422
    assert said in response.text
    assert "Keep this" in response.text
    assert not Tracked.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"applied_on": "yesterday"},
        {"outcome": "promoted"},
        {"note": "a" * 5_001},
        {"note": "a\x00b"},
        {"next_step": "a" * 201},
        {"decided_on": "2026-01-02"},
    ],
)
def test_nonsense_is_refused(note, fields):
    assert note(**fields).status_code == 422
    assert not Tracked.objects.exists()


def test_after_an_application_here_none_elsewhere_is_asked_for(as_, carl, posting, applied):
    applied(carl, posting)
    page = as_(carl).get(f"/me/jobs/{posting.pk}/").text
    assert "You applied here on" in page
    assert "Applied elsewhere" not in page


def test_what_was_taken_off_the_site_keeps_its_note(as_, carl, posting, note):
    note(note="Ask again in June")
    type(posting).objects.filter(pk=posting.pk).update(held_at=timezone.now(), held_reason="Check")
    page = as_(carl).get(f"/me/jobs/{posting.pk}/").text
    assert "Ask again in June" in page
    assert "Not on the site now" in page
    assert posting.get_absolute_url() not in page
