"""What higher apps know of applicants, as further columns of the file that a team takes.

A higher app registers a provider when it starts (`AppConfig.ready`); this app never learns its name. It is asked once
for all applications of a posting.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from jobboard.postings.models import Posting


class Columns(NamedTuple):
    """Headings, and under them the cells of each application by its key; one without cells has empty ones."""

    head: Sequence[str]
    cells: Mapping[int, Sequence[object]]


type Provider = Callable[[Posting], Columns]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add the columns that `provider` answers for a posting."""
    if provider not in _providers:
        _providers.append(provider)


def of(posting: Posting) -> Columns:
    """All further columns of a posting's applications, side by side."""
    head: list[str] = []
    cells: dict[int, list[object]] = {}
    for columns in (provider(posting) for provider in _providers):
        for pk, own in columns.cells.items():
            cells.setdefault(pk, [""] * len(head)).extend(own)
        head.extend(columns.head)
        for row in cells.values():
            row.extend([""] * (len(head) - len(row)))
    return Columns(head, cells)
