"""What every file comes to: columns, and rows of values."""

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from jobboard.imports.columns import columns
from jobboard.imports.plan import Row

BECAUSE = "refused_because"  # the column that a file of refused lines has in front; read again, it is passed over


class Refused(Exception):
    """A file that cannot be read as a whole, with what to do about it."""


@dataclass
class Sheet:
    """The names of the columns, and the lines."""

    columns: list[str]
    rows: list[Row]


def known(names: Iterable[str]) -> list[str]:
    """The names as columns. Raises Refused for one that is none, one that comes twice, and where there is no reference.

    A column that nobody knows is not passed over: what it holds would be lost without a word.
    """
    found = [normal(name) for name in names]
    for name in found:
        if name not in columns() and name != BECAUSE:
            raise Refused(f"There is no column “{name[:40]}”.{_near(name)} The field reference lists them all.")
        if found.count(name) > 1:
            raise Refused(f"The column “{name}” comes twice.")
    if "reference" not in found:
        raise Refused("The column “reference” is missing: by it a posting is found again.")
    return found


def normal(name: str) -> str:
    """The name of a column from what people write: "Pay min" is pay_min."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def too_many(most: int) -> Refused:
    """The refusal of a file that is longer than we read at once."""
    return Refused(f"The file has more than {most:,} postings, the most that one file may hold. Split it.")


def _near(name: str) -> str:
    near = get_close_matches(name, [*columns()], n=1, cutoff=0.6)
    return f" Did you mean “{near[0]}”?" if near else ""
