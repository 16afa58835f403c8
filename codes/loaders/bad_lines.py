"""Bad lines: named in a refusal of the whole file, or written to a file of their own where the good ones are loaded."""

import csv
from collections.abc import Sequence
from pathlib import Path

from codes.loaders.layout import BadLine
from codes.loaders.outcome import FileRefused, Order

SHOWN = 20  # bad lines that a refusal names; without leave to go on, no more are read


def settle(name: str, bad: Sequence[BadLine], order: Order) -> None:
    """Refuse the file where it has bad lines, or write them to where the order says. Raises FileRefused."""
    if bad and not order.keep_good:
        refuse(name, bad)
    if bad and order.keep_good:
        _write(order.keep_good, bad)


def refuse(name: str, bad: Sequence[BadLine]) -> None:
    """Say which lines are bad. Raises FileRefused."""
    more = " and more" if len(bad) > SHOWN else ""
    lines = "; ".join(str(each) for each in bad[:SHOWN])
    raise FileRefused(f"{name} has bad lines{more}: {lines}. --keep-good FILE loads the others.")


def _write(path: Path, bad: Sequence[BadLine]) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as stream:
            writer = csv.writer(stream)
            writer.writerow(["line", "column", "reason"])
            writer.writerows(bad)
    except OSError as error:
        raise FileRefused(f"The bad lines cannot be written to {path}: {error.strerror}.") from None
