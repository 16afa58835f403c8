"""Pay in words, and its comparable number with the arithmetic."""

from decimal import Decimal

import pytest

from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import make_posting


def pay(low: str | None, high: str | None, unit: str, units: str | None = None) -> Posting:
    amount = lambda text: None if text is None else Decimal(text)  # noqa: E731
    return Posting(pay_min=amount(low), pay_max=amount(high), pay_unit=unit, units_per_hour=amount(units))


@pytest.mark.parametrize(
    ("posting", "text", "estimate"),
    [
        (pay("28", "34.5", "hour"), "$28 to $34.50 per hour", ""),
        (pay("28", None, "hour"), "from $28 per hour", ""),
        (pay(None, "34.5", "hour"), "up to $34.50 per hour", ""),
        (pay("28", "28", "hour"), "$28 per hour", ""),
        (pay("63000", None, "year"), "from $63,000 per year", "about $30.29 an hour ($63,000 per year ÷ 2,080 hours)"),
        (pay("240", "240", "day"), "$240 per day", "about $30 an hour ($240 per day ÷ 8 hours)"),
        (
            pay("2.5", "3", "chart", "12"),
            "$2.50 to $3 per chart",
            "about $30 to $36 an hour ($2.50 to $3 per chart × 12 charts an hour)",
        ),
        (pay("2.5", "3", "chart"), "$2.50 to $3 per chart", ""),
        (pay("500", "500", "project", "2"), "$500 per project", ""),
        (pay(None, None, ""), "", ""),
        (pay("5", None, ""), "from $5", ""),
    ],
)
def test_pay_in_words(posting: Posting, text: str, estimate: str) -> None:
    assert (posting.pay_text, posting.pay_estimate) == (text, estimate)


def test_an_hourly_pay_has_a_yearly_equivalent() -> None:
    assert pay("28", "34.5", "hour").pay_estimate_yearly == (
        "about $58,240 to $71,760 a year ($28 to $34.50 an hour × 2,080 hours)"
    )
    assert pay("60000", "70000", "year").pay_estimate_yearly == ""


@pytest.mark.parametrize(
    ("posting", "glance"),
    [
        (pay("30", "40", "hour"), "about $62k to $83k a year"),
        (pay("62400", None, "year"), "about $30 an hour"),
        (pay("4", "5", "chart", "8"), "about $32 to $40 an hour, $67k to $83k a year"),
        (pay("2.5", "2.5", "chart", "12.5"), "about $31.25 an hour, $65k a year"),
        (pay("240", "240", "day"), "about $30 an hour, $62k a year"),
        (pay("30", "30.10", "hour"), "about $62k to $63k a year"),
        (pay("30", "30.01", "hour"), "about $62k a year"),
        (pay("3", None, "hour"), "about $6,240 a year"),
        (pay("2.5", "3", "chart"), ""),
        (pay("500", "500", "project", "2"), ""),
        (pay(None, None, ""), ""),
    ],
)
def test_a_card_compares_by_the_hour_and_by_the_year(posting: Posting, glance: str) -> None:
    assert posting.pay_at_a_glance == glance


@pytest.mark.parametrize("kind", ["part-time", "per-diem", "contract", "temporary", "internship"])
def test_where_nobody_works_a_whole_year_there_is_no_yearly_equivalent(kind: str) -> None:
    by_chart = pay("4", "5", "chart", "8")
    by_hour = pay("30", "40", "hour")
    by_chart.employment_type = by_hour.employment_type = kind
    assert by_chart.pay_at_a_glance == "about $32 to $40 an hour"
    assert (by_hour.pay_at_a_glance, by_hour.pay_estimate_yearly) == ("", "")


@pytest.mark.parametrize("unit", ["hour", "day", "year", "chart", "project"])
def test_the_database_computes_the_same_number(unit: str, harbor: Employer) -> None:
    posting = make_posting(employer=harbor, pay_min=100, pay_max=None, pay_unit=unit, units_per_hour=3)
    expected = {"hour": "100", "day": "12.5", "year": "0.05", "chart": "300", "project": None}[unit]
    assert posting.pay_hourly_min == (None if expected is None else Decimal(expected))


def test_the_largest_amounts_fit(harbor: Employer) -> None:
    most = make_posting(employer=harbor, pay_min="9999999.99", pay_max=None, pay_unit="chart", units_per_hour=1000)
    assert most.pay_hourly_min == Decimal("9999999990.00")
