"""A search has one query string, however it was put together."""

import pytest
from django.http import QueryDict

from jobboard.postings.search import PostingFilter, canonical_query


@pytest.mark.parametrize(
    ("written", "canonical"),
    [
        ("", ""),
        ("q=&state=&pay=", ""),
        ("state=TX&q=coder", "q=coder&state=TX"),
        ("q=++ortho++coder+", "q=ortho+coder"),
        ("credential=CPC&credential=CCS&credential=CPC", "credential=CCS&credential=CPC"),
        ("state=TX&state=OH", "state=OH"),
        ("utm_source=mail&q=coder&page=7&sort=pay", "q=coder"),
        ("pay_unit=year", ""),
        ("pay=30&pay_unit=hour", "pay=30"),
        ("pay=60000&pay_unit=year", "pay=60000&pay_unit=year"),
        ("q=a%26b%3Dc&workplace=remote", "q=a%26b%3Dc&workplace=remote"),
    ],
)
def test_one_form(written: str, canonical: str) -> None:
    assert canonical_query(QueryDict(written)) == canonical
    assert canonical_query(QueryDict(canonical)) == canonical


def test_the_order_is_kept_where_it_is_asked_for() -> None:
    assert canonical_query(QueryDict("sort=pay&q=coder&page=2"), "sort") == "q=coder&sort=pay"


def test_each_criterion_can_be_dropped_by_itself() -> None:
    search = PostingFilter(QueryDict("credential=CPC&credential=CCS&pay=60000&pay_unit=year&sort=pay&q=x"))
    assert {criterion.words: criterion.without for criterion in search.criteria} == {
        "“x”": "credential=CCS&credential=CPC&pay=60000&pay_unit=year&sort=pay",
        "At least $60,000 a year": "credential=CCS&credential=CPC&q=x&sort=pay",
        "CPC": "credential=CCS&pay=60000&pay_unit=year&q=x&sort=pay",
        "CCS": "credential=CPC&pay=60000&pay_unit=year&q=x&sort=pay",
    }


def test_a_search_sums_itself_up() -> None:
    search = PostingFilter(QueryDict("state=TX&workplace=remote&credential=CPC&pay=30&code=20670"))
    assert search.summary == "Texas, Remote, At least $30 an hour, CPC, Needs CPT 20670"
    assert PostingFilter(QueryDict("")).summary == ""
