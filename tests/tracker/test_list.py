"""The page of a person's jobs: every list, where each posting stands, at a steady cost."""

import pytest
from django.utils import timezone

from jobboard.tracker.models import HiddenPosting, Seen, Tracked
from tests.factories import DAY, make_posting

pytestmark = pytest.mark.django_db


def shown(browser, name=""):
    page = browser.get("/me/jobs/" + (f"?list={name}" if name else ""))
    return [row.title if hasattr(row, "title") else row.posting and row.posting.title for row in page.context["rows"]]


def test_guests_sign_in_first(client):
    assert client.get("/me/jobs/")["Location"] == "/accounts/login/?next=/me/jobs/"


def test_an_empty_list_says_how_to_fill_it(as_, carl):
    for name in ("saved", "applied", "interview", "decided", "hidden", "seen"):
        page = as_(carl).get(f"/me/jobs/?list={name}")
        assert page.status_code == 200
        assert 'class="empty"' in page.text


@pytest.mark.parametrize("query", ["list=nothing", "list=%27"])
def test_a_list_that_does_not_exist_is_not_found(as_, carl, query):
    assert as_(carl).get(f"/me/jobs/?{query}").status_code == 404


def test_a_page_that_does_not_exist_shows_the_last(as_, carl, posting):
    Tracked.objects.save_for(carl, posting, timezone.now())
    assert "Spine coder" in as_(carl).get("/me/jobs/?page=9999").text


def test_it_says_where_each_posting_stands(as_, carl):
    at = timezone.now()
    for stands in ("live", "closed", "expired", "held"):
        Tracked.objects.save_for(carl, make_posting(stands, title=f"Was {stands}"), at)
    page = as_(carl).get("/me/jobs/").text
    for words in ("Open until", "Closed ", "Ended ", "Not on the site now"):
        assert words in page
    held = Tracked.objects.get(title="Was held").posting
    assert held.get_absolute_url() not in page
    assert "Was held" in page


@pytest.mark.parametrize(
    ("state", "name"),
    [
        ("new", "applied"),
        ("reviewed", "applied"),
        ("interview", "interview"),
        ("offer", "interview"),
        ("hired", "decided"),
        ("declined", "decided"),
    ],
)
def test_an_application_stands_where_the_employer_put_it(as_, carl, posting, applied, state, name):
    applied(carl, posting, state=state)
    assert shown(as_(carl), name) == ["Spine coder"]
    assert shown(as_(carl)) == []


def test_a_withdrawn_application_is_decided(as_, carl, posting, applied):
    applied(carl, posting, withdrawn_at=timezone.now())
    assert shown(as_(carl), "decided") == ["Spine coder"]


def test_saved_and_sent_is_one_row(as_, carl, posting, applied):
    Tracked.objects.save_for(carl, posting, timezone.now())
    applied(carl, posting)
    assert shown(as_(carl), "applied") == ["Spine coder"]
    assert shown(as_(carl)) == []


def test_everybody_has_their_own(as_, carl, nora, posting, applied):
    Tracked.objects.save_for(carl, posting, timezone.now())
    applied(carl, make_posting())
    HiddenPosting.hide(carl, posting, timezone.now())
    Seen.objects.note(carl, posting.pk, timezone.now())
    for name in ("saved", "applied", "hidden", "seen"):
        assert shown(as_(nora), name) == []


def test_a_posting_says_that_i_applied_when_and_how_it_stands(as_, carl, posting, applied):
    sent = applied(carl, posting, state="interview")
    page = as_(carl).get(posting.get_absolute_url()).text
    assert f"You applied on {timezone.localtime(sent.sent_at):%B} {timezone.localtime(sent.sent_at).day}" in page
    assert "<strong>interview</strong>" in page
    assert f'href="/me/applications/{sent.pk}/"' in page


@pytest.mark.parametrize("name", ["saved", "hidden", "seen"])
def test_more_jobs_cost_no_more_queries(as_, carl, django_assert_num_queries, name):
    browser, at = as_(carl), timezone.now()

    def more(count):
        for _ in range(count):
            posting = make_posting()
            Tracked.objects.save_for(carl, posting, at)
            HiddenPosting.hide(carl, posting, at)
            Seen.objects.note(carl, posting.pk, at)

    more(2)
    with django_assert_num_queries(11 if name != "saved" else 8):
        browser.get(f"/me/jobs/?list={name}")
    more(8)
    with django_assert_num_queries(11 if name != "saved" else 8):
        browser.get(f"/me/jobs/?list={name}")


class TestSeen:
    def test_the_last_read_comes_first(self, as_, carl):
        at = timezone.now()
        for days in (3, 1, 2):
            Seen.objects.note(carl, make_posting(title=f"{days} days ago").pk, at - days * DAY)
        assert shown(as_(carl), "seen") == ["1 days ago", "2 days ago", "3 days ago"]

    def test_read_twice_is_one_row(self, carl, posting):
        at = timezone.now()
        Seen.objects.note(carl, posting.pk, at - DAY)
        Seen.objects.note(carl, posting.pk, at)
        assert Seen.objects.get().at == at

    def test_only_the_last_hundred_are_kept(self, carl, monkeypatch):
        monkeypatch.setattr(Seen, "MOST", 2)
        at = timezone.now()
        for days in (3, 2, 1):
            Seen.objects.note(carl, make_posting(title=str(days)).pk, at - days * DAY)
        assert list(Seen.objects.values_list("posting__title", flat=True)) == ["1", "2"]

    def test_it_can_be_cleared(self, as_, carl, nora, posting):
        for person in (carl, nora):
            Seen.objects.note(person, posting.pk, timezone.now())
        as_(carl).post("/me/jobs/seen/clear/")
        assert [row.user for row in Seen.objects.all()] == [nora]

    def test_it_can_be_switched_off_and_on(self, as_, carl, posting):
        browser, at = as_(carl), timezone.now()
        Seen.objects.note(carl, posting.pk, at)
        assert "Nothing is remembered any more" in browser.post("/me/jobs/seen/switch/", follow=True).text
        Seen.objects.note(carl, posting.pk, at)
        assert not Seen.objects.exists()
        browser.post("/me/jobs/seen/switch/", {"remember": "yes"})
        Seen.objects.note(carl, posting.pk, at)
        assert Seen.objects.exists()

    def test_what_is_off_the_site_is_not_named(self, as_, carl):
        held = make_posting("held", title="Held secret")
        Seen.objects.note(carl, held.pk, timezone.now())
        page = as_(carl).get("/me/jobs/?list=seen").text
        assert "Held secret" not in page
        assert "A job that is not on the site now" in page
