"""HCPCS Level II in the layout that CMS publishes each quarter as ANWEB (alphanumeric, for the web).

Two shapes hold the same fields. Fixed width (record layout "HCPCS Contractor Record", 320 characters, 1-based: code
1-5, modifier 4-5, sequence 6-10, record id 11, long description 12-91, short 92-119, added 269-276, action effective
277-284, last day 285-292, action 293) and, since 2026, CSV with the headings HCPC, SEQNUM, RECID, LONG DESCRIPTION, ...
Record ids: 3 starts a code, 4 continues its long description, 7 starts a modifier, 8 continues it. Lines before the
first record are a disclaimer.

Not ours to show, and left out with a count: dental D codes (American Dental Association), Level I codes and modifiers,
physical status P1-P6 among them (American Medical Association).
"""

import csv
import hashlib
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from codes.loaders.merge import merge
from codes.loaders.outcome import FileRefused, Outcome, RefusedLine
from codes.loaders.staged import StagedCode, StagedDescriptor, StagedHeading, StagedModifier, StagedRelease
from codes.models import Release
from codes.systems import HCPCS_GROUPS, System

PAGE = "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update"
_FILE_NAME = re.compile(r"HCPCS?(?P<year>(19|20)\d\d)_?(?P<quarter>JAN|APR|JUL|OCT)?", re.IGNORECASE)
_QUARTERS = {"JAN": 1, "APR": 4, "JUL": 7, "OCT": 10}
_CSV_COLUMNS = {
    "code": "HCPC",
    "sequence": "SEQNUM",
    "record": "RECID",
    "long": "LONG DESCRIPTION",
    "short": "SHORT DESCRIPTION",
    "added": "ADD DT",
    "last_day": "TERM DT",
}
_FIRST_OF_CODE, _MORE_OF_CODE, _FIRST_OF_MODIFIER, _MORE_OF_MODIFIER = "3", "4", "7", "8"
_MODIFIER = re.compile(r"[A-Z][0-9A-Z]")
_AMA_MODIFIER = re.compile(r"[0-9][0-9A-Z]|P[1-6]")
_FOREVER = 9999  # the year that some files write for "no end"
_LONGEST_SHORT = 120  # the layout allows 28; some room for a later one
_MOST_REFUSED = 0.05  # a larger share of unreadable records means that this is not the file it claims to be


class _Line(NamedTuple):
    """One record line, its fields stripped."""

    number: int
    code: str
    sequence: str
    record: str
    long: str
    short: str
    added: str
    last_day: str


@dataclass
class _Entry:
    """A code or modifier, its long description still in pieces."""

    first: _Line
    valid_from: date | None
    valid_to: date | None
    pieces: list[str] = field(default_factory=list)
    sequence: int = 0

    @property
    def descriptor(self) -> str:
        return " ".join(" ".join(self.pieces).split())


class _Refused(Exception):
    """Why one line is left out."""


class _LeftOut(Exception):
    """Whose a line is, since it is not ours to show."""


def load(path: Path, at: datetime, effective: date | None = None) -> Outcome:
    """Load one ANWEB file. Raises FileRefused, with nothing changed, for one that is something else or damaged."""
    staged, refused, left_out = read(path, effective)
    outcome = merge(staged, at)
    return Outcome(outcome.release, outcome.fresh, refused, left_out)


