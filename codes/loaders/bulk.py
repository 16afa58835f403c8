"""Brings a table-like release into its table: streamed by COPY into staging, checked there, merged in one transaction.

Readers see the old release until the transaction ends; a load killed at any point leaves nothing behind. A file with a
bad line is refused whole, or, if asked, its good lines are loaded and the bad ones written to a file of their own.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.db import connection

from codes.loaders import bad_lines
from codes.loaders.layout import BadLine, Layout, Skipped, Staged
from codes.loaders.outcome import FileRefused, Order, Outcome, RefusedLine
from codes.loaders.progress import Progress
from codes.loaders.source import Source
from codes.loaders.table import Table
from codes.loaders.trial import carry_out
from codes.models import Release

SMALLEST_SHARE = 0.8  # a release with fewer rows than this share of the one before it is taken for a torn file


def load(layout: Layout, paths: Sequence[Path], order: Order) -> Outcome:
    """Load the files of one release. Raises FileRefused, with nothing changed."""
    sources = [Source(path) for path in paths]
    digest = checksum(sources)
    effective = order.effective or _effective(layout, sources)
    if layout.verify:
        for source in sources:
            layout.verify(source, effective)
    return carry_out(order, lambda: _merge(layout, sources, digest, effective, order))


def checksum(sources: Sequence[Source]) -> str:
    """SHA-256 of the data; of several files in any order, of their checksums."""
    sums = sorted(source.checksum for source in sources)
    return sums[0] if len(sums) == 1 else sha256("".join(sums).encode()).hexdigest()


def _effective(layout: Layout, sources: Sequence[Source]) -> date:
    found = {day for source in sources if (day := layout.effective(source))}
    if len(found) > 1:
        raise FileRefused(f"The files are of different releases: {', '.join(f'{day}' for day in sorted(found))}.")
    if not found:
        raise FileRefused(
            f"{sources[0].name} does not say since when it holds. Say it: --effective 2026-10-01, for example."
        )
    return found.pop()


def _merge(layout: Layout, sources: Sequence[Source], digest: str, effective: date, order: Order) -> Outcome:
    with connection.cursor() as cursor:
        # Two loads of one dataset at once would both find it missing: the second waits here for the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"codes.load:{layout.dataset}"])
        current = Release.objects.current(layout.dataset)
        if current and current.checksum == digest:
            return Outcome(current, fresh=False)
        if current and effective < current.effective:
            raise FileRefused(
                f"{sources[0].name} holds from {effective:%B %-d, %Y}, but {current}, which holds from "
                f"{current.effective:%B %-d, %Y}, is loaded already. Load releases in their order."
            )
        table = Table(layout, cursor)
        table.make_staging()
        reading = _Reading(layout, sources, order)
        table.copy(reading.rows())
        reading.take_out(table.duplicates())
        partial = all(layout.partial(source) for source in sources)
        reading.check(current, partial=partial)
        release = _record(layout, sources, digest, effective, order, reading)
        tally = table.merge(release, partial=partial)
    refused = [RefusedLine(bad.line, f"{bad.column}: {bad.reason}") for bad in reading.bad]
    return Outcome(release, fresh=True, refused=refused, left_out=dict(reading.left_out), tally=tally)


class _Reading:
    """One pass over the files of a release: what was read, what is bad, what was left out."""

    def __init__(self, layout: Layout, sources: Sequence[Source], order: Order) -> None:
        self.layout, self.sources, self.order = layout, sources, order
        self.bad: list[BadLine] = []
        self.left_out: Counter[str] = Counter()
        self.good = 0

    def rows(self) -> Iterator[Staged]:
        """The good rows of all files, one after the other."""
        with Progress(self.sources, show=self.order.show_progress) as progress:
            for source in self.sources:
                for row in self.layout.read(source):
                    if isinstance(row, Staged):
                        self.good += 1
                        progress.row()
                        yield row
                    elif isinstance(row, Skipped):
                        self.left_out[row.owner] += 1
                    else:
                        self.note(row)

    def note(self, bad: BadLine) -> None:
        """Remember a bad line; without leave to go on, a few are enough."""
        self.bad.append(bad)
        if not self.order.keep_good and len(self.bad) > bad_lines.SHOWN:
            bad_lines.refuse(self.sources[0].name, self.bad)

    def take_out(self, duplicates: list[BadLine]) -> None:
        """Count rows that stand twice as bad, not as good."""
        self.good -= len(duplicates)
        self.bad += duplicates

    def check(self, current: Release | None, *, partial: bool) -> None:
        """Refuse what is not the file it claims to be. Raises FileRefused."""
        if self.bad and not self.order.keep_good:
            bad_lines.refuse(self.sources[0].name, self.bad)
        name = self.sources[0].name
        if not self.good:
            raise FileRefused(f"{name} holds no row of {self.layout.dataset.label}: is it another file?")
        if current and not partial and self.good < current.rows * SMALLEST_SHARE:
            raise FileRefused(
                f"{name} holds {self.good:,} rows where {current} held {current.rows:,}: it looks cut off."
            )
        bad_lines.settle(name, self.bad, self.order)


def _record(
    layout: Layout, sources: Sequence[Source], digest: str, effective: date, order: Order, reading: _Reading
) -> Release:
    release, _ = Release.objects.update_or_create(
        dataset=layout.dataset,
        checksum=digest,
        defaults={
            "version": f"{effective:%B %Y}",
            "title": layout.dataset.label,
            "owner": layout.owner,
            "effective": effective,
            "file_name": ", ".join(source.name for source in sources)[:200],
            "rows": reading.good,
            "left_out": reading.left_out.total(),
            "refused": len(reading.bad),
            "loaded_at": order.at,
            "loaded_by": order.by,
        },
    )
    return release
