"""The pages by topic and place: there where jobs are, true in what they say, and in nobody's way."""

import re
from typing import Any

import pytest
from django.test import Client

from jobboard.browse.topics import PLACES, TOPICS
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State
from tests.factories import make_employer, make_posting

pytestmark = pytest.mark.django_db


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, response
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split()).replace(" .", ".").replace(" :", ":")


def in_texas(**fields: Any) -> Any:
    return make_posting(**{"workplace": "on-site", "city": "Austin", "state": "TX"} | fields)


def test_a_credential(client: Client) -> None:
    posting = make_posting(title="Spine coder", credentials_preferred=["CPC"])
    make_posting(title="Inpatient coder", credentials_required=["CCS"])
    page = text(client, "/jobs/cpc/")
    assert "CPC jobs" in page
    assert "1 open job asks for or prefers the CPC (Certified Professional Coder, AAPC)" in page
    assert posting.title in page
    assert "Inpatient coder" not in page


def test_a_credential_in_a_state(client: Client) -> None:
    in_texas(title="Austin coder", credentials_required=["CPC"])
    make_posting(title="Open coder", credentials_required=["CPC"])
    make_posting(title="Texan coder", credentials_required=["CPC"], remote_states=["TX"])
    make_posting(title="Ohio coder", credentials_required=["CPC"], remote_states=["OH"])
    page = text(client, "/jobs/cpc/texas/")
    assert "CPC jobs in Texas" in page
    assert "3 open jobs ask for or prefer the CPC, and can be taken from Texas: 2 are done there or name it" in page
    assert all(title in page for title in ("Austin coder", "Open coder", "Texan coder"))
    assert "Ohio coder" not in page


def test_remote(client: Client) -> None:
    make_posting(title="Home coder", credentials_required=["CPC"])
    in_texas(title="Austin coder", credentials_required=["CPC"])
    page = text(client, "/jobs/cpc/remote/")
    assert "Remote CPC jobs" in page
    assert "Austin coder" not in page


def test_remote_in_a_state(client: Client) -> None:
    in_texas(title="Austin coder", credentials_required=["CPC"])
    make_posting(title="Open coder", credentials_required=["CPC"])
    make_posting(title="Texan coder", credentials_required=["CPC"], remote_states=["TX"])
    make_posting(title="Ohio coder", credentials_required=["CPC"], remote_states=["OH"])
    page = text(client, "/jobs/cpc/texas/remote/")
    assert "Remote CPC jobs in Texas" in page
    says = "2 open remote jobs ask for or prefer the CPC, and can be taken from Texas: 1 names it, the others are open"
    assert says in page
    assert all(title in page for title in ("Open coder", "Texan coder"))
    assert "Austin coder" not in page
    assert "Ohio coder" not in page
    html = client.get("/jobs/cpc/texas/remote/").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/jobs/cpc/texas/remote/">' in html
    crumbs = html[html.index('class="crumbs"') :].partition("</nav>")[0]
    assert re.findall(r'href="([^"]+)"', crumbs) == ["/jobs/", "/jobs/browse/", "/jobs/cpc/", "/jobs/cpc/texas/"]
    for above in ("/jobs/cpc/texas/", "/jobs/cpc/remote/"):
        assert re.search(
            r'href="/jobs/cpc/texas/remote/">Remote in Texas <span class="muted">2<', client.get(above).content.decode()
        )


def test_remote_in_a_state_whose_jobs_at_home_are_all_open_to_every_state(client: Client) -> None:
    in_texas(credentials_required=["CPC"])
    make_posting(credentials_required=["CPC"])
    assert "can be taken from Texas: it is open to every state." in text(client, "/jobs/cpc/texas/remote/")


def test_a_specialty_in_a_state(client: Client) -> None:
    in_texas(title="Ortho coder", specialties=["orthopedics"])
    page = text(client, "/jobs/orthopedics/texas/")
    assert "Orthopedics coding jobs in Texas" in page
    assert (
        "1 open job names orthopedics as a specialty, and can be taken from Texas: 1 is done there or names it." in page
    )


