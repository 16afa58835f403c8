"""The search page as a coder meets it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from tests.factories import make_employer, make_posting, make_user

pytestmark = pytest.mark.django_db


def test_a_card_says_what_decides(client: Client) -> None:
    make_posting(
        title="Orthopedic coder II",
        employer=make_employer("Lakeshore Bone Group", is_agency=True),
        remote_states=["TX", "FL"],
        credentials_required=["CPC", "COSC"],
        apprentice="welcome",
        specialties=["orthopedics"],
        pay_min=4,
        pay_max=5,
        pay_unit="chart",
        units_per_hour=8,
    )
    page = client.get("/jobs/").text
    for words in (
        *("Orthopedic coder II", "Lakeshore Bone Group", "staffing agency", "FL, TX", "CPC or COSC required"),
        *(
            "CPC-A welcome",
            "Full time (W-2)",
            "Orthopedics",
            "$4 to $5 per chart",
            "about $32 to $40 an hour, $67k to $83k a year",
        ),
        *("2 days ago", "1 job"),
    ):
        assert words in page


def test_no_card_reckons_a_year_for_part_of_one(client: Client) -> None:
    make_posting(employment_type="per-diem")
    page = client.get("/jobs/").text
    assert "$30 to $40 per hour" in page
    assert " a year<" not in page
    assert "no hourly estimate" not in page


def test_a_job_that_closes_soon_says_so(client: Client) -> None:
    make_posting(expires_at=timezone.now() + timedelta(days=3, hours=12))
    assert "closes in" in client.get("/jobs/").text


def test_what_is_asked_is_shown_and_can_be_dropped(client: Client) -> None:
    make_posting(specialties=["urology"])
    page = client.get("/jobs/?specialty=urology&workplace=remote&sort=pay").text
    assert 'href="/jobs/?sort=pay&amp;workplace=remote"' in page
    assert 'href="/jobs/?sort=pay&amp;specialty=urology"' in page
    assert "Clear all" in page
    assert "<title>Remote, Urology · Medical coding jobs" in page
    assert '<input type="checkbox" name="specialty" value="urology"' in page


def test_what_somebody_typed_stands_in_their_form_alone(client: Client) -> None:
    typed = "/jobs/?q=spine&near=78701&remote=true&pay=30&pay_unit=year&code=20670&ai=none"
    empty = form_of(client.get("/jobs/").text)
    assert 'value="spine"' in form_of(client.get(typed).text)
    assert form_of(client.get("/jobs/?utm_source=mail").text) == empty
    assert form_of(client.get("/jobs/?pay=lots").text) != empty  # says what is wrong
    assert form_of(client.get("/jobs/?utm_source=feed").text) == empty


def form_of(page: str) -> str:
    return page[page.index("<form id=") : page.index("</form>", page.index("<form id="))]


def test_nothing_found_says_what_to_do(client: Client) -> None:
    make_posting()
    response = client.get("/jobs/?q=xqzzy")
    assert response.status_code == 200
    assert "No jobs" in response.text
    assert "Nothing matches all of this yet" in response.text


def test_pages_show_each_job_once_and_keep_the_search(client: Client) -> None:
    at = timezone.now()
    for number in range(45):
        make_posting(title=f"Coder {number:02}", specialties=["urology"], at=at)  # all published at the same moment
    pages = [client.get(f"/jobs/?specialty=urology&page={number}") for number in (1, 2, 3)]
    shown = [posting.pk for page in pages for posting in page.context["page"]]
    assert len(shown) == len(set(shown)) == 45
    assert 'href="/jobs/?specialty=urology&amp;page=3"' in pages[1].text
    assert 'href="/jobs/?specialty=urology&amp;page=1"' in pages[1].text
    assert "45 jobs" in pages[0].text


@pytest.mark.parametrize("page", ["99", "99999999999999999999999", "0", "-1", "two", "1.5", ""])
def test_a_page_that_is_not_there_shows_one_that_is(client: Client, page: str) -> None:
    make_posting(title="The only coder")
    response = client.get("/jobs/", {"page": page})
    assert response.status_code == 200
    assert "The only coder" in response.text


def test_head_shows_the_feed_and_one_address(client: Client) -> None:
    page = client.get("/jobs/?pay=30&credential=CPC&utm_source=mail&sort=pay").text
    assert 'type="application/atom+xml"' in page
    assert '/feeds/jobs.atom?credential=CPC&amp;pay=30"' in page
    assert 'rel="canonical" id="page-address" href="http://localhost' in page
    assert '/jobs/?credential=CPC&amp;pay=30"' in page


def test_every_job_costs_no_query_of_its_own(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(25):
        make_posting(title="Urology coder", specialties=["urology"], code_families=["cpt:52"])
    client.force_login(make_user())
    with django_assert_max_num_queries(8):
        response = client.get("/jobs/?q=urology&specialty=urology&state=TX&pay=20&sort=pay")
    assert len(response.context["page"]) == 20


def test_searching_changes_nothing_so_only_get_and_head_are_answered(client: Client) -> None:
    assert client.post("/jobs/").status_code == 405
    assert client.head("/jobs/").status_code == 200


def test_what_was_edited_is_ranked_anew(client: Client) -> None:
    posting = make_posting(title="Coder", description="Spine charts.")
    make_posting(title="Spine coder", description="Spine, spine and spine charts.")
    titles = re.compile(r'class="job-title"><a [^>]*>([^<]*)<')
    assert titles.findall(client.get("/jobs/?q=spine").text) == ["Spine coder", "Coder"]
    posting.refresh_from_db()
    posting.title = "Spine auditor: spine, spine, spine"
    posting.description = "Spine, spine, spine and spine charts."
    posting.save()
    assert titles.findall(client.get("/jobs/?q=spine").text)[0] == "Spine auditor: spine, spine, spine"
    assert titles.findall(client.get("/jobs/?q=charts+spine").text)[0] == "Spine auditor: spine, spine, spine"
