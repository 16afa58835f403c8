"""Pay far outside what jobs of the kind pay."""

from datetime import timedelta

from django.utils import timezone

from jobboard.employers.models import Employer
from jobboard.moderation import tasks
from jobboard.moderation.looks import pay
from jobboard.moderation.models import PayRange
from jobboard.postings.models import Posting
from tests.factories import make_posting

NOW = timezone.now()


def make_market(harbor: Employer, count: int = 20, **fields: object) -> None:
    for number in range(count):
        make_posting(
            "expired" if number % 2 else "live", employer=harbor, pay_min=26 + number % 5, pay_max=32, **fields
        )


def test_ranges_are_made_of_twenty_that_were_live(harbor: Employer) -> None:
    make_market(harbor, 19)
    make_posting("draft", employer=harbor)
    make_posting("held", employer=harbor)
    make_posting("submitted", employer=harbor)
    assert tasks.renew_pay_ranges() == 0
    make_posting(employer=harbor)
    assert tasks.renew_pay_ranges() == 1
    assert tasks.renew_pay_ranges() == 1
    known = PayRange.objects.get()
    assert (known.role, known.unit, known.count) == ("coder", "hour", 20)


def test_far_from_the_middle_of_its_kind(harbor: Employer) -> None:
    make_market(harbor)
    tasks.renew_pay_ranges()
    assert pay.far(make_posting("submitted", pay_min=28, pay_max=38), NOW) is None
    high = pay.far(make_posting("submitted", pay_min=70, pay_max=90), NOW)
    assert "times the middle of its kind: $30" in high.sentence
    assert "20 postings" in high.sentence
    assert high.words == ["$70 to $90 per hour"]
    assert "of the middle of its kind" in pay.far(make_posting("submitted", pay_min=9, pay_max=None), NOW).sentence


def test_one_absurd_posting_moves_no_range(harbor: Employer) -> None:
    make_market(harbor)
    tasks.renew_pay_ranges()
    before = PayRange.objects.get().middle
    make_posting(employer=harbor, pay_min=9_000_000, pay_max=9_000_000)
    tasks.renew_pay_ranges()
    assert abs(PayRange.objects.get().middle - before) < 0.05


def test_unknown_kinds_have_fixed_bounds(harbor: Employer) -> None:
    PayRange.objects.all().delete()
    sane = make_posting("submitted", employer=harbor, pay_min=60_000, pay_max=70_000, pay_unit="year")
    assert pay.far(sane, NOW) is None
    low = make_posting("submitted", employer=harbor, pay_min=1, pay_max=1, pay_unit="chart", units_per_hour=4)
    assert "About $4 an hour" in pay.far(low, NOW).sentence
    high = make_posting("submitted", employer=harbor, pay_min=900, pay_max=None, pay_unit="hour")
    assert "About $900 an hour" in pay.far(high, NOW).sentence


def test_what_states_no_comparable_pay_is_not_judged(harbor: Employer) -> None:
    for fields in ({"pay_min": None, "pay_max": None, "pay_unit": ""}, {"pay_unit": "project", "pay_min": 1}):
        assert pay.far(make_posting("submitted", employer=harbor, **fields), NOW) is None
    assert pay.far(Posting(pay_min=1, pay_unit=""), NOW + timedelta(days=1)) is None