def read(path: Path, effective: date | None = None) -> tuple[StagedRelease, list[RefusedLine], dict[str, int]]:
    """What a file states, the lines that were refused, and what was left out, by whose it is."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{path} cannot be read: {error.strerror}.") from None
    entries, refused, left_out = _entries(path.name, content)
    effective = effective or _effective(path.name)
    staged = StagedRelease(
        system=System.HCPCS,
        dataset=Release.Dataset.HCPCS,
        version=f"{effective:%B %Y}",
        title="HCPCS Level II",
        owner=System.HCPCS.rules.owner,
        effective=effective,
        file_name=path.name[:200],
        checksum=hashlib.sha256(content).hexdigest(),
        refused=len(refused),
        left_out=sum(left_out.values()),
    )
    _fill(staged, entries)
    return staged, refused, left_out


def _effective(name: str) -> date:
    match = _FILE_NAME.search(name)
    if not match:
        raise FileRefused(
            f"{name} does not name its release, as HCPC2026_OCT_ANWEB does. Say when it takes effect: "
            "--effective 2026-10-01."
        )
    return date(int(match["year"]), _QUARTERS[(match["quarter"] or "JAN").upper()], 1)


def _entries(name: str, content: bytes) -> tuple[list[_Entry], list[RefusedLine], dict[str, int]]:
    entries: dict[str, _Entry] = {}
    refused: list[RefusedLine] = []
    left_out: Counter[str] = Counter()
    total = 0
    for line in _lines(name, content):
        total += 1
        try:
            _take(line, entries)
        except _Refused as reason:
            refused.append(RefusedLine(line.number, str(reason)))
        except _LeftOut as owner:
            left_out[str(owner)] += line.record in (_FIRST_OF_CODE, _FIRST_OF_MODIFIER)
    if not entries:
        raise FileRefused(f"{name} is no ANWEB file of HCPCS Level II: none of its lines is a record of that layout.")
    if len(refused) > max(total * _MOST_REFUSED, 3):
        raise FileRefused(
            f"{len(refused):,} of {total:,} records in {name} cannot be read, so it is damaged or something else. "
            f"The first: {refused[0]}."
        )
    return list(entries.values()), refused, dict(left_out)


def _lines(name: str, content: bytes) -> Iterator[_Line]:
    """The record lines of either shape, from the first record on."""
    if content[:4] in (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"):
        raise FileRefused(f"{name} is a ZIP archive or a workbook. Unpack it, and load the text or CSV file in it.")
    if b"\x00" in content[:100_000]:
        raise FileRefused(f"{name} is not a text file.")
    start = content[:5000].lstrip(b"\xef\xbb\xbf\r\n\t ").upper()
    return _csv_lines(name, content) if start.startswith(b"HCPC,") else _fixed_lines(content)


def _fixed_lines(content: bytes) -> Iterator[_Line]:
    started = False
    for number, raw in enumerate(content.decode("latin-1").split("\n"), start=1):
        text = raw.rstrip("\r")
        started = started or bool(re.match(r"[ A-Z0-9]{5}\d{5}[3478]\S", text))
        if started and text.strip("\x1a \t"):
            spans = ((0, 5), (5, 10), (10, 11), (11, 91), (91, 119), (268, 276), (284, 292))
            yield _Line(number, *(text[begin:end].strip() for begin, end in spans))


def _csv_lines(name: str, content: bytes) -> Iterator[_Line]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    rows = csv.reader(io.StringIO(text.lstrip("\r\n\t "), newline=""))
    try:
        header = [" ".join(cell.split()).upper() for cell in next(rows)]
        missing = [column for column in _CSV_COLUMNS.values() if column not in header]
        if missing:
            raise FileRefused(f"{name} has no column {missing[0]}, which the ANWEB layout has.")
        places = [header.index(column) for column in _CSV_COLUMNS.values()]
        for row in rows:
            if any(row):
                yield _Line(rows.line_num, *(row[place].strip() if place < len(row) else "" for place in places))
    except csv.Error as error:
        raise FileRefused(f"{name} is not well-formed CSV: line {rows.line_num}: {error}.") from None


def _take(line: _Line, entries: dict[str, _Entry]) -> None:
    if line.record not in ("3", "4", "7", "8"):
        raise _Refused(f"its record id is {line.record[:5]!r}, which must be 3, 4, 7 or 8")
    if not (line.sequence.isascii() and line.sequence.isdigit()):
        raise _Refused(f"its sequence number is {line.sequence[:10]!r}, which must be digits")
    code = _code(line) if line.record in (_FIRST_OF_CODE, _MORE_OF_CODE) else _modifier(line)
    if "\x00" in line.long + line.short:
        raise _Refused("it holds NUL characters")
    if line.record in (_FIRST_OF_CODE, _FIRST_OF_MODIFIER):
        if code in entries:
            raise _Refused(f"{code} is stated twice, first in line {entries[code].first.number}")
        if not line.long:
            raise _Refused(f"{code} has no long description")
        if len(line.short) > _LONGEST_SHORT:
            raise _Refused(f"{code} has a short description of {len(line.short):,} characters")
        valid_from, valid_to = _validity(line)
        entries[code] = _Entry(line, valid_from, valid_to, [line.long], int(line.sequence))
        return
    entry = entries.get(code)
    if entry is None:
        raise _Refused(f"it continues {code}, whose first line is missing")
    if int(line.sequence) <= entry.sequence:
        raise _Refused(f"it continues {code} out of order")
    entry.pieces.append(line.long)
    entry.sequence = int(line.sequence)


def _code(line: _Line) -> str:
    if re.fullmatch(r"D[0-9]{4}", line.code):
        raise _LeftOut("dental codes of the American Dental Association")
    if re.fullmatch(r"[0-9]{4}[0-9A-Z]", line.code):
        raise _LeftOut("Level I codes of the American Medical Association")
    if not System.HCPCS.rules.pattern.fullmatch(line.code):
        raise _Refused(f"{line.code[:10]!r} is no code of HCPCS Level II")
    return line.code


def _modifier(line: _Line) -> str:
    if _AMA_MODIFIER.fullmatch(line.code):
        raise _LeftOut("modifiers of the American Medical Association")
    if not _MODIFIER.fullmatch(line.code):
        raise _Refused(f"{line.code[:10]!r} is no modifier of HCPCS Level II")
    return line.code


def _validity(line: _Line) -> tuple[date | None, date | None]:
    """First day, and the day after the last; CMS states the last day that a code may be used."""
    added, last_day = _date(line.added, "date added"), _date(line.last_day, "termination date")
    ends = last_day + timedelta(days=1) if last_day and last_day.year < _FOREVER else None
    if added and ends and ends <= added:
        raise _Refused(f"it ends on {last_day}, before it starts on {added}")
    return added, ends


def _date(written: str, name: str) -> date | None:
    if not written.strip("0"):
        return None
    try:
        if not (written.isascii() and written.isdigit() and len(written) == 8):
            raise ValueError
        return datetime.strptime(written, "%Y%m%d").date()  # noqa: DTZ007 - a date of service has no time zone
    except ValueError:
        raise _Refused(f"its {name} is {written[:10]!r}, which must be YYYYMMDD") from None


def _fill(staged: StagedRelease, entries: list[_Entry]) -> None:
    codes = sorted((entry for entry in entries if len(entry.first.code) == 5), key=lambda entry: entry.first.code)
    letters = sorted({entry.first.code[0] for entry in codes})
    staged.headings = [hcpcs_heading(letter) for letter in letters]
    for entry in codes:
        code, short, long = entry.first.code, entry.first.short, entry.descriptor
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
        staged.descriptors.append(StagedDescriptor(code, "long", long))
        if short:
            staged.descriptors.append(StagedDescriptor(code, "short", short))
    staged.modifiers = [
        StagedModifier(
            entry.first.code,
            title=entry.first.short or entry.descriptor[:80],
            descriptor=entry.descriptor,
            valid_from=entry.valid_from,
            valid_to=entry.valid_to,
        )
        for entry in entries
        if len(entry.first.code) == 2
    ]


def hcpcs_heading(letter: str) -> StagedHeading:
    """The group that codes of a letter stand under, in our own words."""
    return StagedHeading(letter.lower(), letter, HCPCS_GROUPS.get(letter, f"Other codes ({letter} codes)"))
