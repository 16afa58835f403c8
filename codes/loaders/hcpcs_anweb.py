"""HCPCS Level II in the layout that CMS publishes each quarter as ANWEB (alphanumeric, for the web).

`codes.loaders.hcpcs_lines` has the layout and reads its lines; here they become codes, modifiers, wordings and the
indicators of a release. What the indicators mean is in `codes.hcpcs_indicators`.

Not ours to show, and left out with a count: dental D codes (American Dental Association), Level I codes and modifiers,
physical status P1-P6 among them (American Medical Association).
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from django.db import connection, transaction

from codes.loaders import bad_lines
from codes.loaders.bad_lines import Found
from codes.loaders.hcpcs_lines import FIELDS, FIRST_OF_CODE, MORE_OF_CODE, RECORDS, Line, lines
from codes.loaders.layout import BadLine, Layout, LeftOut, Refused, Staged, day, whole
from codes.loaders.merge import merge
from codes.loaders.outcome import FileRefused, Order, Outcome, RefusedLine
from codes.loaders.source import Source
from codes.loaders.staged import StagedCode, StagedDescriptor, StagedHeading, StagedModifier, StagedRelease
from codes.loaders.table import Table
from codes.loaders.window import Window
from codes.models import HcpcsIndicators, Release
from codes.models.release import day_before
from codes.systems import HCPCS_GROUPS, System

PAGE = "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update"
EVERY = 3  # months from one release to the next
_FILE_NAME = re.compile(r"HCPCS?(?P<year>(19|20)\d\d)_?(?P<quarter>JAN|APR|JUL|OCT)?", re.IGNORECASE)
QUARTERS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
_MODIFIER = re.compile(r"[A-Z][0-9A-Z]")
_AMA_MODIFIER = re.compile(r"[0-9][0-9A-Z]|P[1-6]")
_NAMED = re.compile(r"[A-Z][0-9]{4}|[A-Z][0-9A-Z]")  # a code, or a modifier
_FOREVER = 9999  # the year that some files write for "no end"
_LONGEST_SHORT = 120  # the layout allows 28; some room for a later one
_LONGEST_PIECE = 4000  # characters of a long description in one line; fixed width allows 80
_LISTS = ("pricing", "coverage_manual", "carriers_manual", "lab_certifications", "types_of_service")

INDICATORS = Layout(
    dataset=Release.Dataset.HCPCS,
    owner=System.HCPCS.rules.owner,
    page=PAGE,
    model=HcpcsIndicators,
    columns={
        "code": "text",
        "coverage": "text",
        "pricing": "varchar[]",
        "multiple_pricing": "text",
        "coverage_manual": "varchar[]",
        "carriers_manual": "varchar[]",
        "statute": "text",
        "lab_certifications": "varchar[]",
        "asc_group": "text",
        "asc_since": "date",
        "processing_note": "text",
        "betos": "text",
        "types_of_service": "varchar[]",
        "anesthesia_units": "smallint",
        "action": "text",
        "action_since": "date",
    },
    key=("code",),
    read=lambda _: iter(()),  # they come with the codes
    effective=lambda _: None,
)


@dataclass
class _Entry:
    """A code or modifier, its long description still in pieces."""

    code: str
    first: Line
    valid_from: date | None
    valid_to: date | None
    indicators: tuple[object, ...]
    pieces: list[str] = field(default_factory=list)
    sequence: int = 0

    @property
    def descriptor(self) -> str:
        return " ".join(" ".join(self.pieces).split())


@dataclass
class Reading:
    """What a file states: the release, the indicators of its codes, bad lines, and what was left out by whose it is."""

    staged: StagedRelease
    indicators: list[Staged]
    bad: list[BadLine]
    left_out: dict[str, int]


def load(path: Path, order: Order) -> Outcome:
    """Load one ANWEB file. Raises FileRefused, with nothing changed, for one that is something else or damaged."""
    reading = read(path, order)
    with transaction.atomic(), connection.cursor() as cursor:
        outcome = merge(reading.staged, order.at, order.by)
        if outcome.fresh:
            table = Table(INDICATORS, cursor)
            table.make_staging()
            table.copy(reading.indicators)
            window = Window.of(Release.Dataset.HCPCS, outcome.release.effective)
            table.merge(outcome.release, window, reading.bad, partial=order.amend)
    refused = [RefusedLine(bad.line, f"{bad.column}: {bad.reason}") for bad in reading.bad]
    return Outcome(outcome.release, outcome.fresh, refused, reading.left_out)


def read(path: Path, order: Order) -> Reading:
    """What a file states. Raises FileRefused for bad lines, unless the order keeps the good ones."""
    source = Source(path)
    entries, found, left_out = _entries(source, order)
    bad = found.lines
    effective = order.effective or _effective(source)
    staged = StagedRelease(
        system=System.HCPCS,
        dataset=Release.Dataset.HCPCS,
        version=f"{effective:%B %Y}",
        title="HCPCS Level II",
        owner=System.HCPCS.rules.owner,
        effective=effective,
        last_day=day_before(effective, EVERY),
        file_name=source.name[:200],
        checksum=source.checksum,
        refused=len(bad),
        left_out=sum(left_out.values()),
        kept={str(code) for each in bad if each.key for code in each.key},
        closes=not order.amend and all(each.key is not None for each in bad),
        partial=order.amend,
    )
    _fill(staged, entries)
    return Reading(staged, [Staged(entry.first.number, entry.indicators) for entry in entries], bad, left_out)


def _effective(source: Source) -> date:
    match = _FILE_NAME.search(source.member) or _FILE_NAME.search(source.name)
    if not match:
        raise FileRefused(
            f"{source.name} does not name its release, as HCPC2026_OCT_ANWEB does. Say when it takes effect: "
            "--effective 2026-10-01."
        )
    return date(int(match["year"]), QUARTERS[(match["quarter"] or "JAN").upper()], 1)


def _entries(source: Source, order: Order) -> tuple[list[_Entry], Found, dict[str, int]]:
    entries: dict[str, _Entry] = {}
    found = Found(source)
    bad = found.lines
    places: dict[str, list[int]] = {}  # the lines of each code
    torn: set[str] = set()  # codes with a bad line: without it they would be cut short
    left_out: Counter[str] = Counter()
    total = 0
    for total, line in enumerate(lines(source), 1):  # noqa: B007 - counted
        found.row(line.number)
        places.setdefault(line["code"], []).append(line.number)
        try:
            _take(line, entries, torn)
        except Refused as reason:
            again = line.starts and line["code"] in entries
            if not again:
                torn.add(line["code"])
            key = () if again else (line["code"],) if _NAMED.fullmatch(line["code"]) else None
            bad.append(BadLine(line.number, reason.column, str(reason), key))
            if not order.keep_good and len(bad) > bad_lines.SHOWN:
                break
        except LeftOut as owner:
            left_out[str(owner)] += line.starts
    if not total:
        raise FileRefused(
            f"{source.name} is no ANWEB file of HCPCS Level II: none of its lines is a record of that layout."
        )
    found.torn.update(number for code in torn for number in places[code])
    bad_lines.settle([found], order)
    whole_ones = [entry for code, entry in entries.items() if code not in torn]
    if not whole_ones:
        raise FileRefused(f"{source.name} holds no code of HCPCS Level II that can be loaded.")
    return whole_ones, found, dict(left_out)


def _take(line: Line, entries: dict[str, _Entry], torn: set[str]) -> None:
    if line["record"] not in RECORDS:
        raise _refused("record", f"it is {line['record'][:5]!r}, which must be 3, 4, 7 or 8")
    if not (line["sequence"].isascii() and line["sequence"].isdigit() and len(line["sequence"]) <= 6):
        raise _refused("sequence", f"it is {line['sequence'][:10]!r}, which must be digits")
    code = _code(line) if line["record"] in (FIRST_OF_CODE, MORE_OF_CODE) else _modifier(line)
    if any("\x00" in text for texts in line.values.values() for text in texts):
        raise Refused("any column", "it holds NUL characters")
    if len(line["long"]) > _LONGEST_PIECE:
        raise _refused("long", f"{code} has one of {len(line['long']):,} characters in a line")
    if line.starts:
        if code in entries:
            raise _refused("code", f"{code} is stated twice, first in line {entries[code].first.number}")
        entries[code] = _first(code, line)
        return
    entry = entries.get(code)
    if entry is None:
        if code in torn:
            return  # its first line is bad, and told
        raise _refused("record", f"it continues {code}, whose first line is missing")
    if int(line["sequence"]) <= entry.sequence:
        raise _refused("sequence", f"it continues {code} out of order")
    entry.pieces.append(line["long"])
    entry.sequence = int(line["sequence"])


def _first(code: str, line: Line) -> _Entry:
    for name, each in FIELDS.items():
        pattern = each.pattern
        if bad := next((text for text in line.values[name] if text and pattern and not pattern.fullmatch(text)), ""):
            raise _refused(name, f"{bad[:20]!r} is no value of this field")
    if not line["long"]:
        raise _refused("long", f"{code} has none")
    if len(line["short"]) > _LONGEST_SHORT:
        raise _refused("short", f"{code} has one of {len(line['short']):,} characters")
    if line.cut_off:
        raise Refused("the whole line", line.cut_off)
    valid_from, valid_to = _validity(line)
    return _Entry(code, line, valid_from, valid_to, _indicators(code, line), [line["long"]], int(line["sequence"]))


def _indicators(code: str, line: Line) -> tuple[object, ...]:
    """The values of `INDICATORS.columns`, in their order. Raises Refused for one that cannot be what it should be."""
    found: dict[str, object] = {"code": code}
    for name in INDICATORS.columns:
        texts = [text for text in line.values[name] if text]
        if name in _LISTS:
            found[name] = texts
        elif name.endswith("_since"):
            found[name] = _date(line, name)
        elif name == "anesthesia_units":
            found[name] = whole(FIELDS[name].column, texts[0], most=999) if texts else None
        elif name != "code":
            found[name] = texts[0] if texts else ""
    return tuple(found[name] for name in INDICATORS.columns)


def _refused(name: str, reason: str) -> Refused:
    return Refused(FIELDS[name].column, reason)


def _code(line: Line) -> str:
    code = line["code"]
    if re.fullmatch(r"D[0-9]{4}", code):
        raise LeftOut("dental codes of the American Dental Association")
    if re.fullmatch(r"[0-9]{4}[0-9A-Z]", code):
        raise LeftOut("Level I codes of the American Medical Association")
    if not System.HCPCS.rules.pattern.fullmatch(code):
        raise _refused("code", f"{code[:10]!r} is no code of HCPCS Level II")
    return code


def _modifier(line: Line) -> str:
    code = line["code"]
    if _AMA_MODIFIER.fullmatch(code):
        raise LeftOut("modifiers of the American Medical Association")
    if not _MODIFIER.fullmatch(code):
        raise _refused("code", f"{code[:10]!r} is no modifier of HCPCS Level II")
    return code


def _validity(line: Line) -> tuple[date | None, date | None]:
    """First day, and the day after the last; CMS states the last day that a code may be used."""
    added, last_day = _date(line, "added"), _date(line, "last_day")
    ends = last_day + timedelta(days=1) if last_day and last_day.year < _FOREVER else None
    if added and ends and ends <= added:
        raise _refused("last_day", f"it ends on {last_day}, before it starts on {added}")
    return added, ends


def _date(line: Line, name: str) -> date | None:
    written = line[name]
    if not written.strip("0"):
        return None
    if not (written.isascii() and written.isdigit() and len(written) == 8):
        raise _refused(name, f"it is {written[:10]!r}, which must be YYYYMMDD")
    return day(FIELDS[name].column, written)


def _fill(staged: StagedRelease, entries: list[_Entry]) -> None:
    codes = sorted((entry for entry in entries if len(entry.code) == 5), key=lambda entry: entry.code)
    staged.headings = [hcpcs_heading(letter) for letter in sorted({entry.code[0] for entry in codes})]
    for entry in codes:
        code, short, long = entry.code, entry.first["short"], entry.descriptor
        staged.codes.append(
            StagedCode(
                code,
                title=short or long[:80],
                heading=code[0].lower(),
                synonyms=long,
                valid_from=entry.valid_from,
                valid_to=entry.valid_to,
            )
        )
        staged.replacements += [
            (code, other) for other in dict.fromkeys(entry.first.values["cross_references"]) if other not in ("", code)
        ]
        staged.descriptors.append(StagedDescriptor(code, "long", long))
        if short:
            staged.descriptors.append(StagedDescriptor(code, "short", short))
    staged.modifiers = [
        StagedModifier(
            entry.code,
            title=entry.first["short"] or entry.descriptor[:80],
            descriptor=entry.descriptor,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )
        for entry in entries
        if len(entry.code) == 2
    ]


def hcpcs_heading(letter: str) -> StagedHeading:
    """The group that codes of a letter stand under, in our own words."""
    return StagedHeading(letter.lower(), letter, HCPCS_GROUPS.get(letter, f"Other codes ({letter} codes)"))
