"""The drawing: bars within it, as high as their numbers."""

from datetime import date, timedelta

import pytest

from jobboard.statistics.chart import HEIGHT, WIDTH, draw

DAYS = [date(2026, 3, 1) + timedelta(days=number) for number in range(4)]


def test_bars_are_as_high_as_their_numbers_and_stay_inside():
    chart = draw("Views", ("views", "readers"), dict(zip(DAYS, [(20, 10), (0, 0), (5, 5), (1, 0)], strict=True)))
    assert chart.top == 20
    first, empty, third, _ = chart.days
    assert (first.back.height, first.back.y, first.front.height) == (HEIGHT, 0, HEIGHT / 2)
    assert empty.back.height == 0
    assert third.back.height == HEIGHT / 4
    for day in chart.days:
        for bar in (day.back, day.front):
            assert 0 <= bar.x < bar.x + bar.width <= WIDTH
            assert bar.y + bar.height == HEIGHT
    assert first.words == "March 1: 20 views, 10 readers"


@pytest.mark.parametrize(("most", "top"), [(0, 4), (4, 4), (5, 5), (7, 10), (11, 20), (21, 50), (51, 100), (100, 100)])
def test_the_edge_is_the_next_round_number(most, top):
    assert draw("Views", ("views", "readers"), {DAYS[0]: (most, 0)}).top == top


def test_nothing_counted_is_nothing_to_draw():
    assert draw("Views", ("views", "readers"), {DAYS[0]: (0, 0)}).is_empty
    assert not draw("Views", ("views", "readers"), {DAYS[0]: (0, 1)}).is_empty
