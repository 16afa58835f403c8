"""ICD-10-CM from the data of the installed package simple-icd-10-cm: the Tabular List in XML, and the list of codes.

Layout: NCHS `icd10cm-tabular.xsd` (chapter > section > diag, nested; notes as children), as published by CDC. Codes
with a seventh character are not in the XML: each is a last-level code, padded with X to six characters, plus one
character of the nearest sevenChrDef, and exists only if the code list names it. The package's module is never imported
(2 s, 180 MB); its files are found by its installation record.
"""

import hashlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from importlib import metadata
from pathlib import Path
from xml.etree import ElementTree as ET

from codes.loaders.merge import merge
from codes.loaders.notes import note_list, seventh_characters
from codes.loaders.outcome import FileRefused, Outcome
from codes.loaders.staged import StagedCode, StagedHeading, StagedNote, StagedRelease
from codes.models import Release
from codes.systems import System

PACKAGE = "simple-icd-10-cm"
_TABULAR = re.compile(r"tabular-(?P<month>[A-Z][a-z]+)-(?P<day>\d+)-(?P<year>\d{4})\.xml$")
_RANGE_IN_TITLE = re.compile(r"\s*\([A-Z0-9]{3}(-[A-Z0-9]{3})?\)$")
_NOTES = {
    "includes": "includes",
    "inclusionTerm": "inclusion-terms",
    "excludes1": "excludes1",
    "excludes2": "excludes2",
    "codeFirst": "code-first",
    "useAdditionalCode": "use-additional",
    "codeAlso": "code-also",
    "notes": "notes",
}

type Characters = list[tuple[str, list[str]]]  # a seventh character, its meaning, further lines


def package_files() -> tuple[Path, Path]:
    """Where the Tabular List and the code list of the installed package lie. Raises FileRefused if they do not."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        raise FileRefused(f"The package {PACKAGE}, which carries ICD-10-CM, is not installed.") from None
    paths = [Path(str(file.locate())) for file in files]
    tabular = next((path for path in paths if _TABULAR.search(path.name)), None)
    listing = next((path for path in paths if path.name.startswith("code-list") and path.suffix == ".txt"), None)
    if not tabular or not listing:
        raise FileRefused(f"The package {PACKAGE} holds no Tabular List or no code list; is it another version?")
    return tabular, listing


def load(at: datetime) -> Outcome:
    """Load what the installed package carries. The same package again changes nothing, and is not even read."""
    tabular, listing = package_files()
    current = Release.objects.current(Release.Dataset.ICD10CM)
    if current and current.checksum == checksum(tabular, listing):
        return Outcome(current, fresh=False)
    return merge(read(tabular, listing), at)


def read(tabular: Path, listing: Path) -> StagedRelease:
    """The release in a Tabular List and its code list. Raises FileRefused where the two do not fit each other."""
    effective = _effective(tabular)
    fiscal_year = effective.year + (effective.month >= 10)
    staged = StagedRelease(
        system=System.ICD10CM,
        dataset=Release.Dataset.ICD10CM,
        version=f"FY{fiscal_year} {effective:%B}",
        title="ICD-10-CM",
        owner="CDC, National Center for Health Statistics",
        effective=effective,
        file_name=tabular.name,
        checksum=checksum(tabular, listing),
    )
    listed = set(listing.read_text(encoding="utf-8").split())
    try:
        _Tabular(staged, listed).read(tabular)
    except ET.ParseError as error:
        raise FileRefused(f"{tabular.name} is not well-formed XML: {error}.") from None
    _compare(staged, listed, listing)
    return staged


def checksum(*paths: Path) -> str:
    """SHA-256 over some files, one after the other."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _effective(tabular: Path) -> date:
    match = _TABULAR.search(tabular.name)
    try:
        written = "{month} {day} {year}".format(**match.groupdict()) if match else ""
        return datetime.strptime(written, "%B %d %Y").date()  # noqa: DTZ007 - a date of service has no time zone
    except ValueError:
        raise FileRefused(f"{tabular.name} does not name the date it holds from, as in tabular-April-1-2026.") from None


def _compare(staged: StagedRelease, listed: set[str], listing: Path) -> None:
    """Tabular List and code list must name the same codes; else one of them is torn or of another release."""
    read = {row.code.replace(".", "") for row in staged.codes}
    missing = sorted(code for code in listed if System.ICD10CM.normalize(code) and code not in read)
    if missing:
        raise FileRefused(
            f"{listing.name} lists {len(missing)} codes that {staged.file_name} does not hold, such as {missing[0]}."
        )
    surplus = sorted(read - listed)
    if surplus or not read:
        raise FileRefused(
            f"{staged.file_name} holds {len(surplus)} codes that {listing.name} does not list, "
            f"such as {surplus[0] if surplus else 'none at all'}."
        )


