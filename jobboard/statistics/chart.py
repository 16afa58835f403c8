"""Two numbers for each day as bars in an SVG, one in front of the other. The same numbers stand in a table below it."""

from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT = 720, 160  # of the drawing, which is stretched to its place
_GAP = 0.25  # of a day's width, between two bars


@dataclass(frozen=True)
class Bar:
    """One day's bar: where it stands, and what it says."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Day:
    """Both bars of one day, and the words for them."""

    words: str
    back: Bar
    front: Bar


@dataclass(frozen=True)
class Chart:
    """The drawing: `top` is the number at its upper edge."""

    title: str
    back: str
    front: str
    top: int
    days: list[Day]
    first: date
    last: date
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to draw."""
        return not any(day.back.height or day.front.height for day in self.days)


def draw(title: str, names: tuple[str, str], days: dict[date, tuple[int, int]]) -> Chart:
    """A chart of some days in order, each with two numbers; `names` says of what. The second stands in front."""
    top = _top(max((max(pair) for pair in days.values()), default=0))
    step = WIDTH / max(len(days), 1)
    bars = [
        Day(
            f"{day:%B} {day.day}: {back} {names[0]}, {front} {names[1]}",
            _bar(number * step, step, back, top, 1 - _GAP),
            _bar(number * step, step, front, top, (1 - _GAP) / 2),
        )
        for number, (day, (back, front)) in enumerate(days.items())
    ]
    listed = list(days)
    return Chart(title, *names, top, bars, listed[0], listed[-1])


def _bar(left: float, step: float, value: int, top: int, share: float) -> Bar:
    height = round(HEIGHT * value / top, 2)
    return Bar(round(left + step * (1 - share) / 2, 2), round(HEIGHT - height, 2), round(step * share, 2), height)


def _top(most: int) -> int:
    """The next round number: 4, 10, 20, 50, 100, ..."""
    if most <= 4:
        return 4
    ten = 10 ** (len(str(most)) - 1)
    return next(step * ten for step in (1, 2, 5, 10) if step * ten >= most)
