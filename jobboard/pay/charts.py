"""The figures as bars on one scale, in the units of an SVG that is `WIDTH` wide, with every number beside them."""

from collections.abc import Iterable
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import NamedTuple

from accounts.vocabulary import SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.pay.figures import Figure
from jobboard.postings.models.pay import dollars
from jobboard.postings.vocabulary import HOURS_PER_YEAR, Workplace

WIDTH = 240
STEPS = [Decimal(step) for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)]
MOST_TICKS = 5
LABELS: dict[str, dict[str, str]] = {
    "credential": {},
    "specialty": dict(SPECIALTY_CHOICES),
    "workplace": dict(Workplace.choices),
    "state": dict(STATE_CHOICES),
}


class Tick(NamedTuple):
    """A line of the scale: where it stands, and the amount in words."""

    x: float
    words: str


class Bar(NamedTuple):
    """A row: the group in words, its figure and amounts in words, and where the bar begins, ends and is marked."""

    label: str
    figure: Figure
    low: str
    median: str
    high: str
    x: float
    width: float
    middle: float


class Scale:
    """From a round amount below all figures to one above them, in the unit that is shown."""

    def __init__(self, figures: Iterable[Figure], per: str) -> None:
        self.times = HOURS_PER_YEAR if per == "year" else 1
        amounts = [amount for figure in figures for amount in (figure.low, figure.high)] or [Decimal(0), Decimal(1)]
        self.step = next((step for step in STEPS if (max(amounts) - min(amounts)) / step <= MOST_TICKS - 1), STEPS[-1])
        self.least = (min(amounts) / self.step).to_integral_value(ROUND_FLOOR) * self.step
        self.most = (max(amounts) / self.step).to_integral_value(ROUND_CEILING) * self.step
        if self.most == self.least:
            self.most += self.step

    @property
    def ticks(self) -> list[Tick]:
        """Its lines, the first and the last at the ends."""
        count = int((self.most - self.least) / self.step) + 1
        amounts = [self.least + self.step * number for number in range(count)]
        return [Tick(self.x(amount), self.words(amount, short=True)) for amount in amounts]

    def bar(self, kind: str, figure: Figure) -> Bar:
        """A figure on this scale."""
        left, right = self.x(figure.low), self.x(figure.high)
        low, median, high = (self.words(amount) for amount in (figure.low, figure.median, figure.high))
        label = LABELS[kind].get(figure.value, figure.value) if kind else "All of these"
        return Bar(label, figure, low, median, high, left, max(round(right - left, 1), 2.0), self.x(figure.median))

    def x(self, amount: Decimal) -> float:
        """Where an amount an hour stands."""
        return round(float((amount - self.least) / (self.most - self.least)) * WIDTH, 1)

    def words(self, amount: Decimal, *, short: bool = False) -> str:
        """An amount an hour in the unit that is shown: "$28.50", "$59,300"; short, "$28" and "$59k"."""
        if self.times == 1:
            return dollars(amount, whole=short)
        year = (amount * self.times / 100).quantize(Decimal(1), ROUND_HALF_UP) * 100
        return f"${year / 1000:,.0f}k" if short else dollars(year, whole=True)
