"""Codes side by side: up to four of any system, with what tells them apart and what Medicare says of them together."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.utils.formats import date_format

from accounts.reader import Reader, Tier
from codes.as_of import AsOf
from codes.edits import DATASETS, NCCI, UNITS
from codes.models import AddOnEdit, Code, Mue, PtpEdit, RelativeValue, Release, Setting
from codes.models.fees import GLOBAL_DAYS
from codes.page import SIDE_BY_SIDE, Block, CodePage, Key
from codes.search import exact
from codes.sections import SECTION_KINDS
from codes.surroundings import with_surroundings
from codes.systems import System

MOST = SIDE_BY_SIDE
_PROFESSIONAL = Tier.REGISTERED  # what opens edits, units and relative values
_BILLED = (System.CPT, System.HCPCS)


@dataclass
class Asked:
    """The codes that were asked for, in order, each once; and what was wrong with the others, in a sentence each."""

    codes: list[Code] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, written: Sequence[str]) -> "Asked":
        """From what a person or a link wrote: "cpt:27096", or a code alone in any case, dotted or not."""
        asked = cls()
        for each in written:
            if each.strip():
                asked._take(each.strip()[:60])
        return asked

    @property
    def keys(self) -> str:
        """All of them, as an address names them."""
        return ",".join(code.key for code in self.codes)

    def _take(self, written: str) -> None:
        found = _named(written)
        if not found:
            self.problems.append(f"“{written}” is not in the reference. Write a code, such as 27096 or M54.50.")
        elif len(found) > 1:
            systems = " and ".join(f"{code.key.lower()} ({code.get_system_display()})" for code in found)
            self.problems.append(f"“{written}” is a code of more than one system: write {systems}.")
        elif found[0] in self.codes:
            return
        elif len(self.codes) >= MOST:
            self.problems.append(f"{found[0].code} was left out: {MOST} codes stand side by side at most.")
        else:
            self.codes.append(found[0])


def _named(written: str) -> list[Code]:
    system, colon, code = written.rpartition(":")
    if not colon:
        return exact(written)
    if system.strip().lower() not in System.values:
        return []
    return list(Code.objects.written(System(system.strip().lower()), code).listed())


@dataclass(frozen=True)
class Cell:
    """What one code says in a row: text, or blocks of a page, or that it is locked and by what it opens."""

    code: str
    text: str = ""
    block: Block | None = None
    page: CodePage | None = None  # that the block stands on: its sources are worded for the page's day
    key: Key | None = None
    unopened: bool = False  # it opens with the code's page


@dataclass(frozen=True)
class Row:
    """One fact or text of all codes."""

    label: str
    cells: list[Cell]
    note: str = ""
    prose: bool = False
    stale: bool = False  # from a release that no longer holds on the day
    figure: bool = False  # a code that no data set names then differs from none

    @property
    def differs(self) -> bool:
        """Whether a fact is not the same everywhere. Texts always differ, and what is locked is not told apart."""
        shown = [cell.text for cell in self.cells if not cell.key and not cell.unopened]
        told = [text for text in shown if text] if self.figure else shown
        return not self.prose and len(set(told)) > 1


@dataclass(frozen=True)
class Between:
    """What one data set says of two of the codes together."""

    heading: str
    meaning: str
    detail: str = ""
    tone: str = ""
    mark: str = ""


class Comparison:
    """Codes side by side, as one reader sees them on one day. Nothing is counted as a view by comparing."""

    def __init__(self, codes: Sequence[Code], reader: Reader, as_of: AsOf) -> None:
        self.on = on = as_of.day
        around = {code.pk: code for code in with_surroundings(Code.objects.filter(pk__in=[c.pk for c in codes]), on)}
        access = reader.looks([code.key for code in codes])
        self.pages = [CodePage(around[code.pk], access[code.key], as_of) for code in codes]
        self.professional = reader.tier >= _PROFESSIONAL

    @property
    def others(self) -> list[tuple[CodePage, str]]:
        """Each page with the address of the comparison without it."""
        keys = [page.code.key for page in self.pages]
        return [(page, ",".join(key for key in keys if key != page.code.key)) for page in self.pages]

    @property
    def notices(self) -> list[str]:
        """What must be said where codes of these systems stand, each once."""
        return list(dict.fromkeys(page.notice for page in self.pages if page.notice))

    @property
    def rows(self) -> list[Row]:
        """All rows in which at least one code says something."""
        rows = [*self._facts(), *self._figures(), *self._texts()]
        return [row for row in rows if any(cell.text or cell.block or cell.key or cell.unopened for cell in row.cells)]

    # Facts of the head: open to everybody.

    def _facts(self) -> Iterator[Row]:
        yield self._fact("Status", lambda page: page.standing.label)
        yield self._fact("Code system", lambda page: _system(page))
        yield self._fact("Effective", lambda page: _day(page.code.valid_from) or "Not stated")
        yield self._fact("Not valid from", lambda page: _day(page.code.valid_to))
        yield self._fact("Introduced", lambda page: str(page.code.introduced or ""))
        yield self._fact("Flags", lambda page: "; ".join(page.flags))
        yield self._fact("Stands under", lambda page: ": ".join(heading.title for heading in page.headings[-2:]))
        yield self._fact("Official wording", lambda page: page.wordings[0].text if page.wordings else "")
        yield self._fact("One billed unit", lambda page: page.unit)

    def _fact(self, label: str, of: Callable[[CodePage], str]) -> Row:
        return Row(label, [Cell(page.code.code, of(page)) for page in self.pages])

    # Figures of Medicare: for members.

    def _figures(self) -> Iterator[Row]:
        releases = self.pages[0].releases if self.pages else {}
        if Release.Dataset.MPFS in releases:
            yield from self._values(releases[Release.Dataset.MPFS])
        if any(dataset in releases for dataset in NCCI):
            yield from self._units()

    def _values(self, source: Release) -> Iterator[Row]:
        found = self._by_code(RelativeValue.objects.on(self.on).filter(modifier="", qpp=False))
        shown: list[tuple[str, Callable[[RelativeValue], str]]] = [
            ("Fee schedule status", lambda row: row.get_status_display()),
            ("Work RVU", lambda row: f"{row.work:.2f}" if row.paid else ""),
            ("Total RVU, office", lambda row: f"{row.total_nonfacility:.2f}" if _office(row) else ""),
            ("Total RVU, facility", lambda row: f"{row.total_facility:.2f}" if _facility(row) else ""),
            ("Medicare amount, office", lambda row: _amount(row, row.total_nonfacility) if _office(row) else ""),
            ("Medicare amount, facility", lambda row: _amount(row, row.total_facility) if _facility(row) else ""),
            ("Global days", lambda row: GLOBAL_DAYS.get(row.global_days, row.global_days)),
            ("Bilateral", lambda row: row.get_bilateral_display()),
            ("Multiple procedures", lambda row: row.get_multiple_procedure_display()),
            ("Assistant at surgery", lambda row: row.get_assistant_display()),
        ]
        for label, of in shown:
            note = f"Before the adjustment to a locality. {source}." if "amount" in label else ""
            texts = {code: of(rows[0]) for code, rows in found.items()}
            yield self._figure(label, texts, note, stale=source.overdue(self.on))

    def _units(self) -> Iterator[Row]:
        found = self._by_code(Mue.objects.on(self.on))
        for setting in Setting:
            said = {code: [_unit(row) for row in rows if row.setting == setting] for code, rows in found.items()}
            texts = {code: "; ".join(each) for code, each in said.items()}
            source = self.pages[0].releases.get(UNITS[setting])
            stale = source is not None and source.overdue(self.on)
            yield self._figure(f"Units a day, {setting.label.lower()}", texts, stale=stale)

    def _figure(self, label: str, texts: Mapping[str, str], note: str = "", *, stale: bool = False) -> Row:
        cells = []
        for page in self.pages:
            code = page.code.code
            if page.system not in _BILLED:
                cells.append(Cell(code))
            else:
                cells.append(Cell(code, texts.get(code, "")) if self.professional else Cell(code, key=Key.MEMBERSHIP))
        return Row(label, cells, note, figure=True, stale=stale and self.professional)

    def _by_code(self, rows: Any) -> dict[str, list[Any]]:
        found: dict[str, list[Any]] = {}
        if self.professional:
            for row in rows.filter(code__in=self._billed):
                found.setdefault(row.code, []).append(row)
        return found

    @property
    def _billed(self) -> list[str]:
        return [page.code.code for page in self.pages if page.system in _BILLED]

    # Texts: of the codes that the reader has opened, as far as the tier goes.

    def _texts(self) -> Iterator[Row]:
        for kind in SECTION_KINDS.values():
            blocks = [page.block(kind.slug) for page in self.pages]
            cells = [self._text(page, block) for page, block in zip(self.pages, blocks, strict=True)]
            yield Row(kind.heading, cells, prose=True)

    def _text(self, page: CodePage, block: Block | None) -> Cell:
        code = page.code.code
        if block is None or not block.key:
            return Cell(code, block=block, page=page)
        opens_with_page = not page.access.granted and page.access.tier >= block.kind.tier
        return Cell(code, unopened=True) if opens_with_page else Cell(code, key=block.key)

    # Of two codes together: for members.

    @property
    def asks_of_pairs(self) -> bool:
        """Whether there are two codes that an edit could pair."""
        return len(self._billed) > 1

    @property
    def pairs(self) -> list[Between]:
        """What the NCCI says of each two of the codes, on the day."""
        releases = self.pages[0].releases
        said, edits = list(self._add_ons()), defaultdict[Any, list[Between]](list)
        for edit in self._ptp():
            edits[edit.setting, frozenset((edit.column1, edit.column2))].append(_edit(edit))
        for one, other in combinations(self._billed, 2):
            for setting, dataset in DATASETS.items():
                if dataset in releases:
                    named = edits[setting.value, frozenset((one, other))]
                    said += named or [self._none(one, other, setting, releases[dataset])]
        return said

    def _ptp(self) -> Iterator[PtpEdit]:
        both = PtpEdit.objects.on(self.on).filter(column1__in=self._billed, column2__in=self._billed)
        yield from both.exclude(indicator=PtpEdit.Indicator.NOT_APPLICABLE).select_related("rationale", "release")

    def _add_ons(self) -> Iterator[Between]:
        pairs = AddOnEdit.objects.on(self.on).filter(add_on__in=self._billed, primary__in=self._billed)
        for pair in pairs.select_related("release"):
            heading = f"{pair.add_on} is an add-on to {pair.primary}"
            yield Between(heading, f"{pair.get_kind_display()}.", f"{pair.release}.", "good")

    def _none(self, one: str, other: str, setting: Setting, release: Release) -> Between:
        heading = f"{one} and {other}: no edit, {setting.label.lower()}"
        return Between(heading, "No edit does not mean payable.", f"{release}, as of {_day(self.on)}.")


def _edit(edit: PtpEdit) -> Between:
    allowed = edit.indicator == PtpEdit.Indicator.ALLOWED
    meaning = (
        f"{edit.column2} is not paid beside {edit.column1}, unless an NCCI-associated modifier says why it "
        "should be, and the record supports that."
        if allowed
        else f"{edit.column2} is not paid beside {edit.column1}. No modifier bypasses the edit."
    )
    heading = f"{edit.column1} with {edit.column2}, {edit.get_setting_display().lower()}"
    detail = f"{edit.rationale}. Since {_day(edit.valid_from)}. {edit.release}."
    return Between(heading, meaning, detail, "info" if allowed else "warn", f"Modifier indicator {edit.indicator}")


def _unit(row: Mue) -> str:
    return f"{row.units} ({row.get_adjudication_display().lower()})"


def _system(page: CodePage) -> str:
    return page.system.label + (f", {page.edition} edition" if page.edition else "")


def _day(day: date | None) -> str:
    return date_format(day, "F j, Y") if day else ""


def _office(row: RelativeValue) -> bool:
    return row.paid and not row.na_nonfacility


def _facility(row: RelativeValue) -> bool:
    return row.paid and not row.na_facility


def _amount(row: RelativeValue, units: Decimal) -> str:
    return f"${units * row.conversion_factor:,.2f}"
