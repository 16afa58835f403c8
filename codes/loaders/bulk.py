"""Brings a table-like release into its table: streamed by COPY into staging, checked there, merged in one transaction.

Readers see the old release until the transaction ends; a load killed at any point leaves nothing behind. A file with a
bad line is refused whole, or, if asked, its good lines are loaded and the bad ones written to a file of their own.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from operator import add
from pathlib import Path
from typing import Any

from django.db import connection

from codes.loaders import bad_lines, mentions
from codes.loaders.bad_lines import Found
from codes.loaders.layout import BadLine, Layout, Skipped, Staged
from codes.loaders.outcome import FileRefused, Order, Outcome, RefusedLine, Tally
from codes.loaders.progress import Progress
from codes.loaders.source import Source
from codes.loaders.table import Table
from codes.loaders.trial import carry_out
from codes.loaders.window import Window
from codes.models import Release
from codes.models.release import day_before


@dataclass(frozen=True)
class Part:
    """One table of a release, and the files that its rows come from."""

    layout: Layout
    sources: Sequence[Source]

    @property
    def partial(self) -> bool:
        """Whether its files hold no more than what they change."""
        return all(self.layout.partial(source) for source in self.sources)


def load(layout: Layout, paths: Sequence[Path], order: Order) -> Outcome:
    """Load the files of one release. Raises FileRefused, with nothing changed."""
    return load_parts([Part(layout, [Source(path) for path in paths])], order)


def load_parts(parts: Sequence[Part], order: Order, settle: Callable[[Any], None] | None = None) -> Outcome:
    """Load the files of one release into several tables, in their order, as one release of the first layout's dataset.

    `settle` is called with the cursor when all rows are there. Raises FileRefused, with nothing changed.
    """
    layout, sources = parts[0].layout, parts[0].sources
    digest = checksum([source for part in parts for source in part.sources])
    effective = order.effective or _effective(layout, sources)
    for part in parts:
        if part.layout.verify:
            for source in part.sources:
                part.layout.verify(source, effective)
    return carry_out(order, lambda: _merge(parts, digest, effective, order, settle))


def checksum(sources: Sequence[Source]) -> str:
    """SHA-256 of the data; of several files in any order, of their checksums."""
    sums = sorted(source.checksum for source in sources)
    return sums[0] if len(sums) == 1 else sha256("".join(sums).encode()).hexdigest()


def _effective(layout: Layout, sources: Sequence[Source]) -> date:
    found = {day for source in sources if (day := layout.effective(source))}
    if len(found) > 1:
        raise FileRefused(f"The files are of different releases: {', '.join(f'{day}' for day in sorted(found))}.")
    if not found:
        next(iter(layout.read(sources[0])), None)  # a file of another layout is refused as that, not asked for a date
        raise FileRefused(
            f"{sources[0].name} does not say since when it holds. Say it: --effective 2026-10-01, for example."
        )
    return found.pop()


def _merge(
    parts: Sequence[Part], digest: str, effective: date, order: Order, settle: Callable[[Any], None] | None
) -> Outcome:
    layout, sources = parts[0].layout, parts[0].sources
    with connection.cursor() as cursor:
        # Two loads of one dataset at once would both find it missing: the second waits here for the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"codes.load:{layout.dataset}"])
        if loaded := Release.objects.standing(layout.dataset, digest, effective):
            return Outcome(loaded, fresh=False)
        window = Window.of(layout.dataset, effective, alone=layout.alone)
        partial = order.amend or all(part.partial for part in parts)
        _refuse_before_revision(sources[0], layout, window)
        release = _record(layout, sources, digest, effective, order, partial=partial)
        reading, tally = _Reading(parts, order), Tally(0, 0, 0, 0)
        for part in parts:
            tally = Tally(*map(add, tally, _merge_part(part, release, window, reading, cursor)))
        reading.check(window, partial=partial)
        release.rows, release.left_out, release.refused = reading.good, reading.left_out.total(), len(reading.bad)
        release.save(update_fields=["rows", "left_out", "refused"])
        if settle:
            settle(cursor)
        mentions.record(Release.objects.current(layout.dataset) or release)
    refused = [RefusedLine(bad.line, f"{bad.column}: {bad.reason}") for bad in reading.bad]
    return Outcome(release, fresh=True, refused=refused, left_out=dict(reading.left_out), tally=tally)


def _refuse_before_revision(source: Source, layout: Layout, window: Window) -> None:
    """A revision is loaded on top of what it revises: nothing can be put below it. Raises FileRefused."""
    if window.following and window.following.partial:
        next(iter(layout.read(source)), None)  # a file of another layout is refused as that
        raise FileRefused(
            f"{source.name} holds from {window.begins:%B %-d, %Y}, but {window.following}, which holds no more than "
            f"what it changes from {window.ends:%B %-d, %Y} on, is loaded already. Start this data set over, and load "
            f"its releases in their order: manage.py unload {layout.dataset}."
        )


def _merge_part(part: Part, release: Release, window: Window, reading: "_Reading", cursor: Any) -> Tally:
    table = Table(part.layout, cursor)
    before = len(reading.bad)
    table.make_staging()
    table.copy(reading.rows(part))
    reading.take_out(table.duplicates())
    reading.refuse_bad()
    return table.merge(release, window, reading.bad[before:], partial=part.partial or reading.order.amend)


class _Reading:
    """One pass over the files of a release: what was read, what is bad, what was left out."""

    def __init__(self, parts: Sequence[Part], order: Order) -> None:
        self.parts, self.order = parts, order
        self.name = parts[0].sources[0].name
        self.files: list[Found] = []
        self.left_out: Counter[str] = Counter()
        self.good = 0

    @property
    def bad(self) -> list[BadLine]:
        """The bad lines of all files."""
        return [line for each in self.files for line in each.lines]

    def rows(self, part: Part) -> Iterator[Staged]:
        """The good rows of all files of a part, one after the other."""
        with Progress(part.sources, show=self.order.show_progress) as progress:
            for source in part.sources:
                found = Found(source)
                self.files.append(found)
                for row in part.layout.read(source):
                    if isinstance(row, Staged):
                        self.good += 1
                        found.first = found.first or row.line
                        progress.row()
                        yield row
                    elif isinstance(row, Skipped):
                        self.left_out[row.owner] += 1
                    else:
                        self.note(row, found)

    def note(self, bad: BadLine, found: Found) -> None:
        """Remember a bad line; without leave to go on, a few are enough."""
        found.row(bad.line)
        found.lines.append(bad)
        if not self.order.keep_good and len(found.lines) > bad_lines.SHOWN:
            self.refuse_bad()

    def take_out(self, duplicates: list[BadLine]) -> None:
        """Count rows that stand twice as bad, not as good."""
        self.good -= len(duplicates)
        self.files[-1].lines += duplicates

    def check(self, window: Window, *, partial: bool) -> None:
        """Refuse what is not the release it claims to be. Raises FileRefused."""
        if not self.good:
            raise FileRefused(f"{self.name} holds no row of {self.parts[0].layout.dataset.label}: is it another file?")
        if not partial:
            window.refuse_torn(self.name, self.good + len(self.bad))
        bad_lines.settle(self.files, self.order)

    def refuse_bad(self) -> None:
        """Refuse the release for its bad lines, unless the order is to leave them. Raises FileRefused naming them."""
        if not self.order.keep_good and self.bad:
            bad_lines.refuse(self.name, self.bad)


def _record(
    layout: Layout, sources: Sequence[Source], digest: str, effective: date, order: Order, *, partial: bool
) -> Release:
    release, _ = Release.objects.update_or_create(
        dataset=layout.dataset,
        checksum=digest,
        effective=effective,
        defaults={
            "version": f"{effective:%B %Y}",
            "title": layout.dataset.label,
            "owner": layout.owner,
            "last_day": day_before(effective, layout.every),
            "partial": partial,
            "file_name": ", ".join(source.name for source in sources)[:200],
            "loaded_at": order.at,
            "loaded_by": order.by,
        },
    )
    return release
