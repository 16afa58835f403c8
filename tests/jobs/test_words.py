"""Columns in words."""

from datetime import UTC, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import timezone

from jobboard.postings.models import Posting
from jobboard.postings.templatetags.jobs import age, closing
from jobboard.postings.words import credentials, listing, place, where
from tests.factories import make_posting

NOON = datetime(2026, 3, 2, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(hours=1), "today"),
        (timedelta(hours=13), "yesterday"),  # it was 11 p.m. in New York
        (timedelta(days=3), "3 days ago"),
        (timedelta(days=13), "13 days ago"),
        (timedelta(days=14), "2 weeks ago"),
        (timedelta(days=60), "on Jan 1, 2026"),
    ],
)
def test_age_counts_the_readers_days(passed: timedelta, said: str) -> None:
    assert age(NOON - passed, NOON) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [(timedelta(hours=13), "closes today"), (timedelta(days=2), "closes in 2 days"), (timedelta(days=20), "")],
)
def test_closing(left: timedelta, said: str) -> None:
    assert closing(Posting(expires_at=NOON + left), NOON) == said
    assert closing(Posting(), NOON) == ""


def test_a_list_in_words() -> None:
    assert [listing(words) for words in ([], ["CPC"], ["CPC", "CCS"], ["CPC", "COC", "CCS"])] == [
        "",
        "CPC",
        "CPC or CCS",
        "CPC, COC or CCS",
    ]


def test_places() -> None:
    some, many = ["TX", "FL"], ["TX", "FL", "OH", "OK", "NM", "LA"]
    assert place(Posting(workplace="remote")) == "anywhere in the US"
    assert place(Posting(workplace="remote", remote_states=some)) == "FL, TX"
    assert place(Posting(workplace="remote", remote_states=many)) == "6 states"
    assert where(Posting(workplace="remote", remote_states=some)) == "Remote, open to people living in Florida or Texas"
    assert place(Posting(workplace="hybrid", city="Austin", state="TX")) == "Austin, TX"
    assert where(Posting(workplace="hybrid", city="Austin", state="TX")) == "Hybrid in Austin, Texas"
    assert where(Posting(workplace="hybrid")) == "Hybrid"


def test_credentials() -> None:
    assert credentials(Posting(credentials_required=["CPC", "CCS"])) == "CPC or CCS required"
    assert credentials(Posting(credentials_preferred=["CCS"])) == "CCS preferred"
    assert credentials(Posting()) == ""


@pytest.mark.django_db
def test_pay_in_words_and_the_stored_number_agree() -> None:
    for unit, amount, count in [
        ("hour", "31.25", None),
        ("day", "301", None),
        ("year", "61777", None),
        ("page", "3.33", "7.5"),
    ]:
        posting = make_posting(pay_min=amount, pay_max=None, pay_unit=unit, units_per_hour=count)
        said = posting.pay_comparable or posting.pay_text
        assert f"${posting.pay_hourly_max:,.2f}" in said
        assert posting.pay_hourly_min == posting.pay_hourly_max


@pytest.mark.django_db
def test_templates_can_say_them() -> None:
    posting = make_posting(roles=["coder", "auditor"], code_families=["cpt:27"])
    template = Template(
        '{% load jobs %}{{ posting|labels:"roles"|join:"+" }} {{ posting|place }} {{ posting.published_at|age:at }} '
        "{% for family in posting|needed_codes %}{{ family.label }}{% endfor %}"
    )
    said = template.render(Context({"posting": posting, "at": timezone.now()}))
    assert said == "Medical coder+Coding auditor anywhere in the US 2 days ago CPT 27…"
