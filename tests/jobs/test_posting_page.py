"""The page of one job: what it says while it is open, and after."""

from datetime import UTC, datetime, timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobboard.postings import board
from jobboard.postings.models import Posting
from tests.factories import DAY, make_code, make_employer, make_posting, make_user

pytestmark = pytest.mark.django_db


def test_it_says_every_fact(client: Client) -> None:
    posting = make_posting(
        title="Spine coder",
        employer=make_employer(
            "Quiet Harbor", website="https://quiet.example", city="Reno", state="NV", is_agency=True
        ),
        roles=["coder", "auditor"],
        specialties=["spine"],
        setting="pro-fee",
        credentials_required=["CPC"],
        credentials_preferred=["COSC"],
        apprentice="with-experience",
        years_min=2,
        software=["epic"],
        schedule="core",
        remote_states=["TX", "FL"],
        pay_min=4,
        pay_max=5,
        pay_unit="chart",
        units_per_hour=8,
        accuracy_percent=95,
        benefits=["ceu"],
        description="Read **laminectomy** notes.",
    )
    page = client.get(posting.get_absolute_url()).text
    for words in (
        *("Spine coder", "Quiet Harbor", "https://quiet.example", "Reno, NV", "Staffing agency"),
        *("Medical coder, Coding auditor", "Spine and neurosurgery", "Professional fee", "CPC", "COSC"),
        *("Apprentices with experience considered", "2 years or more", "Epic", "flexible around core hours"),
        *(
            "open to people living in Florida or Texas",
            "$4 to $5 per chart",
            "8 charts an hour, 95% accuracy",
            "CEUs paid",
        ),
        *("about $32 to $40 an hour ($4 to $5 per chart × 8 charts an hour)", "about $66,560 to $83,200 a year"),
        *("<strong>laminectomy</strong>", "Open until", f"Job {posting.pk}"),
    ):
        assert words in page
    assert f'rel="canonical" href="{settings.SITE_URL}{posting.get_absolute_url()}"' in page


def test_a_posting_edited_after_it_was_published_says_when(client: Client) -> None:
    at = timezone.now()
    posting = make_posting(edited_at=at - DAY)
    assert "last edited" in client.get(posting.get_absolute_url()).text
    assert "last edited" not in client.get(make_posting().get_absolute_url()).text


def test_days_are_those_of_the_reader(client: Client) -> None:
    noon = datetime.now(UTC).replace(hour=3, minute=30)  # still yesterday in America
    published = noon - 5 * DAY
    posting = make_posting(published_at=published, submitted_at=published, approved_at=published, edited_at=published)
    client.force_login(make_user(time_zone="Asia/Tokyo"))
    assert f"{published:%B} {published.day}, {published.year}" in client.get(posting.get_absolute_url()).text
    client.force_login(make_user(time_zone="America/Chicago"))
    day = published - DAY
    assert f"{day:%B} {day.day}, {day.year}" in client.get(posting.get_absolute_url()).text


@pytest.mark.parametrize("slug", ["spine", "an-older-title", "SPINE-CODER"])
def test_an_old_address_leads_to_the_present_one(client: Client, slug: str) -> None:
    posting = make_posting(title="Spine coder")
    response = client.get(f"/jobs/{posting.pk}-{slug}/")
    assert response.status_code == 301
    assert response["Location"] == f"/jobs/{posting.pk}-spine-coder/"


class TestApply:
    def test_on_this_site(self, client: Client) -> None:
        posting = make_posting()
        assert f'href="{posting.get_absolute_url()}apply/"' in client.get(posting.get_absolute_url()).text

    def test_on_the_employers_site(self, client: Client) -> None:
        posting = make_posting(apply_by="url", apply_url="https://careers.example/?job=1&x=2")
        page = client.get(posting.get_absolute_url()).text
        assert 'href="https://careers.example/?job=1&amp;x=2" rel="nofollow noopener external"' in page
        assert "Leads away from" in page
        assert "careers.example. What you send" in page
        assert "apply/" not in page

    def test_by_mail(self, client: Client) -> None:
        posting = make_posting(title="Coder & auditor?", apply_by="email", apply_email="jobs+cpc@quiet.example")
        page = client.get(posting.get_absolute_url()).text
        assert 'href="mailto:jobs%2Bcpc@quiet.example?subject=Coder%20%26%20auditor%3F"' in page


def test_a_family_that_names_one_code_leads_to_its_page(client: Client) -> None:
    implant = make_code("cpt", "20670", "Superficial implant removal")
    posting = make_posting(code_families=["cpt:20670", "cpt:27", "icd-10-cm:M5450"])
    page = client.get(posting.get_absolute_url()).text
    assert f'href="{implant.get_absolute_url()}" title="Superficial implant removal">CPT 20670</a>' in page
    assert "<span>CPT 27…</span>" in page
    assert "<span>ICD-10-CM M54.50</span>" in page


