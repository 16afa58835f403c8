"""Live postings beside a code."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from codes import slots
from codes.models import Code
from jobboard.employers.models import Employer
from jobboard.postings.aside import _needing, jobs_found, jobs_needing
from jobboard.postings.models import Posting
from jobboard.postings.models.queryset import families_of
from jobboard.tracker.models import HiddenEmployer, HiddenPosting
from tests.factories import make_code, make_employer, make_posting, make_user

pytestmark = pytest.mark.django_db
REQUEST = RequestFactory().get("/")
REQUEST.user = AnonymousUser()
IMPLANT = Code(system="cpt", code="20670")


def test_it_is_offered_to_every_code_page() -> None:
    make_posting(code_families=["cpt:20"])
    assert "jobs/_code_aside.html" in [each.template for each in slots.fragments("aside", REQUEST, IMPLANT)]


def test_a_code_nobody_needs_shows_nothing() -> None:
    make_posting(code_families=["cpt:30", "hcpcs:J", "icd-10-cm:M5450"])
    assert jobs_needing(REQUEST, IMPLANT) is None
    assert jobs_needing(REQUEST, Code(system="icd-10-cm", code="M54.51")) is None
    assert jobs_needing(REQUEST, Code(system="icd-10-cm", code="M54.50")) is not None


def test_three_are_shown_in_one_query_with_the_way_to_the_rest(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        make_posting(title=f"Coder {number}", code_families=["cpt:20"])
    with django_assert_num_queries(2):
        page = jobs_needing(REQUEST, IMPLANT).html()
    with django_assert_num_queries(1):
        assert jobs_needing(REQUEST, IMPLANT).html() == page
    assert page.count("<li>") == 3
    assert "Jobs that need 20670" in page
    assert 'href="/jobs/?code=cpt%3A20670"' in page


def test_it_asks_what_the_query_set_asks() -> None:
    for number, families in enumerate([["cpt:20"], ["cpt:20670"], ["cpt:3"], ["hcpcs:2"]]):
        make_posting(title=f"Coder {number}", code_families=families)
    at = timezone.now()
    slim = _needing(families_of("cpt", "20670"), at, None)
    whole = Posting.objects.live(at).naming("cpt", "20670").values_list("pk", "edited_at", "employer__name")
    assert slim == list(whole)
    assert len(slim) == 2
    assert _needing(families_of("cpt", "20670"), at - timedelta(days=90), None) == []


def test_what_a_person_hid_is_not_shown_to_them() -> None:
    nora, request = make_user("nora@coders.example"), RequestFactory().get("/")
    request.user = nora
    for title in ("Hidden coder", "Other coder", "Shown coder"):
        make_posting(title=title, code_families=["cpt:20"], employer=make_employer(f"{title} Inc"))
    HiddenPosting.objects.create(user=nora, posting=Posting.objects.get(title="Hidden coder"), at=timezone.now())
    HiddenEmployer.objects.create(user=nora, employer=Employer.objects.get(name="Other coder Inc"), at=timezone.now())
    page = jobs_needing(request, IMPLANT).html()
    assert "Shown coder" in page
    assert "Hidden coder" not in page
    assert "Other coder" not in page
    assert jobs_found(request, IMPLANT).context()["count"] == 1
    assert jobs_needing(REQUEST, IMPLANT).html().count("<li>") == 3
    assert jobs_found(REQUEST, IMPLANT).context()["count"] == 3


def test_each_says_what_it_names_of_the_code() -> None:
    for families in (["cpt:20670", "cpt:2"], ["cpt:2", "cpt:206"], ["cpt:2", "hcpcs:J"]):
        make_posting(code_families=families)
    page = jobs_needing(REQUEST, IMPLANT).html()
    for named in ("CPT 20670", "CPT 206…", "CPT 2…"):
        assert f'Names <span class="code">{named}</span>' in page
    assert "HCPCS" not in page


def test_a_search_says_how_many_jobs_need_the_code_it_found(client: Client, django_assert_num_queries) -> None:
    make_code("cpt", "20670", "Implant removal")
    assert "its family" not in client.get("/case2code/", {"q": "20670"}).text
    make_posting(code_families=["cpt:20"])
    assert "1 live job</a> needs 20670 or its family" in client.get("/case2code/", {"q": "20670"}).text
    make_posting(code_families=["cpt:20670"])
    make_posting("draft", code_families=["cpt:20670"])
    text = client.get("/case2code/", {"q": "20670"}).text
    assert "2 live jobs</a> need 20670 or its family" in text
    assert 'href="/jobs/?code=cpt%3A20670"' in text
    with django_assert_num_queries(1):
        assert jobs_found(REQUEST, IMPLANT)
