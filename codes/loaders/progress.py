"""A progress bar at a terminal: rows read, and the time that is left."""

from collections.abc import Sequence
from typing import Self

from tqdm import tqdm

from codes.loaders.source import Source

_EVERY = 5_000  # rows between two looks at the bar


class Progress:
    """Counts the bytes that sources read and the rows that came of them."""

    def __init__(self, sources: Sequence[Source], *, show: bool) -> None:
        self.rows = 0
        self.bar = tqdm(
            total=sum(source.size for source in sources) if show else 0,
            unit="B",
            unit_scale=True,
            disable=not show,
            leave=False,
        )
        for source in sources:
            source.told = self._read if show else source.told
        self._pending = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.bar.close()

    def row(self) -> None:
        """One more row."""
        self.rows += 1
        if self.rows % _EVERY == 0 and not self.bar.disable:
            self.bar.set_postfix_str(f"{self.rows:,} rows", refresh=False)
            self.bar.update(self._pending)
            self._pending = 0

    def _read(self, size: int) -> None:
        self._pending += size
