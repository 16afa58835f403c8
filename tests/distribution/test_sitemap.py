"""The site map: what it lists, how it is split, and that it costs the same however long it is."""

import re
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobboard import sitemaps
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from jobboard.sitemaps import Listed, Page
from tests.factories import DAY, make_code, make_employer, make_posting

pytestmark = pytest.mark.django_db
S = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def read(client: Client, address: str) -> dict[str, str | None]:
    """The addresses in a file, each with its date."""
    response = client.get(address)
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/xml")
    root = ElementTree.fromstring(response.getvalue())  # noqa: S314 - our own output
    return {entry.findtext(f"{S}loc"): entry.findtext(f"{S}lastmod") for entry in root}


def whole(client: Client) -> dict[str, str | None]:
    """Every page in every file, with its path."""
    parts = read(client, "/sitemap.xml")
    pages = [read(client, part.removeprefix(settings.SITE_URL)) for part in parts]
    return {address.removeprefix(settings.SITE_URL): at for each in pages for address, at in each.items()}


def test_it_lists_postings_employers_code_pages_and_the_ways_to_them(client: Client) -> None:
    edited = datetime(2026, 11, 3, 12, 0, 5, 99, tzinfo=UTC)
    posting = make_posting(employer=make_employer("Quiet & Harbor"), published_at=edited - DAY, edited_at=edited)
    idle = make_employer()
    code = make_code("hcpcs", "J1885", "Ketorolac")
    pages = whole(client)
    assert pages[posting.get_absolute_url()] == "2026-11-03T12:00:05+00:00"
    assert pages[posting.employer.get_absolute_url()] == "2026-11-03T12:00:05+00:00"
    assert pages[code.get_absolute_url()] == code.changed_at.isoformat(timespec="seconds")
    assert {"/", "/jobs/", "/codes/", "/codes/hcpcs/", code.heading.get_absolute_url()} <= set(pages)
    assert idle.get_absolute_url() not in pages, "the page of an employer that does not hire asks not to be listed"
    assert all(client.get(path).status_code == 200 for path in pages if not path.startswith("/codes/cpt"))


def test_the_index_dates_each_file_by_its_newest_change(client: Client) -> None:
    make_posting(edited_at=timezone.now() - 9 * DAY)
    newest = make_posting(edited_at=timezone.now())
    (dated,) = [at for address, at in read(client, "/sitemap.xml").items() if "/sitemaps/jobs-" in address]
    assert dated == newest.edited_at.isoformat(timespec="seconds")


@pytest.mark.parametrize("stands", ["draft", "submitted", "held", "expired", "closed"])
def test_what_is_not_live_is_not_listed(client: Client, stands: str) -> None:
    posting = make_posting(stands)
    assert not [path for path in whole(client) if re.match(r"/jobs/\d|/employers/", path)]
    assert client.get(f"/sitemaps/jobs-{posting.pk // 10_000}.xml").status_code == 404


def test_a_suspended_employer_leaves_with_all_its_postings(client: Client) -> None:
    make_posting()
    Employer.objects.update(suspended_at=timezone.now())
    assert not [path for path in whole(client) if re.match(r"/jobs/\d|/employers/", path)]


def test_rows_go_by_their_ids_ten_thousand_to_a_file(client: Client) -> None:
    first, second, third = (make_posting(pk=pk) for pk in (19_999, 20_000, 1_234_567))
    files = [address for address in read(client, "/sitemap.xml") if "/sitemaps/jobs-" in address]
    assert [address.rpartition("/")[2] for address in files] == ["jobs-1.xml", "jobs-2.xml", "jobs-123.xml"]
    for number, posting in ((1, first), (2, second), (123, third)):
        assert list(read(client, f"/sitemaps/jobs-{number}.xml")) == [settings.SITE_URL + posting.get_absolute_url()]


def test_a_file_costs_a_query_for_each_thousand_rows(
    client: Client, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    monkeypatch.setattr(sitemaps, "CHUNK", 2)
    postings = [make_posting(pk=pk) for pk in range(10, 15)]
    with django_assert_num_queries(4):  # two, two, one, and none
        pages = read(client, "/sitemaps/jobs-0.xml")
    assert len(pages) == len(postings)


def test_pages_that_are_no_rows_are_split_too(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemaps, "_sections", {})
    monkeypatch.setattr(sitemaps, "PAGES_A_PART", 2)
    at = datetime(2026, 11, 1, tzinfo=UTC)
    sitemaps.register(Listed("landing", lambda _now: [Page("/a/", at), Page("/b/", at + DAY), Page("/c/?x=1&y=2")]))
    assert list(read(client, "/sitemap.xml").values()) == ["2026-11-02T00:00:00+00:00", None]
    assert list(read(client, "/sitemaps/landing-1.xml")) == [f"{settings.SITE_URL}/c/?x=1&y=2"]


@pytest.mark.parametrize("name", ["jobs-7", "none-0", f"jobs-{10**30}", "entrances-1", f"entrances-{10**18}"])
def test_there_is_no_other_file(client: Client, name: str) -> None:
    make_posting(pk=1)
    assert client.get(f"/sitemaps/{name}.xml").status_code == 404


def test_it_is_read_only(client: Client) -> None:
    assert client.post("/sitemap.xml").status_code == 405
    assert client.post("/sitemaps/jobs-0.xml").status_code == 405


def test_robots_txt_names_it(client: Client) -> None:
    assert f"\nSitemap: {settings.SITE_URL}/sitemap.xml\n" in client.get("/robots.txt").text


def test_a_posting_that_closes_is_out_of_the_map_at_once(client: Client) -> None:
    posting = make_posting()
    assert posting.get_absolute_url() in whole(client)
    Posting.objects.update(closed_at=timezone.now(), outcome="filled-here")
    assert posting.get_absolute_url() not in whole(client)
