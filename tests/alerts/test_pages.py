"""Keeping searches: one's own only, once each, changed, paused, resumed and deleted by POST."""

import pytest
from django.urls import reverse
from django.utils import timezone

from jobboard.alerts.models import SavedSearch
from tests.alerts.conftest import DAY, MINUTE

pytestmark = pytest.mark.django_db
NEW = reverse("saved_search_new")
FORM = {"name": "Spine work", "frequency": "daily"}


@pytest.fixture
def kept(keep):
    return keep("specialty=spine", at=timezone.now() - DAY)


def test_a_search_is_saved_from_its_query_string(as_, ada, publish):
    publish(timezone.now() - DAY, specialties=["spine"])
    page = as_(ada).get(f"{NEW}?specialty=spine&workplace=remote&sort=pay&page=3").text
    assert 'value="Remote, Spine and neurosurgery"' in page
    assert "Today it finds 1 open job." in page
    response = as_(ada).post(f"{NEW}?workplace=remote&specialty=spine&sort=pay", FORM)
    assert response["Location"] == reverse("alerts")
    search = SavedSearch.objects.get()
    assert (search.user, search.query) == (ada, "specialty=spine&workplace=remote")
    assert search.since == search.created_at == search.last_run_at


def test_a_search_for_everything_can_be_saved(as_, ada):
    assert "so every new job fits" in as_(ada).get(NEW).text
    as_(ada).post(NEW, FORM)
    assert SavedSearch.objects.get().query == ""


def test_saving_it_again_leads_to_the_one_that_is_kept(as_, ada, kept):
    for response in (as_(ada).get(f"{NEW}?specialty=spine"), as_(ada).post(f"{NEW}?specialty=spine&q=+", FORM)):
        assert response["Location"] == kept.get_absolute_url()
    assert SavedSearch.objects.count() == 1


def test_a_new_query_can_take_the_place_of_an_old_one(as_, ada, kept):
    as_(ada).post(f"{NEW}?specialty=urology", FORM | {"name": "Urology", "instead": kept.pk})
    kept.refresh_from_db()
    assert (kept.name, kept.query, kept.frequency) == ("Urology", "specialty=urology", "daily")
    assert kept.since > kept.created_at


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("specialty=alchemy", "Specialty"),
        ("pay=lots", "Pays at least"),
        ("state=ZZ", "Where you live or work"),
        ("&".join(f"specialty={'x' * 30}{number}" for number in range(100)), "Specialty"),
    ],
)
def test_a_search_that_cannot_be_read_is_not_saved(as_, ada, query, said):
    for response in (as_(ada).get(f"{NEW}?{query}"), as_(ada).post(f"{NEW}?{query}", FORM)):
        assert response.status_code == 422
        assert said in response.text
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"name": ""}, "This field is required"),
        ({"name": "x" * 121}, "at most 120 characters"),
        ({"name": "\0"}, "Null characters are not allowed"),
        ({"frequency": "hourly"}, "Select a valid choice"),
        ({"frequency": ""}, "This field is required"),
        ({"instead": "999999"}, "Select a valid choice"),
        ({"instead": "x"}, "Select a valid choice"),
    ],
)
def test_a_refused_form_says_why_and_comes_back_filled_in(as_, ada, kept, change, said):
    response = as_(ada).post(f"{NEW}?specialty=urology", FORM | change)
    assert response.status_code == 422
    assert said in response.text
    if "name" not in change:
        assert 'value="Spine work"' in response.text
    assert SavedSearch.objects.count() == 1


def test_anothers_search_cannot_be_taken_the_place_of(as_, bo, kept):
    response = as_(bo).post(f"{NEW}?specialty=urology", FORM | {"instead": kept.pk})
    assert response.status_code == 422
    kept.refresh_from_db()
    assert kept.query == "specialty=spine"


