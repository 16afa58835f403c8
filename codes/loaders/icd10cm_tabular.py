"""The Tabular List of ICD-10-CM: chapters, blocks, categories, codes, and the notes on each.

Layout: NCHS `icd10cm-tabular.xsd` (chapter > section > diag, nested; notes as children), as published by CDC. Codes
with a seventh character are not in the XML: each is a last-level code, padded with X to six characters, plus one
character of the nearest sevenChrDef, and exists only if a list of codes of the same release names it.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from codes.loaders.notes import note_list, seventh_characters
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source
from codes.loaders.staged import StagedCode, StagedHeading, StagedNote, StagedRelease
from codes.systems import System

_ROOT = "ICD10CM.tabular"
_LARGEST = 80 << 20  # bytes; published: some 9 million
_DEEPEST = 6  # codes in one another, from a category on
_LONGEST_TITLE = 300  # characters; as the columns
_BLOCK = re.compile(r"[A-Z][0-9A][0-9A-Z](-[A-Z][0-9A][0-9A-Z])?")
_RANGE_IN_TITLE = re.compile(r"\s*\([A-Z0-9]{3}(-[A-Z0-9]{3})?\)$")
_VERSION = re.compile(rb"<version>\s*(?P<year>20\d\d)\s*</version>")
_HEAD = 10_000  # bytes in which it stands
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


class Tabular:
    """One pass over the XML, chapter by chapter."""

    def __init__(self, staged: StagedRelease, listed: Collection[str]) -> None:
        """`listed` are the codes of the release without their points; what is read is added to `staged`."""
        self.staged = staged
        self.listed = listed
        self.linkable = {System.ICD10CM.dotted(code) for code in listed}

    def read(self, source: Source) -> None:
        """Read a file, chapter by chapter. Raises FileRefused for one that is torn or something else."""
        if source.size > _LARGEST:
            raise FileRefused(f"{source.name} has {source.size:,} bytes, which no Tabular List has.")
        try:
            with source.open() as stream:
                for element in _elements(source, stream):
                    if element.tag == "chapter":
                        self.chapter(element)
                        element.clear()
        except ET.ParseError as error:
            raise FileRefused(f"{source.name} is not well-formed XML: {error}.") from None
        except DefusedXmlException:
            raise FileRefused(f"{source.name} declares entities, which no published file does.") from None
        except (ValueError, LookupError) as error:  # an encoding that nobody knows
            raise FileRefused(f"{source.name} cannot be read as XML: {error}.") from None

    def chapter(self, chapter: ET.Element) -> None:
        """A chapter with all blocks and codes in it."""
        number = _text(chapter, "name", 10)
        heading = StagedHeading(number, f"Chapter {number}", _text(chapter, "desc"))
        self.staged.headings.append(heading)
        self.notes(chapter, None, heading.slug)
        above: list[tuple[str, str]] = []  # blocks that hold blocks: slug and last category
        for section in chapter.findall("section"):
            label = section.get("id", "")
            if not _BLOCK.fullmatch(label):
                raise FileRefused(f"A block of chapter {number} has the id {label[:20]!r}, which is no range of codes.")
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

    def diag(self, diag: ET.Element, heading: str, parent: str | None, characters: Characters, depth: int = 1) -> None:
        """One code, and those below it."""
        code, title = _text(diag, "name", 10), _text(diag, "desc")
        if depth > _DEEPEST or System.ICD10CM.normalize(code) != code:
            raise FileRefused(f"{code} stands {depth} levels deep in the Tabular List, or is no code of ICD-10-CM.")
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
            self.diag(child, heading, code, characters, depth + 1)
        for name, composed in extended:
            self.staged.codes.append(StagedCode(name, composed, heading, code, synonyms=synonyms))

    def notes(self, element: ET.Element, code: str | None, heading: str | None) -> None:
        """The notes on a code or on a heading."""
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


def version(source: Source) -> int | None:
    """The fiscal year that a Tabular List states in its <version>."""
    with source.open() as stream:
        match = _VERSION.search(stream.read(_HEAD))
    return int(match["year"]) if match else None


def compare(staged: StagedRelease, listed: Collection[str], listing: str, *, gaps: bool = False) -> None:
    """Refuse a Tabular List and a list of codes, named `listing`, that are not of one release, or of which one is torn.

    With `gaps`, lines of the list are known to be bad, so codes may be missing from it.
    """
    read = {row.code.replace(".", "") for row in staged.codes}
    if len(read) < len(staged.codes) or len({row.slug for row in staged.headings}) < len(staged.headings):
        raise FileRefused(f"{staged.file_name} states a code or a block twice.")
    missing = sorted(code for code in listed if System.ICD10CM.normalize(code) and code not in read)
    if missing:
        raise FileRefused(
            f"{listing} lists {len(missing)} codes that {staged.file_name} does not hold, such as {missing[0]}."
        )
    surplus = [] if gaps else sorted(read.difference(listed))
    if surplus or not read:
        raise FileRefused(
            f"{staged.file_name} holds {len(surplus)} codes that {listing} does not list, "
            f"such as {surplus[0] if surplus else 'none at all'}."
        )


def _elements(source: Source, stream: Any) -> Iterator[ET.Element]:
    """Each element once it is complete; the outermost must be that of a Tabular List."""
    depth = 0
    for event, element in iterparse(stream, events=("start", "end")):
        if event == "end":
            depth -= 1
            yield element
        elif depth == 0 and element.tag != _ROOT:
            raise FileRefused(f"{source.name} starts with <{element.tag[:40]}>, where the layout has <{_ROOT}>.")
        else:
            depth += 1


def _text(element: ET.Element, tag: str, most: int = _LONGEST_TITLE) -> str:
    text = " ".join((element.findtext(tag) or "").split())
    if not text:
        raise FileRefused(f"An element <{element.tag}> of the Tabular List has no <{tag}>.")
    if len(text) > most:
        raise FileRefused(f"{text[:40]!r}... has {len(text):,} characters where {most} are allowed in a <{tag}>.")
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
