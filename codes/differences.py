"""What differs in a code between two dates of service, word by word."""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags

from codes.blocks import BLOCKS
from codes.edits import DATASETS, NCCI, UNITS, CodeEdits
from codes.fees import CodeFees
from codes.models import AddOnEdit, PtpEdit, Release, Setting
from codes.models.dated import holding
from codes.models.fees import GLOBAL_DAYS
from codes.page import Block, CodePage
from codes.sections import SECTION_KINDS
from codes.systems import System
from codes.wording import ADDED, REMOVED, SAME, Line, Piece, lines, words

_DATED = [*DATASETS.values(), Release.Dataset.ADD_ON]  # their files say of each edit when it began and ended
_BILLED = [Release.Dataset.MPFS, *NCCI]  # of procedures and supplies
MOST_EDITS = 100  # edits that are listed of each column; what is beyond is on the page of all edits


@dataclass(frozen=True)
class Difference:
    """One part of a code that is not the same on both days."""

    heading: str
    lines: list[Line]


@dataclass(frozen=True)
class Source:
    """A data set on two days: its releases, and why it was not compared, a sentence each."""

    dataset: Release.Dataset
    before: Release | None
    after: Release | None
    gaps: list[str]

    @property
    def by_its_dates(self) -> bool:
        """Whether it knows an earlier day by the dates of its rows alone."""
        return self.before is not None and self.before == self.after and self.dataset in _DATED


class Differences:
    """What differs between a code on two days. Both pages must be opened.

    Edits, units and relative values are compared where a release holds on both days: nobody knows what a day without
    one would have said. A release whose rows name their own dates answers for the days before it, too. `compared` and
    `left_out` are these data sets, `missing` those without any release; `unasked` are those that are never compared.
    """

    def __init__(self, before: CodePage, after: CodePage) -> None:
        self.before, self.after = before, after
        billed = before.system is not System.ICD10CM
        sources = [self._source(dataset) for dataset in _BILLED] if billed else []
        self.compared = [source for source in sources if not source.gaps]
        self.left_out = [source for source in sources if source.gaps and source.before]
        self.missing = [source.dataset.label for source in sources if source.before is None]

    @cached_property
    def parts(self) -> list[Difference]:
        """The parts that differ, in the order of the page."""
        parts = [*_head(self.before, self.after), *_texts(self.before, self.after), *self._figures()]
        return [part for part in parts if any(piece.kind != SAME for line in part.lines for piece in line)]

    @property
    def unasked(self) -> list[str]:
        """Names of the data sets that the page of the code shows and that are not compared."""
        shown = {each for block in BLOCKS if self.before.system in block.systems for each in block.datasets}
        shown -= {*_BILLED, *System, Release.Dataset.OWN_TEXTS}
        return [each.label for each in Release.Dataset if each in shown and each in self.after.releases]

    def _source(self, dataset: Release.Dataset) -> Source:
        asked = [(page.on, page.releases.get(dataset)) for page in (self.before, self.after)]
        gaps = [_gap(release, on) if release else "No release is loaded here." for on, release in asked]
        return Source(dataset, asked[0][1], asked[1][1], list(dict.fromkeys(gap for gap in gaps if gap)))

    def _figures(self) -> Iterator[Difference]:
        compared = {source.dataset for source in self.compared}
        old, new = (CodeEdits(page.code.code, page.on, page.releases) for page in (self.before, self.after))
        if Release.Dataset.MPFS in compared:
            yield Difference("Fee schedule", lines(_values(old), _values(new)))
        units = [setting for setting, dataset in UNITS.items() if dataset in compared]
        if units:
            yield Difference("Units a day", lines(_units(old, units), _units(new, units)))
        if Release.Dataset.ADD_ON in compared:
            yield Difference("Add-on codes", lines(_pairs(old), _pairs(new)))
        for setting, dataset in DATASETS.items():
            if dataset in compared:
                ended, begun = _only(old, new, setting), _only(new, old, setting)
                told = [[Piece(REMOVED, edit)] for edit in ended] + [[Piece(ADDED, edit)] for edit in begun]
                yield Difference(f"NCCI edits, {setting.label.lower()}", told)


def _gap(release: Release, on: date) -> str:
    """Why a release cannot answer for a day; empty where it can."""
    return "" if on < release.effective and release.dataset in _DATED else release.caution(on)


def _head(before: CodePage, after: CodePage) -> Iterator[Difference]:
    yield Difference("Title", [words(before.title, after.title)])
    if {before.standing.slug, after.standing.slug} - {"active", "unconfirmed"}:  # else only what is loaded here differs
        yield Difference("Status", [words(before.standing.label, after.standing.label)])
    yield Difference("Flags", lines(before.flags, after.flags))
    old, new = ({row.kind: row.text for row in page.wordings} for page in (before, after))
    for kind in dict.fromkeys([*old, *new]):
        yield Difference(f"Official descriptor, {kind}", [words(old.get(kind, ""), new.get(kind, ""))])


def _texts(before: CodePage, after: CodePage) -> Iterator[Difference]:
    old, new = ({block.kind.slug: list(_lines_of(block)) for block in page.blocks} for page in (before, after))
    for slug, kind in SECTION_KINDS.items():
        if slug in old or slug in new:
            yield Difference(kind.heading, lines(old.get(slug, []), new.get(slug, [])))


def _lines_of(block: Block) -> Iterator[str]:
    """The lines of a block's texts; those that stand above the code name where."""
    if block.section:
        yield from _plain(block.section)
    for notes in block.inherited:
        yield from (f"{notes.source.name}: {line}" for line in _plain(notes.section))


def _plain(section: Any) -> list[str]:  # Any: the page added `shown`
    text = unescape(strip_tags(re.sub(r"</(?:li|p|h3|h4)>|<br>", "\n", section.shown)))
    return [line for row in text.splitlines() if (line := " ".join(row.split()))]


def _values(edits: CodeEdits) -> list[str]:
    """The rows of the fee schedule in words, one fact a line."""
    return [
        f"{row.modifier} {fact}".strip()
        for row in CodeFees(edits.code, edits.on).rows
        if not row.qpp
        for fact in (
            f"Status {row.status}: {row.get_status_display()}",
            f"Global days: {GLOBAL_DAYS.get(row.global_days, row.global_days)}",
            f"Work RVU: {row.work}",
            f"Total RVU, office: {row.total_nonfacility}",
            f"Total RVU, facility: {row.total_facility}",
        )
    ]


def _units(edits: CodeEdits, settings: Collection[Setting]) -> list[str]:
    rows = sorted((row for row in edits.units if row.setting in settings), key=lambda row: row.setting)
    return [f"{row.get_setting_display()}: {row.units:,} ({row.get_adjudication_display().lower()})" for row in rows]


def _pairs(edits: CodeEdits) -> list[str]:
    return [f"{pair.add_on} beside {_primary(pair)}: {pair.get_kind_display().lower()}" for pair in edits.pairs]


def _primary(pair: AddOnEdit) -> str:
    return "codes that the contractor defines" if pair.contractor_defined else pair.primary


def _only(these: CodeEdits, others: CodeEdits, setting: Setting) -> list[str]:
    """The edits that hold on the one day and not on the other, in words."""
    told: list[str] = []
    for column in (1, 2):
        rows: QuerySet[PtpEdit] = these.ptp(setting, column).exclude(holding(others.on))
        told += [f"{row.column1} / {row.column2}, modifier indicator {row.indicator}" for row in rows[:MOST_EDITS]]
    return told
