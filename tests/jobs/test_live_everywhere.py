"""Every surface hides what is not live, and shows what is."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db.models import Q
from django.test import Client, RequestFactory
from django.utils import timezone

from codes.models import Code
from jobboard.alerts.models import SavedSearch
from jobboard.employers.models import Employer
from jobboard.pay.figures import figures
from jobboard.postings.aside import jobs_needing
from jobboard.postings.models import Posting
from jobboard.statistics.models import DayCount
from jobboard.tracker.models import Tracked
from tests.factories import DAY, make_employer, make_posting, make_user

pytestmark = pytest.mark.django_db

TITLE = "Zebrafish coder"
STATES = [
    *("draft", "submitted", "sent-back", "held", "paused", "closed", "expired"),
    *("not yet published", "suspended employer"),
]
SHOWN_AS_ENDED = {"closed", "expired"}
PAUSED_STATUS = 200  # it will be back, so it is not gone; but it is closed to search engines and to applications


def make(stands: str, employer: Employer) -> Posting:
    """The posting that is looked for, in one of the states."""
    named = {"title": TITLE, "employer": employer, "specialties": ["podiatry"], "code_families": ["cpt:28"]}
    if stands == "not yet published":
        return make_posting(**named, published_at=timezone.now() + DAY)
    if stands == "suspended employer":
        posting = make_posting(**named)
        Employer.objects.filter(pk=employer.pk).update(suspended_at=timezone.now())
        return posting
    return make_posting(stands, **named)


def on_the_list(client: Client, _posting: Posting, address: str = "/jobs/") -> str:
    return client.get(address).text


def in_a_search(client: Client, posting: Posting) -> str:
    return on_the_list(client, posting, "/jobs/?q=zebrafish&specialty=podiatry&code=28001")


def in_the_feed(client: Client, posting: Posting) -> str:
    return on_the_list(client, posting, "/feeds/jobs.atom?q=zebrafish")


def in_the_feed_for_indeed(client: Client, _posting: Posting) -> str:
    return client.get("/feeds/indeed.xml").getvalue().decode()


def in_the_feed_for_linkedin(client: Client, _posting: Posting) -> str:
    return client.get("/feeds/linkedin.xml").getvalue().decode()


def on_a_code_page(client: Client, _posting: Posting) -> str:
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    fragment = jobs_needing(request, Code(system="cpt", code="28001"))
    return "" if fragment is None else fragment.html()


def on_the_employers_page(client: Client, posting: Posting) -> str:
    return client.get(posting.employer.get_absolute_url()).text


def beside_a_similar_job(client: Client, posting: Posting) -> str:
    other = make_posting(title="Other", specialties=["podiatry"])
    return client.get(other.get_absolute_url()).text


def beside_an_ended_job(client: Client, posting: Posting) -> str:
    other = make_posting("closed", title="Other", specialties=["podiatry"])
    return client.get(other.get_absolute_url()).text


def on_the_front_page(client: Client, _posting: Posting) -> str:
    return client.get("/").text


def in_the_site_map(client: Client, posting: Posting) -> str:
    """Its address there, as its title."""
    listed = client.get(f"/sitemaps/jobs-{posting.pk // 10_000}.xml")
    return TITLE if listed.status_code == 200 and posting.get_absolute_url() in listed.getvalue().decode() else ""


def on_the_page_of_its_specialty(client: Client, _posting: Posting) -> str:
    return client.get("/jobs/podiatry/", follow=True).text


def in_an_alert(_client: Client, posting: Posting) -> str:
    """What a saved search would tell of."""
    at = timezone.now()
    search = SavedSearch(user=make_user(), name="Podiatry", query="specialty=podiatry")
    search.keep(at - 30 * DAY)
    return " ".join(found.title for found in search.untold(at))


def when_counted(client: Client, posting: Posting) -> str:
    """Whether a reader of it is counted, which the statistics are made of."""
    browser = {"Sec-Fetch-Site": "same-origin", "User-Agent": "Mozilla/5.0 Firefox/140.0"}
    client.post("/count/", {"posting": posting.pk, "kind": "view", "mark": "", "referrer": ""}, headers=browser)
    return TITLE if DayCount.objects.filter(posting=posting).exists() else ""


SURFACES = [
    on_the_list,
    in_a_search,
    in_the_feed,
    in_the_feed_for_indeed,
    in_the_feed_for_linkedin,
    on_a_code_page,
    on_the_employers_page,
    on_the_front_page,
    on_the_page_of_its_specialty,
    in_the_site_map,
    in_an_alert,
    when_counted,
    beside_a_similar_job,
    beside_an_ended_job,
]


@pytest.mark.parametrize("surface", SURFACES)
def test_a_live_posting_is_shown(client: Client, surface: Callable[[Client, Posting], str]) -> None:
    assert TITLE in surface(client, make("live", make_employer()))


@pytest.mark.parametrize("stands", STATES)
@pytest.mark.parametrize("surface", SURFACES)
def test_any_other_is_not(client: Client, surface: Callable[[Client, Posting], str], stands: str) -> None:
    assert TITLE not in surface(client, make(stands, make_employer()))


# What people keep or link to of what was once public: paused and ended postings too, and of no other.
KNOWN = {"live", "paused", "closed", "expired"}


@pytest.mark.parametrize("stands", ["live", *STATES])
def test_what_was_public_can_be_kept(client: Client, stands: str) -> None:
    posting = make(stands, make_employer())
    client.force_login(make_user())
    assert client.post(f"/me/jobs/{posting.pk}/save/").status_code == (302 if stands in KNOWN else 404)


@pytest.mark.parametrize("stands", ["live", *STATES])
def test_its_picture_is_there_while_it_is_live(client: Client, stands: str) -> None:
    picture = client.get(f"/jobs/{make(stands, make_employer()).pk}/picture.png")
    assert picture.status_code == (200 if stands == "live" else 410 if stands in SHOWN_AS_ENDED else 404)


@pytest.mark.parametrize("stands", ["live", *STATES])
def test_my_jobs_leads_to_what_the_public_may_see(client: Client, stands: str) -> None:
    """Who saved a job keeps its name as they read it; the way to it is gone with it."""
    posting, carl = make(stands, make_employer()), make_user()
    Tracked.objects.save_for(carl, posting, timezone.now())
    client.force_login(carl)
    page = client.get("/me/jobs/").text
    assert TITLE in page
    assert (posting.get_absolute_url() in page) == (stands in KNOWN)


@pytest.mark.parametrize("stands", ["live", *STATES])
def test_figures_of_pay_stand_on_what_was_public(stands: str) -> None:
    """Past postings too; but nothing that staff hold or whose employer is suspended."""
    make(stands, make_employer())
    assert figures(timezone.now(), Q()).jobs == (1 if stands in KNOWN else 0)


@pytest.mark.parametrize("stands", STATES)
def test_its_own_page_is_gone_or_was_never_there(client: Client, stands: str) -> None:
    posting = make(stands, make_employer())
    response = client.get(posting.get_absolute_url())
    assert response.status_code == (410 if stands in SHOWN_AS_ENDED else PAUSED_STATUS if stands == "paused" else 404)
    assert "ld+json" not in response.text
    assert (TITLE in response.text) == (stands in {*SHOWN_AS_ENDED, "paused"})


def test_a_paused_page_says_so_and_takes_no_applications(client: Client) -> None:
    posting = make("paused", make_employer())
    page = client.get(posting.get_absolute_url())
    assert "not accepting applications at the moment" in page.text
    assert '<meta name="robots" content="noindex">' in page.text
    assert "/apply/" not in page.text
    client.force_login(make_user())
    refused = client.post(f"{posting.get_absolute_url()}apply/", {"letter": "Hello"})
    assert refused.status_code == 409
    assert "not accepting applications" in refused.text


def test_what_was_paused_and_then_expired_has_ended(client: Client) -> None:
    posting = make_posting("expired", paused_at=timezone.now() - 2 * DAY)
    response = client.get(posting.get_absolute_url())
    assert response.status_code == 410
    assert "paused" not in response.text


@pytest.mark.parametrize("stands", STATES)
def test_an_old_address_tells_no_more(client: Client, stands: str) -> None:
    posting = make(stands, make_employer())
    response = client.get(f"/jobs/{posting.pk}-guess/")
    assert response.status_code == (301 if stands in {*SHOWN_AS_ENDED, "paused"} else 404)


def test_what_ended_and_was_then_held_or_suspended_is_not_there(client: Client) -> None:
    held = make_posting("closed", held_at=timezone.now(), held_reason="Asked for a check.")
    assert client.get(held.get_absolute_url()).status_code == 404
    suspended = make_posting("expired")
    Employer.objects.update(suspended_at=timezone.now())
    assert client.get(suspended.get_absolute_url()).status_code == 404
