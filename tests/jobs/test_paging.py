"""Pages of a long list: the same from the end as from the beginning; the count is kept, and the rows are not."""

from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.core.cache import caches
from django.db.models import F
from django.test import Client
from django.utils import timezone

from jobboard.postings import kept
from jobboard.postings.models import Posting
from jobboard.postings.paging import Pages
from jobboard.postings.vocabulary import Outcome
from tests.factories import make_posting, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def board() -> list[Posting]:
    """Seven postings; two state no pay, two state the same."""
    return [make_posting(pay_min=None if pay is None else Decimal(pay), pay_max=None, pay_unit="hour" if pay else "")
            for pay in (30, None, 20, 40, 30, None, 25)]  # fmt: skip


@pytest.fixture
def few_are_many(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(kept, "MANY", 2)
    caches["pages"].clear()
    yield
    caches["pages"].clear()  # no other test is to find what was kept here


@pytest.mark.parametrize("order", [["-published_at"], [F("pay_hourly_max").desc(nulls_last=True)], ["pay_hourly_min"]])
def test_every_posting_once_and_in_order(board: list[Posting], order: list) -> None:
    found = Posting.objects.order_by(*order, "-id")
    pages = Pages(found, 2)
    assert [len(pages.page(number)) for number in pages.page_range] == [2, 2, 2, 1]
    assert [posting for number in pages.page_range for posting in pages.page(number)] == list(found)


def test_the_last_page_is_not_counted_up_to(board: list[Posting], django_assert_num_queries: object) -> None:
    with django_assert_num_queries(2) as queries:
        list(Pages(Posting.objects.order_by("-published_at", "-id"), 2).get_page(4))
    assert "LIMIT 1" in queries[1]["sql"]
    assert "OFFSET" not in queries[1]["sql"]


def test_nothing_found() -> None:
    assert Pages(Posting.objects.filter(pk__in=[]).order_by("id"), 2).count == 0
    assert Pages(Posting.objects.order_by("id"), 2).get_page(9).number == 1


def test_a_count_of_many_is_kept_and_the_list_is_not(
    client: Client, board: list[Posting], few_are_many: None, django_assert_num_queries: object
) -> None:
    assert "7 jobs" in client.get("/jobs/").text
    board[0].close(timezone.now(), make_user(), Outcome.CANCELLED)
    page = client.get("/jobs/").text
    assert "7 jobs" in page
    assert board[0].get_absolute_url() not in page


def test_a_count_of_few_is_exact(client: Client, board: list[Posting]) -> None:
    assert "7 jobs" in client.get("/jobs/").text
    board[0].close(timezone.now(), make_user(), Outcome.CANCELLED)
    assert "6 jobs" in client.get("/jobs/").text