def test_there_is_a_limit_of_searches(as_, ada, keep, monkeypatch):
    monkeypatch.setattr(SavedSearch, "MOST", 2)
    first = keep("q=one")
    keep("q=two")
    response = as_(ada).post(f"{NEW}?q=three", FORM)
    assert response.status_code == 422
    assert "the most one person may keep" in response.text
    assert as_(ada).post(f"{NEW}?q=three", FORM | {"instead": first.pk}).status_code == 302
    assert SavedSearch.objects.count() == 2


def test_the_list_shows_ones_own(as_, ada, bo, kept):
    page = as_(ada).get(reverse("alerts")).text
    assert "Spine work" in page
    assert "Spine and neurosurgery" in page
    assert "No alerts yet" in as_(bo).get(reverse("alerts")).text


def test_the_list_asks_the_same_of_the_database_however_long(as_, ada, keep, django_assert_max_num_queries):
    for number in range(20):
        keep(f"q=word{number}")
    client = as_(ada)
    with django_assert_max_num_queries(5):
        client.get(reverse("alerts"))


def test_the_page_of_one_says_what_it_would_find_now(as_, ada, kept, publish):
    publish(timezone.now() - MINUTE, specialties=["spine"])
    publish(timezone.now() - 2 * DAY, specialties=["spine"])
    page = as_(ada).get(kept.get_absolute_url()).text
    assert "Today it finds 2 open jobs. 1 of them was published since you saved it and not told of yet." in page


def test_a_query_that_is_not_understood_any_more_is_shown_as_such(as_, ada, keep):
    search = keep("specialty=alchemy")
    assert "is not known any more" in as_(ada).get(search.get_absolute_url()).text
    assert as_(ada).get(reverse("alerts")).status_code == 200


def test_name_and_frequency_change(as_, ada, kept):
    response = as_(ada).post(kept.get_absolute_url(), {"name": "Spines", "frequency": "weekly"})
    assert response["Location"] == reverse("alerts")
    since = kept.since
    kept.refresh_from_db()
    assert (kept.name, kept.frequency, kept.since) == ("Spines", "weekly", since)
    assert kept.next_run_at.weekday() == 0
    assert as_(ada).post(kept.get_absolute_url(), {"name": "", "frequency": "weekly"}).status_code == 422


def test_pause_resume_and_delete(as_, ada, kept):
    as_(ada).post(reverse("saved_search_pause", args=[kept.pk]))
    kept.refresh_from_db()
    paused_at = kept.paused_at
    assert paused_at
    as_(ada).post(reverse("saved_search_pause", args=[kept.pk]))  # twice is once
    kept.refresh_from_db()
    assert kept.paused_at == paused_at
    assert "Paused" in as_(ada).get(reverse("alerts")).text
    as_(ada).post(reverse("saved_search_resume", args=[kept.pk]))
    kept.refresh_from_db()
    assert kept.paused_at is None
    as_(ada).post(reverse("saved_search_delete", args=[kept.pk]))
    assert not SavedSearch.objects.exists()


@pytest.mark.parametrize("name", ["saved_search", "saved_search_pause", "saved_search_resume", "saved_search_delete"])
def test_nobody_else_reaches_them(client, as_, bo, kept, name):
    address = reverse(name, args=[kept.pk])
    assert client.post(address, FORM)["Location"].startswith(reverse("account_login"))
    assert as_(bo).post(address, FORM).status_code == 404
    if name == "saved_search":
        assert as_(bo).get(address).status_code == 404
    kept.refresh_from_db()
    assert (kept.name, kept.paused_at) == ("Spine work", None)


@pytest.mark.parametrize("name", ["saved_search_pause", "saved_search_resume", "saved_search_delete"])
def test_only_a_post_changes(as_, ada, kept, name):
    assert as_(ada).get(reverse(name, args=[kept.pk])).status_code == 405
    assert SavedSearch.objects.filter(paused_at=None).count() == 1


def test_a_stranger_is_asked_to_sign_in_and_comes_back_to_the_search(client):
    response = client.get(f"{NEW}?specialty=spine")
    assert response["Location"] == f"{reverse('account_login')}?next={NEW}%3Fspecialty%3Dspine"
