"""A card is made once and shown in every list while its posting stays as it is; what is a reader's own is not kept."""

import re
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from jobboard.employers.models import Employer
from jobboard.postings import board
from jobboard.postings.cards import cards
from jobboard.postings.models import Posting
from jobboard.tracker.models import Tracked
from tests.factories import DAY, make_posting, make_user

pytestmark = pytest.mark.django_db


def test_another_list_reads_the_journal_only(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    make_posting(title="Spine coder", credentials_required=["CPC"])
    client.get("/jobs/")
    with django_assert_num_queries(1):
        assert "Spine coder" in client.get("/jobs/?credential=CPC").text


@pytest.mark.parametrize(
    "end",
    [
        lambda posting: Posting.objects.filter(pk=posting.pk).update(closed_at=timezone.now(), outcome="filled-here"),
        lambda posting: Posting.objects.filter(pk=posting.pk).update(expires_at=timezone.now()),
        lambda posting: Employer.objects.filter(pk=posting.employer_id).update(suspended_at=timezone.now()),
        lambda posting: posting.delete(),
    ],
)
def test_what_ends_leaves_every_list_at_once(client: Client, end: Callable[[Posting], object]) -> None:
    posting = make_posting(title="Spine coder")
    assert "Spine coder" in client.get("/jobs/").text
    end(posting)
    assert "Spine coder" not in client.get("/jobs/?sort=pay").text


def test_what_changes_is_shown_at_once(client: Client) -> None:
    posting = make_posting(title="Spine coder")
    client.get("/jobs/")
    Posting.objects.filter(pk=posting.pk).update(title="Hip coder")
    assert "Hip coder" in client.get("/jobs/?sort=pay").text
    Employer.objects.filter(pk=posting.employer_id).update(name="Loud Harbor")
    page = client.get("/jobs/?sort=pay").text
    assert "Hip coder" in page
    assert "Loud Harbor" in page


def test_how_old_it_is_follows_the_day_and_the_reader_s_zone() -> None:
    at = datetime(2026, 3, 10, 12, tzinfo=UTC)
    posting = make_posting(at=at - DAY)
    Posting.objects.filter(pk=posting.pk).update(published_at=datetime(2026, 3, 10, 3, tzinfo=UTC))

    def shown(moment: datetime) -> str:
        (card,) = cards([posting.pk], board.current(moment), moment)
        return card.html()

    assert "yesterday" in shown(at)  # in New York it was published on the 9th
    assert "2 days ago" in shown(at + DAY)
    with timezone.override("UTC"):
        assert "today" in shown(at)


def test_buttons_are_each_reader_s_own(client: Client) -> None:
    posting = make_posting(title="<!-- gap csrf_token --> coder")
    pages = {}
    for name in ("carl", "nora"):
        user = make_user(f"{name}@example.org")
        if name == "carl":
            Tracked.objects.create(user=user, posting=posting, saved_at=timezone.now())
        client.force_login(user)
        pages[name] = client.get(f"/jobs/?utm_source={name}").text
    buttons = {name: page[page.index(f'id="keep-{posting.pk}"') :] for name, page in pages.items()}
    assert "Saved: take" in buttons["carl"]
    assert "Saved: take" not in buttons["nora"]
    tokens = {name: re.findall(r'csrfmiddlewaretoken" value="(\w{64})"', part) for name, part in buttons.items()}
    assert not set(tokens["carl"]) & set(tokens["nora"])
    for name, page in buttons.items():
        assert f'name="next" value="/jobs/?utm_source={name}"' in page
        assert "&lt;!-- gap csrf_token --&gt; coder" in page
        assert "<!-- gap" not in page
    client.logout()
    assert "csrfmiddlewaretoken" not in client.get("/jobs/?utm_source=guest").text
