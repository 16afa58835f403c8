"""The scale under the bars of the pay page."""

from decimal import Decimal

import pytest

from jobboard.pay.charts import WIDTH, Scale
from jobboard.pay.figures import Figure


def figure(low: str, median: str, high: str) -> Figure:
    return Figure("CPC", 5, 3, Decimal(low), Decimal(median), Decimal(high))


@pytest.mark.parametrize(("low", "high"), [("21.75", "42.95"), ("20", "40"), ("30", "30")])
def test_no_bar_runs_over_an_end_of_the_scale(low: str, high: str) -> None:
    shown = figure(low, high, high)
    scale = Scale([shown], "hour")
    bar = scale.bar("credential", shown)
    assert 0 <= bar.x <= bar.middle <= WIDTH
    assert bar.x + bar.width <= WIDTH + 2  # a bar without length is still drawn, two units wide


def test_the_last_line_stands_at_or_above_the_highest_amount() -> None:
    scale = Scale([figure("21.75", "30", "42.95")], "hour")
    assert [tick.words for tick in scale.ticks] == ["$20", "$30", "$40", "$50"]
