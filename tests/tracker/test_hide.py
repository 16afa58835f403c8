"""Hiding postings and employers: out of one's own results and alerts, with an honest count and a way back."""

import pytest
from django.core import mail
from django.utils import timezone

from accounts.models import User
from jobboard.alerts.models import SavedSearch
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.tracker.models import HiddenEmployer, HiddenPosting
from tests.factories import DAY, make_posting

pytestmark = pytest.mark.django_db


def titles(browser, query=""):
    return {posting.title for posting in browser.get(f"/jobs/?{query}").context["page"]}


def test_a_hidden_posting_leaves_my_results_and_nobody_elses(as_, client, carl, nora, posting):
    make_posting(title="Urology coder")
    as_(carl).post(f"/me/jobs/{posting.pk}/hide/")
    assert titles(as_(carl)) == {"Urology coder"}
    assert titles(as_(nora)) == titles(client) == {"Urology coder", "Spine coder"}


def test_a_hidden_employer_takes_all_its_postings_along(as_, carl, harbor, rival):
    make_posting(employer=harbor)
    make_posting(employer=harbor)
    make_posting(employer=rival, title="Rival coder")
    as_(carl).post("/me/employers/harbor-coding/hide/")
    assert titles(as_(carl)) == {"Rival coder"}


def test_the_list_says_how_many_of_what_it_found_are_hidden(as_, carl, posting):
    browser = as_(carl)
    other = make_posting(title="Urology coder")
    assert "hidden by you" not in browser.get("/jobs/").text
    for each in (posting, other):
        browser.post(f"/me/jobs/{each.pk}/hide/")
    page = browser.get("/jobs/").text
    assert "2 hidden by you" in page
    assert 'href="/me/jobs/?list=hidden"' in page
    assert "1 hidden by you" in browser.get("/jobs/?q=urology").text
    assert "hidden by you" not in browser.get("/jobs/?q=anesthesia").text


def test_a_closed_one_is_not_counted_as_hidden(as_, carl, posting):
    as_(carl).post(f"/me/jobs/{posting.pk}/hide/")
    type(posting).objects.filter(pk=posting.pk).update(closed_at=timezone.now(), outcome="cancelled")
    assert "hidden by you" not in as_(carl).get("/jobs/").text


def test_it_can_be_shown_again(as_, carl, posting):
    browser = as_(carl)
    browser.post(f"/me/jobs/{posting.pk}/hide/")
    browser.post(f"/me/employers/{posting.employer.slug}/hide/")
    page = browser.get("/me/jobs/?list=hidden").text
    assert "Spine coder" in page
    assert "Hidden employers" in page
    browser.post(f"/me/jobs/{posting.pk}/show/")
    browser.post(f"/me/employers/{posting.employer.slug}/show/")
    assert titles(browser) == {"Spine coder"}


def test_twice_is_once(as_, carl, posting):
    browser = as_(carl)
    for verb, count in (("hide", 1), ("hide", 1), ("show", 0), ("show", 0)):
        browser.post(f"/me/jobs/{posting.pk}/{verb}/")
        browser.post(f"/me/employers/{posting.employer.slug}/{verb}/")
        assert HiddenPosting.objects.count() == HiddenEmployer.objects.count() == count


def test_a_card_is_swapped_for_its_undo_and_back(as_, carl, posting):
    browser, asked = as_(carl), {"HX-Request": "true"}
    strip = browser.post(f"/me/jobs/{posting.pk}/hide/", {"part": "card", "next": "/jobs/"}, headers=asked).text
    assert "Undo" in strip
    assert "Hide all of Harbor Coding" in strip
    card = browser.post(f"/me/jobs/{posting.pk}/show/", {"part": "whole-card"}, headers=asked).text
    assert '<article class="job">' in card
    assert f'id="keep-{posting.pk}"' in card


def test_only_the_oldest_of_too_many_comes_back(carl, monkeypatch):
    monkeypatch.setattr(HiddenPosting, "MOST", 2)
    at = timezone.now()
    for days in (3, 2, 1):
        HiddenPosting.hide(carl, make_posting(title=str(days)), at - days * DAY)
    assert set(HiddenPosting.objects.values_list("posting__title", flat=True)) == {"1", "2"}


def test_an_employer_that_is_none_is_not_found(as_, carl, harbor):
    harbor.suspend(timezone.now())
    browser = as_(carl)
    for address in ("/me/employers/nobody/hide/", "/me/employers/harbor-coding/hide/", "/me/employers/nobody/follow/"):
        assert browser.post(address).status_code == 404


def test_a_hidden_posting_is_not_mailed_and_comes_when_shown_again(carl, posting, rival):
    at = timezone.now()
    search = SavedSearch(user=carl, name="All", query="")
    search.keep(at - 5 * DAY)
    make_posting(employer=rival, title="Rival coder")
    wanted = make_posting(title="Wanted coder")
    HiddenPosting.hide(carl, posting, at)
    HiddenEmployer.hide(carl, rival, at)
    search.run(at)
    assert list(search.deliveries.values_list("posting", flat=True)) == [wanted.pk]
    assert "Rival coder" not in mail.outbox[0].body
    HiddenPosting.show(carl, posting.pk)
    assert [each.title for each in search.untold(at)] == ["Spine coder"]


def test_what_one_hides_others_are_still_told_of(carl, nora, posting):
    at = timezone.now()
    HiddenPosting.hide(carl, posting, at)
    search = SavedSearch(user=nora, name="All", query="")
    search.keep(at - 5 * DAY)
    assert search.untold(at).count() == 1


def test_the_list_costs_the_same_however_much_is_kept(as_, carl, django_assert_max_num_queries):
    at = timezone.now()
    for number in range(12):
        posting = make_posting()
        if number % 3 == 0:
            HiddenPosting.hide(carl, posting, at)
    browser = as_(carl)
    browser.get("/jobs/")  # the process reads what is live once
    with django_assert_max_num_queries(8):
        browser.get("/jobs/")


@pytest.mark.parametrize("what", ["job", "employer"])
@pytest.mark.parametrize("page", ["similar", "front"])
def test_what_is_hidden_is_not_similar_to_another_nor_on_the_front_page(
    as_, carl: User, nora: User, harbor: Employer, what: str, page: str
) -> None:
    hidden = make_posting(title="Zebrafish coder", employer=harbor, specialties=["podiatry"])
    other = make_posting(title="Other", specialties=["podiatry"])
    address = other.get_absolute_url() if page == "similar" else "/"
    as_(carl).post(f"/me/jobs/{hidden.pk}/hide/" if what == "job" else f"/me/employers/{harbor.slug}/hide/")
    assert hidden not in shown(as_(carl).get(address))
    assert hidden in shown(as_(nora).get(address))


def shown(response) -> list[Posting]:
    """The jobs beside another one, or on the front page."""
    return list(response.context["similar"] if "similar" in response.context else response.context["newest"])
