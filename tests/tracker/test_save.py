"""Saving a job: from a card, from its page, as a guest, and taking it off again."""

import pytest
from django.test import Client

from jobboard.tracker.models import Tracked
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def test_one_click_saves_and_leads_back(as_, carl, posting):
    response = as_(carl).post(f"/me/jobs/{posting.pk}/save/", {"next": "/jobs/?q=spine"})
    assert response["Location"] == "/jobs/?q=spine"
    kept = Tracked.objects.get()
    assert (kept.user, kept.posting, kept.title, kept.employer_name) == (carl, posting, "Spine coder", "Harbor Coding")


def test_twice_is_once(as_, carl, posting):
    browser = as_(carl)
    browser.post(f"/me/jobs/{posting.pk}/save/")
    Tracked.objects.update(note="Call Ann")
    browser.post(f"/me/jobs/{posting.pk}/save/")
    assert Tracked.objects.get().note == "Call Ann"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "-1", "home"])
def test_it_leads_to_a_page_of_ours(as_, carl, posting, elsewhere):
    response = as_(carl).post(f"/me/jobs/{posting.pk}/save/", {"next": elsewhere})
    assert response["Location"] == posting.get_absolute_url()


def test_a_guest_signs_in_and_comes_back_to_the_job(client, carl, posting):
    assert f'href="/me/jobs/{posting.pk}/"' in client.get(posting.get_absolute_url()).text
    assert f'href="/me/jobs/{posting.pk}/"' in client.get("/jobs/").text
    response = client.get(f"/me/jobs/{posting.pk}/")
    assert response["Location"] == f"/accounts/login/?next=/me/jobs/{posting.pk}/"
    client.force_login(carl)
    page = client.get(f"/me/jobs/{posting.pk}/").text
    assert "Spine coder" in page
    assert "Save to my jobs" in page
    assert not Tracked.objects.exists()


@pytest.mark.parametrize("stands", ["draft", "submitted", "sent-back", "held"])
def test_what_the_public_cannot_see_cannot_be_saved(as_, carl, stands):
    hidden = make_posting(stands)
    browser = as_(carl)
    for address in (f"/me/jobs/{hidden.pk}/save/", f"/me/jobs/{hidden.pk}/hide/"):
        assert browser.post(address).status_code == 404
    assert browser.get(f"/me/jobs/{hidden.pk}/").status_code == 404


def test_a_number_that_is_no_job_is_not_found(as_, carl):
    assert as_(carl).post("/me/jobs/999999999999999999999999/save/").status_code == 404


@pytest.mark.parametrize("verb", ["save", "remove", "hide", "show"])
def test_only_a_post_changes_anything(as_, carl, posting, verb):
    assert as_(carl).get(f"/me/jobs/{posting.pk}/{verb}/").status_code == 405


def test_a_guest_who_posts_is_sent_to_sign_in(client, posting):
    assert client.post(f"/me/jobs/{posting.pk}/save/").status_code == 302
    assert not Tracked.objects.exists()


def test_the_limit_is_said(as_, carl, posting, monkeypatch):
    monkeypatch.setattr(Tracked, "MOST", 1)
    browser = as_(carl)
    browser.post(f"/me/jobs/{posting.pk}/save/")
    page = browser.post(f"/me/jobs/{make_posting().pk}/save/", follow=True).text
    assert "the most one person may keep" in page
    assert Tracked.objects.count() == 1


class TestSwap:
    def test_a_card_gets_its_buttons_back(self, as_, carl, posting):
        browser = as_(carl)
        page = browser.post(f"/me/jobs/{posting.pk}/save/", {"part": "card"}, headers={"HX-Request": "true"}).text
        assert f'id="keep-{posting.pk}"' in page
        assert f"/me/jobs/{posting.pk}/remove/" in page
        assert "<html" not in page
        again = browser.post(f"/me/jobs/{posting.pk}/remove/", {"part": "card"}, headers={"HX-Request": "true"}).text
        assert f"/me/jobs/{posting.pk}/save/" in again

    def test_a_page_gets_its_buttons_back(self, as_, carl, posting):
        page = as_(carl).post(f"/me/jobs/{posting.pk}/save/", headers={"HX-Request": "true"}).text
        assert 'id="keep-posting"' in page
        assert "Saved" in page


class TestRemove:
    def test_a_bare_one_goes_at_once(self, as_, carl, posting):
        browser = as_(carl)
        browser.post(f"/me/jobs/{posting.pk}/save/")
        response = browser.post(f"/me/jobs/{posting.pk}/remove/", {"next": "/jobs/"})
        assert response["Location"] == "/jobs/"
        assert not Tracked.objects.exists()

    def test_one_with_a_note_is_asked_about(self, as_, carl, posting):
        browser = as_(carl)
        browser.post(f"/me/jobs/{posting.pk}/", {"note": "Call Ann"})
        page = browser.post(f"/me/jobs/{posting.pk}/remove/", follow=True).text
        assert "deletes it with your notes" in page
        assert Tracked.objects.exists()
        swapped = browser.post(f"/me/jobs/{posting.pk}/remove/", headers={"HX-Request": "true"})
        assert swapped["HX-Redirect"] == f"/me/jobs/{posting.pk}/"
        browser.post(f"/me/jobs/{posting.pk}/remove/", {"sure": "yes"})
        assert not Tracked.objects.exists()

    def test_a_second_click_is_told(self, as_, carl, posting):
        assert "off your list already" in as_(carl).post(f"/me/jobs/{posting.pk}/remove/", follow=True).text

    def test_nobody_removes_what_another_keeps(self, as_, carl, nora, posting):
        as_(carl).post(f"/me/jobs/{posting.pk}/save/")
        as_(nora).post(f"/me/jobs/{posting.pk}/remove/", {"sure": "yes"})
        assert Tracked.objects.filter(user=carl).exists()


def test_everything_goes_with_the_account(as_, carl, posting):
    browser: Client = as_(carl)
    for verb in ("save", "hide"):
        browser.post(f"/me/jobs/{posting.pk}/{verb}/")
    browser.post(f"/me/employers/{posting.employer.slug}/hide/")
    carl.delete()
    assert not Tracked.objects.exists()
