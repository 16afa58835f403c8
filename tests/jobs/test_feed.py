"""The Atom feed of a search."""

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import DAY, make_employer, make_posting

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client: Client, query: str = "") -> list[ElementTree.Element]:
    response = client.get(f"/feeds/jobs.atom?{query}")
    assert response.status_code == 200
    assert response["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(response.content).findall(f"{ATOM}entry")  # noqa: S314 - our own output


def test_an_entry_says_what_and_where(client: Client) -> None:
    posting = make_posting(title="Coder & auditor", employer=make_employer("Quiet Harbor"), remote_states=["TX"])
    (entry,) = entries(client)
    assert entry.findtext(f"{ATOM}title") == "Coder & auditor at Quiet Harbor"
    assert entry.find(f"{ATOM}link").attrib["href"].endswith(f"{posting.get_absolute_url()}?from=feed")
    assert entry.findtext(f"{ATOM}id").endswith(f"/jobs/{posting.pk}")
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Quiet Harbor"
    summary = entry.findtext(f"{ATOM}summary")
    for words in ("Remote, open to people living in Texas", "$30 to $40 per hour", "<strong>Two</strong>"):
        assert words in summary


def test_it_takes_the_query_of_the_search(client: Client) -> None:
    make_posting(title="Urology", specialties=["urology"])
    make_posting(title="Spine", specialties=["spine"])
    assert [entry.findtext(f"{ATOM}title").split()[0] for entry in entries(client, "specialty=spine")] == ["Spine"]
    feed = ElementTree.fromstring(client.get("/feeds/jobs.atom?specialty=spine&sort=pay").content)  # noqa: S314
    assert feed.findtext(f"{ATOM}title").endswith("jobs: Spine and neurosurgery")
    assert feed.find(f"{ATOM}link[@rel='self']").attrib["href"].endswith("/feeds/jobs.atom?specialty=spine")


def test_the_newest_come_first_and_no_more_than_fifty(
    client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    at = timezone.now()
    for number in range(52):
        moment = at - DAY - number * DAY / 100
        make_posting(title=f"Coder {number}", published_at=moment, submitted_at=moment, approved_at=moment)
    client.get("/feeds/jobs.atom")  # the process reads what is live once
    with django_assert_max_num_queries(2):
        titles = [entry.findtext(f"{ATOM}title") for entry in entries(client, "sort=pay")]
    assert len(titles) == 50
    assert titles[0].startswith("Coder 0 ")


def test_an_edited_posting_is_news(client: Client) -> None:
    at = timezone.now()
    make_posting(edited_at=at)
    (entry,) = entries(client)
    assert entry.findtext(f"{ATOM}updated")[:10] == at.isoformat()[:10]


def test_another_feed_reads_the_journal_only(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_posting(title="Spine coder", specialties=["spine"])
    (kept,) = entries(client)
    with django_assert_num_queries(1):
        (entry,) = entries(client, "specialty=spine")
    assert ElementTree.tostring(entry) == ElementTree.tostring(kept)


def test_what_changes_or_ends_does_so_in_every_feed_at_once(client: Client) -> None:
    posting = make_posting(title="Spine coder", specialties=["spine"])
    entries(client)
    Posting.objects.filter(pk=posting.pk).update(title="Hip coder")
    Employer.objects.filter(pk=posting.employer_id).update(name="Loud Harbor")
    (entry,) = entries(client, "specialty=spine")
    assert entry.findtext(f"{ATOM}title") == "Hip coder at Loud Harbor"
    Employer.objects.filter(pk=posting.employer_id).update(suspended_at=timezone.now())
    assert entries(client, "workplace=remote") == []


def test_a_reader_that_has_it_all_is_sent_nothing(client: Client) -> None:
    make_posting()
    etag = client.get("/feeds/jobs.atom")["ETag"]
    assert client.get("/feeds/jobs.atom", headers={"If-None-Match": etag}).status_code == 304
    Posting.objects.update(closed_at=timezone.now(), outcome="filled-here")
    assert client.get("/feeds/jobs.atom", headers={"If-None-Match": etag}).status_code == 200


def test_characters_that_xml_cannot_write_do_not_break_it(client: Client) -> None:
    make_posting(title="Coder \x0b\x1f here", description="a\x08b")
    assert len(entries(client, "workplace=remote")) == 1
    assert entries(client, "q=%01%0B") == []
