"""Every surface hides what is not live, and shows what is."""

from collections.abc import Callable

import pytest
from django.test import Client, RequestFactory
from django.utils import timezone

from codes.models import Code
from jobboard.employers.models import Employer
from jobboard.postings.aside import jobs_needing
from jobboard.postings.models import Posting
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
    fragment = jobs_needing(RequestFactory().get("/"), Code(system="cpt", code="28001"))
    return "" if fragment is None else fragment.html()


def on_the_employers_page(client: Client, posting: Posting) -> str:
    return client.get(posting.employer.get_absolute_url()).text


def beside_a_similar_job(client: Client, posting: Posting) -> str:
    other = make_posting(title="Other", specialties=["podiatry"])
    return client.get(other.get_absolute_url()).text


def beside_an_ended_job(client: Client, posting: Posting) -> str:
    other = make_posting("closed", title="Other", specialties=["podiatry"])
    return client.get(other.get_absolute_url()).text


SURFACES = [
    on_the_list,
    in_a_search,
    in_the_feed,
    in_the_feed_for_indeed,
    in_the_feed_for_linkedin,
    on_a_code_page,
    on_the_employers_page,
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