def test_similar_jobs_share_employer_or_specialty_and_the_nearest_come_first(client: Client) -> None:
    quiet = make_employer("Quiet Harbor")
    posting = make_posting(employer=quiet, specialties=["spine"], title="This one")
    make_posting(employer=quiet, specialties=["urology"], title="Same employer")
    make_posting(employer=quiet, specialties=["spine"], title="Same both")
    make_posting(specialties=["spine", "em"], title="Same specialty")
    make_posting(specialties=["urology"], title="Neither")
    similar = client.get(posting.get_absolute_url()).context["similar"]
    assert [each.title for each in similar] == ["Same both", "Same specialty", "Same employer"]


def test_of_similar_jobs_those_with_the_same_role_and_workplace_come_first_then_the_newest(client: Client) -> None:
    at, same = timezone.now(), {"specialties": ["spine"], "roles": ["auditor"]}
    posting = make_posting(**same, title="This one")
    make_posting(**same, title="Older", published_at=at - timedelta(days=9))
    make_posting(**same, title="Newer", published_at=at - timedelta(days=8))
    make_posting(
        specialties=["spine"], roles=["auditor"], workplace="on-site", city="Austin", state="TX", title="There"
    )
    make_posting(specialties=["spine"], roles=["coder"], title="Other role")
    make_posting(
        specialties=["spine"], roles=["coder"], workplace="on-site", city="Austin", state="TX", title="Neither"
    )
    make_posting(specialties=["spine"], roles=["coder"], workplace="on-site", city="Austin", state="TX", title="Sixth")
    similar = client.get(posting.get_absolute_url()).context["similar"]
    assert [each.title for each in similar][:4] == ["Newer", "Older", "There", "Other role"]
    assert len(similar) == 5


def test_it_costs_few_queries(client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    make_code("cpt", "20670", "Superficial implant removal")
    posting = make_posting(specialties=["spine"], code_families=["cpt:20670", "cpt:27", "hcpcs:J1885"])
    for _ in range(8):
        make_posting(specialties=["spine"])
    user = make_user()
    client.force_login(user)
    UserSession.objects.create(user=user, session_key=client.session.session_key, ip="127.0.0.1")  # as allauth notes it
    board.build_ahead()  # as when a worker starts
    with django_assert_max_num_queries(8):
        assert client.get(posting.get_absolute_url()).status_code == 200


class TestEnded:
    @pytest.mark.parametrize(("stands", "said"), [("closed", "This job is closed"), ("expired", "This job has ended")])
    def test_it_says_so_and_shows_what_is_open(self, client: Client, stands: str, said: str) -> None:
        posting = make_posting(stands, title="Spine coder", specialties=["spine"])
        make_posting(specialties=["spine"], title="Another spine coder")
        make_posting("closed", specialties=["spine"], title="Closed too")
        response = client.get(posting.get_absolute_url())
        assert response.status_code == 410
        for words in ("Spine coder", said, "Another spine coder", "noindex"):
            assert words in response.text
        for words in ("Closed too", "ld+json", "apply/", "Apply"):
            assert words not in response.text

    def test_an_old_address_of_it_still_redirects(self, client: Client) -> None:
        posting = make_posting("closed", title="Spine coder")
        assert client.get(f"/jobs/{posting.pk}-old/").status_code == 301

    def test_it_costs_few_queries(self, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
        posting = make_posting("closed", specialties=["spine"])
        for _ in range(8):
            make_posting(specialties=["spine"])
        with django_assert_max_num_queries(8):
            client.get(posting.get_absolute_url())


def test_only_get_and_head_are_answered(client: Client) -> None:
    address = make_posting().get_absolute_url()
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_the_last_day_is_open_to_its_end(client: Client) -> None:
    at = timezone.now()
    assert client.get(make_posting(expires_at=at + timedelta(minutes=1)).get_absolute_url()).status_code == 200
    assert client.get(make_posting(expires_at=at - timedelta(minutes=1)).get_absolute_url()).status_code == 410


def test_crawlers_are_told_what_is_not_for_them(client: Client) -> None:
    response = client.get("/robots.txt")
    assert response["Content-Type"].startswith("text/plain")
    assert "Disallow: /me/" in response.text
    assert "Disallow: /jobs/\n" not in response.text


def test_words_of_the_employer_are_text(client: Client) -> None:
    posting = make_posting(
        title="<script>alert(1)</script>", description="<img src=x onerror=alert(1)> [x](javascript:x)"
    )
    page = client.get(posting.get_absolute_url()).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript' not in page
    assert Posting.objects.get().slug
