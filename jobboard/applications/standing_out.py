"""What higher apps say of applicants in a list: a mark on each card and row, and orders that go by it.

A higher app registers when it starts (`AppConfig.ready`); this app never learns its name. A provider of marks is asked
once for all applications of a page, and gives none for a withdrawn one.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from django.db.models.expressions import Combinable
from django.utils.safestring import SafeString, mark_safe

from jobboard.applications.models import Application

type Marks = Callable[[Sequence[Application]], Mapping[int, str]]


class Order(NamedTuple):
    """An order of applicants: its label, and what it goes by, the lowest first and those without any last."""

    label: str
    by: Combinable


_marks: list[Marks] = []
orders: dict[str, Order] = {}


def register(marks: Marks, **own_orders: Order) -> None:
    """Show the HTML that `marks` answers by the application's key, and offer orders by their names in the address."""
    if marks not in _marks:
        _marks.append(marks)
    orders.update(own_orders)


def marks_of(applications: Sequence[Application]) -> dict[int, SafeString]:
    """All marks of each application, by its key."""
    parts: dict[int, list[str]] = defaultdict(list)
    for provider in _marks:
        for pk, html in provider(applications).items():
            parts[pk].append(html)
    return {pk: mark_safe("".join(html)) for pk, html in parts.items()}
