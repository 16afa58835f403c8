"""What differs in a code between two dates of service, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from typing import Any

from django.db.models import QuerySet
from django.utils.html import strip_tags

from codes.edits import DATASETS, CodeEdits
from codes.models import PtpEdit, Setting
from codes.models.dated import holding
from codes.page import Block, CodePage
from codes.sections import SECTION_KINDS
from codes.systems import System
from codes.wording import ADDED, REMOVED, SAME, Line, Piece, lines, words

MOST_EDITS = 100  # edits that are listed of each column; what is beyond is on the page of all edits


@dataclass(frozen=True)
class Difference:
    """One part of a code that is not the same on both days."""

    heading: str
    lines: list[Line]


def between(before: CodePage, after: CodePage) -> list[Difference]:
    """What differs between a code on two days, in the order of its page. Both pages must be opened."""
    parts = [*_head(before, after), *_texts(before, after)]
    if before.system is not System.ICD10CM:
        parts += _edits(before, after)
    return [part for part in parts if any(piece.kind != SAME for line in part.lines for piece in line)]


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


def _edits(before: CodePage, after: CodePage) -> Iterator[Difference]:
    old, new = (CodeEdits(page.code.code, page.on, page.releases) for page in (before, after))
    yield Difference("Units a day", lines(_units(old), _units(new)))
    for setting in DATASETS:
        ended, begun = _only(old, new, setting), _only(new, old, setting)
        told = [[Piece(REMOVED, edit)] for edit in ended] + [[Piece(ADDED, edit)] for edit in begun]
        yield Difference(f"NCCI edits, {setting.label.lower()}", told)


def _units(edits: CodeEdits) -> list[str]:
    rows = sorted(edits.units, key=lambda row: row.setting)
    return [f"{row.get_setting_display()}: {row.units:,} ({row.get_adjudication_display().lower()})" for row in rows]


def _only(these: CodeEdits, others: CodeEdits, setting: Setting) -> list[str]:
    """The edits that hold on the one day and not on the other, in words."""
    told: list[str] = []
    for column in (1, 2):
        rows: QuerySet[PtpEdit] = these.ptp(setting, column).exclude(holding(others.on))
        told += [f"{row.column1} / {row.column2}, modifier indicator {row.indicator}" for row in rows[:MOST_EDITS]]
    return told
