"""Live postings beside a code."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from codes import slots
from codes.models import Code
from jobboard.employers.models import Employer
from jobboard.postings import board
from jobboard.postings.aside import jobs_found, jobs_needing
from jobboard.postings.models import Posting
from jobboard.postings.models.queryset import families_of
from jobboard.tracker.models import HiddenEmployer, HiddenPosting
from tests.factories import make_code, make_employer, make_posting, make_user

pytestmark = pytest.mark.django_db
IMPLANT = Code(system="cpt", code="20670")


def of_a_guest() -> HttpRequest:
    """A request of a guest."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    return request


def test_it_is_offered_to_every_code_page() -> None:
    make_posting(code_families=["cpt:20"])
    assert "jobs/_code_aside.html" in [each.template for each in slots.fragments("aside", of_a_guest(), IMPLANT)]


def test_a_code_nobody_needs_shows_nothing() -> None:
    make_posting(code_families=["cpt:30", "hcpcs:J", "icd-10-cm:M5450"])
    assert jobs_needing(of_a_guest(), IMPLANT) is None
    assert jobs_needing(of_a_guest(), Code(system="icd-10-cm", code="M54.51")) is None
    assert jobs_needing(of_a_guest(), Code(system="icd-10-cm", code="M54.50")) is not None


def test_three_are_shown_in_one_query_with_the_way_to_the_rest(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(5):
        make_posting(title=f"Coder {number}", code_families=["cpt:20"])
    board.build_ahead()
    with django_assert_num_queries(2):
        page = jobs_needing(of_a_guest(), IMPLANT).html()
    with django_assert_num_queries(1):
        assert jobs_needing(of_a_guest(), IMPLANT).html() == page
    assert page.count("<li>") == 3
    assert "Jobs that need 20670" in page
    assert 'href="/jobs/?code=cpt%3A20670"' in page


def test_the_board_finds_what_the_query_set_finds() -> None:
    at = timezone.now()
    for number, families in enumerate([["cpt:20"], ["cpt:20670", "cpt:2"], ["cpt:3"], ["hcpcs:2"], ["cpt:206"]]):
        make_posting(title=f"Coder {number}", code_families=families)
    make_posting("draft", code_families=["cpt:20"])

    def both() -> list[list[int]]:
        whole = Posting.objects.live(at).naming("cpt", "20670").values_list("pk", flat=True)
        return [list(board.current(at).newest_in(families_of("cpt", "20670"))), list(whole)]

    found, whole = both()
    assert found == whole
    assert len(found) == 3
    first, second, third = Posting.objects.filter(pk__in=found).order_by("-published_at", "-pk")
    Posting.objects.filter(pk=first.pk).update(paused_at=at)
    Posting.objects.filter(pk=second.pk).update(title="Another title")  # has another slot from now on
    Posting.objects.filter(pk=third.pk).update(code_families=["cpt:3"])
    found, whole = both()
    assert found == whole == [second.pk]
    make_posting(title="Newest coder", code_families=["cpt:2"])
    found, whole = both()
    assert found == whole
    assert len(found) == 2


def test_a_change_is_shown_at_once() -> None:
    posting = make_posting(title="Old title", code_families=["cpt:20"])
    assert "Old title" in jobs_needing(of_a_guest(), IMPLANT).html()
    Posting.objects.filter(pk=posting.pk).update(title="New title")
    assert "New title" in jobs_needing(of_a_guest(), IMPLANT).html()
    Employer.objects.filter(pk=posting.employer_id).update(name="Renamed Clinic")
    assert "Renamed Clinic" in jobs_needing(of_a_guest(), IMPLANT).html()
    Posting.objects.filter(pk=posting.pk).update(paused_at=timezone.now())
    assert jobs_needing(of_a_guest(), IMPLANT) is None


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
    assert jobs_needing(of_a_guest(), IMPLANT).html().count("<li>") == 3
    assert jobs_found(of_a_guest(), IMPLANT).context()["count"] == 3


def test_each_says_what_it_names_of_the_code() -> None:
    for families in (["cpt:20670", "cpt:2"], ["cpt:2", "cpt:206"], ["cpt:2", "hcpcs:J"]):
        make_posting(code_families=families)
    page = jobs_needing(of_a_guest(), IMPLANT).html()
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
        assert jobs_found(of_a_guest(), IMPLANT)