class _Tabular:
    """One pass over the XML, chapter by chapter."""

    def __init__(self, staged: StagedRelease, listed: set[str]) -> None:
        self.staged = staged
        self.listed = listed
        self.linkable = {System.ICD10CM.dotted(code) for code in listed}

    def read(self, path: Path) -> None:
        for _, element in ET.iterparse(path):  # noqa: S314 - a file of a package whose hash is pinned
            if element.tag == "chapter":
                self.chapter(element)
                element.clear()

    def chapter(self, chapter: ET.Element) -> None:
        number = _text(chapter, "name")
        heading = StagedHeading(number, f"Chapter {number}", _text(chapter, "desc"))
        self.staged.headings.append(heading)
        self.notes(chapter, None, heading.slug)
        above: list[tuple[str, str]] = []  # blocks that hold blocks: slug and last category
        for section in chapter.findall("section"):
            label = section.get("id", "")
            first, _, last = label.partition("-")
            while above and first > above[-1][1]:
                above.pop()
            block = StagedHeading(
                label.lower(),
                label,
                _RANGE_IN_TITLE.sub("", _text(section, "desc")),
                parent=above[-1][0] if above else heading.slug,
            )
            self.staged.headings.append(block)
            self.notes(section, None, block.slug)
            categories = section.findall("diag")
            if not categories:  # such as M40-M54, which stands above M50-M54
                above.append((block.slug, last or first))
            for category in categories:
                self.diag(category, block.slug, None, [])

    def diag(self, diag: ET.Element, heading: str, parent: str | None, characters: Characters) -> None:
        code, title = _text(diag, "name"), _text(diag, "desc")
        characters = _seventh(diag) or characters
        below = diag.findall("diag")
        synonyms = "\n".join(line for terms in diag.findall("inclusionTerm") for line in _lines(terms))
        full = [] if below else [(f"{code:X<7}" if "." in code else f"{code}.XXX", characters)]
        extended = [
            (f"{stem}{character}", f"{title}, {meaning[0]}")
            for stem, table in full
            for character, meaning in table
            if f"{stem}{character}".replace(".", "") in self.listed
        ]
        self.staged.codes.append(StagedCode(code, title, heading, parent, not below and not extended, synonyms))
        self.notes(diag, code, None)
        for child in below:
            self.diag(child, heading, code, characters)
        for name, composed in extended:
            self.staged.codes.append(StagedCode(name, composed, heading, code, synonyms=synonyms))

    def notes(self, element: ET.Element, code: str | None, heading: str | None) -> None:
        found: dict[str, list[str]] = {}
        for child in element:
            if kind := _NOTES.get(child.tag):
                found.setdefault(kind, []).extend(_lines(child))
            elif child.tag == "visualImpairment":
                found.setdefault("notes", []).extend(_visual_impairment(child))
        for kind, lines in found.items():
            html = note_list(lines, self.linkable)
            self.staged.notes.append(StagedNote(code, heading, kind, "\n".join(lines), html))
        if characters := _seventh(element):
            instruction = " ".join(line for note in element.findall("sevenChrNote") for line in _lines(note))
            lines = [instruction, *(f"{character} {'; '.join(meaning)}" for character, meaning in characters)]
            html = seventh_characters(instruction, characters)
            self.staged.notes.append(StagedNote(code, heading, "seventh-character", "\n".join(lines), html))


def _text(element: ET.Element, tag: str) -> str:
    text = " ".join((element.findtext(tag) or "").split())
    if not text:
        raise FileRefused(f"An element <{element.tag}> of the Tabular List has no <{tag}>.")
    return text


def _lines(element: ET.Element) -> list[str]:
    return [line for note in element.iter("note") if (line := " ".join((note.text or "").split()))]


def _seventh(element: ET.Element) -> Characters:
    characters: Characters = []
    for child in element.iterfind("sevenChrDef/*"):
        line = " ".join((child.text or "").split())
        if child.tag == "extension":
            characters.append((child.get("char", ""), [line]))
        elif child.tag == "note" and characters and line:
            characters[-1][1].append(line)
    return characters


def _visual_impairment(table: ET.Element) -> Iterator[str]:
    """The table of category H54 as lines: each category with the acuities between which it lies."""
    for category in table.findall("visCategory"):
        if not (number := category.findtext("value")):
            continue  # the row of column heads
        below = ", ".join(value.text or "" for value in category.iterfind("visRange/visMax/value"))
        at_least = ", ".join(value.text or "" for value in category.iterfind("visRange/visMin/value"))
        limits = f"less than {below}; equal to or better than {at_least}" if at_least else below
        yield f"Category {number}: best corrected visual acuity {limits}"