def test_apprentices(client: Client) -> None:
    in_texas(title="First job", apprentice="welcome")
    in_texas(title="Second job", apprentice="with-experience")
    for path in ("/jobs/apprentices-welcome/", "/jobs/apprentices-welcome/texas/"):
        assert "First job" in text(client, path)
        assert "Second job" not in text(client, path)


def test_pay_of_five_and_not_of_four(client: Client) -> None:
    for amount in (20, 22, 24, 26):
        make_posting(employer=make_employer(), pay_min=amount, pay_max=amount, credentials_required=["CPC"])
    assert "in the middle" not in text(client, "/jobs/cpc/")
    make_posting(employer=make_employer(), pay_min=28, pay_max=28, credentials_required=["CPC"])
    assert "5 jobs of this kind" in text(client, "/jobs/cpc/")
    assert "the one in the middle pays $24 an hour" in text(client, "/jobs/cpc/")


@pytest.mark.parametrize(
    "path",
    ["/jobs/cpc/", "/jobs/cpc/texas/", "/jobs/cpc/remote/", "/jobs/cpc/texas/remote/", "/jobs/urology/ohio/"],
)
def test_without_jobs_the_search_takes_over(client: Client, path: str) -> None:
    for stands in State:
        if stands != State.LIVE:
            in_texas(title=f"{stands} coder") if stands == State.DRAFT else make_posting(
                stands, credentials_required=["CPC"]
            )
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith("/jobs/?")
    assert "Nothing matches all of this yet" in text(client, response.url)


def test_no_page_for_a_state_that_only_remote_work_for_all_would_fill(client: Client) -> None:
    make_posting(credentials_required=["CPC"])
    assert client.get("/jobs/cpc/texas/").status_code == 302
    assert client.get("/jobs/cpc/texas/remote/").status_code == 302


@pytest.mark.parametrize(
    "path", ["/jobs/xyz/", "/jobs/cpc/atlantis/", "/jobs/cpc/remote/texas/", "/jobs/cpc/texas/austin/"]
)
def test_unknown_ones_are_not_there(client: Client, path: str) -> None:
    assert client.get(path).status_code == 404


def test_leads_on(client: Client) -> None:
    make_posting(credentials_required=["CPC"], specialties=["gi"])
    in_texas(credentials_required=["CPC", "COC"])
    html = client.get("/jobs/cpc/").content.decode()
    assert '<link rel="canonical" href="http://localhost:8000/jobs/cpc/">' in html
    for path in (
        "/jobs/cpc/remote/",
        "/jobs/cpc/texas/",
        "/jobs/coc/",
        "/jobs/gastroenterology/",
        "/jobs/browse/",
        "/me/alerts/new/?credential=CPC",
        "/jobs/?credential=CPC",
    ):
        assert f'href="{path}"' in html


def test_counts_are_those_of_the_pages(client: Client) -> None:
    make_posting(credentials_required=["CPC"])
    in_texas(credentials_required=["CPC"])
    html = client.get("/jobs/cpc/").content.decode()
    assert re.search(r'href="/jobs/cpc/texas/">Texas <span class="muted">2<', html)
    assert "2 open jobs" in text(client, "/jobs/cpc/texas/")


def test_no_address_is_a_posting_s(client: Client) -> None:
    """A posting's begins with its number; the slug of no topic does, and no topic is called as a page beside them."""
    posting = make_posting(title="CPC")
    assert client.get(posting.get_absolute_url()).status_code == 200
    assert not any(slug[0].isdigit() for slug in TOPICS)
    assert not {"pay", "browse"} & TOPICS.keys()
    assert len(TOPICS) == len(set(TOPICS))
    assert not TOPICS.keys() & PLACES.keys()


def test_only_reads(client: Client) -> None:
    make_posting(credentials_required=["CPC"])
    assert client.post("/jobs/cpc/").status_code == 405


def test_as_many_queries_for_many_as_for_one(client: Client, django_assert_num_queries: Any) -> None:
    for _ in range(5):
        make_posting(credentials_required=["CPC"])
    client.get("/jobs/cpc/")  # the process reads what is live once
    Posting.objects.update(title="Spine coder")
    with django_assert_num_queries(5):  # one for what changed, and one for all cards of it
        assert client.get("/jobs/cpc/").text.count("Spine coder") >= 5
    with django_assert_num_queries(3):
        client.get("/jobs/cpc/")
