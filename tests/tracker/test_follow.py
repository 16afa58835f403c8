"""Following an employer: an alert for its new jobs."""

import pytest
from django.core import mail
from django.utils import timezone

from jobboard.alerts.models import SavedSearch
from jobboard.tracker.beside import follow_query, following
from tests.factories import make_posting

pytestmark = pytest.mark.django_db
FOLLOW = "/me/employers/harbor-coding/follow/"


@pytest.fixture(autouse=True)
def public(harbor):
    """A page is public once a first posting was approved."""
    make_posting("expired", employer=harbor)


def test_following_mails_the_new_jobs_of_that_employer(as_, carl, harbor):
    page = as_(carl).post(FOLLOW, follow=True).text
    assert "You follow Harbor Coding" in page
    search = SavedSearch.objects.get()
    assert (search.user, search.query, search.name) == (carl, "employer=harbor-coding", "Jobs at Harbor Coding")
    at = timezone.now()
    make_posting(employer=harbor, title="Harbor coder", published_at=at)
    make_posting(title="Elsewhere coder", published_at=at)
    SavedSearch.objects.update(next_run_at=at)
    search.run(at)
    assert "Harbor coder" in mail.outbox[0].body
    assert "Elsewhere" not in mail.outbox[0].body


def test_the_page_says_that_i_follow_and_lets_me_stop(as_, carl, nora, harbor):
    browser = as_(carl)
    assert ">Follow<" in browser.get("/employers/harbor-coding/").text.replace("</svg>", ">")
    browser.post(FOLLOW)
    assert "Following: stop" in browser.get("/employers/harbor-coding/").text
    assert "Following: stop" not in as_(nora).get("/employers/harbor-coding/").text
    browser.post("/me/employers/harbor-coding/unfollow/")
    assert not SavedSearch.objects.exists()


def test_it_is_followed_from_the_page_of_a_job_too(as_, client, carl, harbor):
    page = make_posting(employer=harbor).get_absolute_url()
    assert f'href="/accounts/login/?next={page}"' in client.get(page).text.split('id="posting-employer"')[1]
    browser = as_(carl)
    assert f'action="{FOLLOW}"' in browser.get(page).text
    assert browser.post(FOLLOW, {"next": page}).url == page
    assert "Following: stop" in browser.get(page).text


def test_twice_is_once(as_, carl, harbor):
    browser = as_(carl)
    browser.post(FOLLOW)
    assert "already" in browser.post(FOLLOW, follow=True).text
    assert SavedSearch.objects.count() == 1


def test_a_renamed_employer_is_still_followed(as_, carl, harbor, olga):
    browser = as_(carl)
    browser.post(FOLLOW)
    harbor.name = "Haven Coding"
    harbor.edit(timezone.now(), olga)
    assert "Following: stop" in browser.get(harbor.get_absolute_url()).text


def test_the_limit_of_alerts_holds(as_, carl, harbor, monkeypatch):
    monkeypatch.setattr(SavedSearch, "MOST", 0)
    assert "the most one person may keep" in as_(carl).post(FOLLOW, follow=True).text
    assert not SavedSearch.objects.exists()


def test_a_guest_is_sent_to_sign_in_and_back(client, harbor):
    assert 'href="/accounts/login/?next=/employers/harbor-coding/"' in client.get("/employers/harbor-coding/").text
    assert client.post(FOLLOW).status_code == 302
    assert client.get(FOLLOW).status_code == 302


def test_an_employer_that_is_not_public_yet_has_no_buttons(as_, olga, harbor):
    harbor.postings.all().delete()
    page = as_(olga).get("/employers/harbor-coding/")
    assert page.status_code == 200
    assert FOLLOW not in page.text


def test_whether_one_follows_is_one_query(carl, harbor, olga, django_assert_num_queries):
    SavedSearch(user=carl, query=follow_query(harbor.slug), name="Harbor").keep(timezone.now())
    harbor.name = "Haven Coding"
    harbor.edit(timezone.now(), olga)
    with django_assert_num_queries(1):
        assert following(carl, harbor).exists()
