"""The Index of ICD-10-CM: Alphabetic Index, External Cause Index, Table of Neoplasms, Table of Drugs and Chemicals.

Layout: NCHS `icd10cm-index.xsd`, four files of a fiscal year in one shape (`icd10cm-index-2027.xml`, `-eindex-`,
`-neoplasm-`, `-drug-`). ICD10CM.index > letter > mainTerm > term > term ..., each with a title (whose nemod are the
nonessential modifiers), then code, see, seeAlso, seecat and subcat (a category instead of a code), manif (the second
code), or, in the tables, cell with its column from 2 to 7. A dash at the end of a code means that it needs more
characters; a cell of dashes alone is empty. The fiscal year in <version> starts on October 1 of the year before, unless
the file's name states a day (`icd10cm-index-April-1-2027.xml`). Addenda, which list changes alone, are refused.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from codes.loaders import fiscal_year
from codes.loaders.layout import BadLine, Layout, Read, Refused, Staged
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source
from codes.loaders.xml_stream import Element, elements
from codes.models import IndexEntry, IndexTable, Release

PAGE = "https://www.cdc.gov/nchs/icd/icd-10-cm/files.html"
_CODE = re.compile(r"(?P<code>[A-Z][0-9A][0-9A-Z](\.[0-9A-Z]{1,4})?)\.?(?P<dash>-?)")
_NONE = re.compile(r"-*")
_YEAR = re.compile(rb"<version>\s*(?P<year>20\d\d)\s*</version>")
_HEAD = 10_000  # bytes in which the version stands
_DEEPEST = 10  # terms in a path; the schema allows nine levels below a main term
_LONGEST = {"title": 600, "modifiers": 1000, "reference": 300}  # characters; as the columns
_LONGEST_PATH = 1500  # bytes; an index row of the database holds some 2,700
_MOST_TERMS = 1_000_000  # published: some 80,000
_TERMS = ("mainTerm", "term")
_HEADS = {IndexTable.NEOPLASMS: "malignant", IndexTable.DRUGS: "poisoning"}
_FIRST_DRUG_COLUMN = IndexEntry.Column.POISONING_ACCIDENTAL - 2


@dataclass(slots=True)
class _Term:
    """A term that is being read. Its entries are complete before the first term below it."""

    line: int
    title: str = ""
    modifiers: str = ""
    texts: dict[str, str] = field(default_factory=dict)
    cells: dict[int, str] = field(default_factory=dict)
    told: bool = False


class _Reader:
    """One pass over the XML of one table."""

    def __init__(self, source: Source, table: IndexTable) -> None:
        self.source, self.table = source, table
        self.terms: list[_Term] = []
        self.heads = ""
        self.known = False
        self.seen: Counter[tuple[object, ...]] = Counter()

    def read(self) -> Read:
        for event, element in elements(self.source, "ICD10CM.index", mixed={"title": "nemod"}):
            if event == "start":
                yield from self.start(element)
            else:
                yield from self.end(element)

    def start(self, element: Element) -> Read:
        if element.tag == "ICD10CM.index" and element.attributes.get("isAddenda") == "true":
            raise FileRefused(f"{self.source.name} is an addendum: it lists changes alone. Load the whole file.")
        if element.tag in ("new", "old", "unc", "diff"):
            raise FileRefused(
                f"{self.source.name}, line {element.line}: <{element.tag}> marks a change, as an addendum does. "
                "Load the whole file."
            )
        if element.tag == "letter":
            self.recognize()
        if element.tag in _TERMS:
            yield from self.tell()
            self.terms.append(_Term(element.line))

    def end(self, element: Element) -> Read:
        tag, text = element.tag, element.text
        if tag in _TERMS:
            yield from self.tell()
            self.terms.pop()
        elif not self.terms:
            self.heads += f" {text.lower()}" if tag in ("head", "title") else ""
        elif tag == "title":
            # A few terms are a modifier alone: "(taser)". It then is the term.
            self.terms[-1].title, self.terms[-1].modifiers = (text, element.inner) if text else (element.inner, "")
        elif tag == "cell":
            column = element.attributes.get("col", "")
            self.terms[-1].cells[int(column) if column in {*"234567"} else 0] = text
        elif tag in ("code", "see", "seeAlso", "seecat", "subcat", "manif", "warning"):
            self.terms[-1].texts[tag] = text
        elif tag != "nemod":
            raise FileRefused(f"{self.source.name}, line {element.line}: the layout has no <{tag}> in a term.")

    def recognize(self) -> None:
        """Refuse another part of the Index than the one named; each says what it is before its first letter."""
        found = next((table for table, word in _HEADS.items() if word in self.heads), None)
        if found is None:
            external = "external cause" in self.heads
            found = IndexTable.EXTERNAL_CAUSES if external else IndexTable.DISEASES
        if found is not self.table:
            raise FileRefused(f"{self.source.name} holds the {found.label}, not the {self.table.label}.")

    def tell(self) -> Read:
        """The entries of the innermost term, once."""
        if not self.terms or self.terms[-1].told:
            return
        term = self.terms[-1]
        term.told = True
        try:
            yield from [Staged(term.line, values) for values in self.entries(term)]
        except Refused as bad:
            path = [above.title for above in self.terms]
            yield BadLine(term.line, bad.column, bad.reason, (path,) if all(path) else None)

    def entries(self, term: _Term) -> Iterator[tuple[object, ...]]:
        path, modifiers = self.path(term)
        codes = {column: _code(f"col {column}", text) for column, text in term.cells.items() if text}
        codes = {column: code for column, code in codes.items() if code[0]}
        texts = term.texts
        category = texts.get("seecat", "") or texts.get("subcat", "")
        code = _code("code", texts.get("code", "") or category)
        if category:
            code = (code[0], True)
        note = texts.get("warning", "")
        manifestation = texts.get("manif", "").strip("[]")
        if manifestation and not _CODE.fullmatch(manifestation):
            manifestation, note = "", f"{manifestation} {note}".strip()
        references = (texts.get("see", ""), texts.get("seeAlso", ""), note)
        if "seecat" in texts and not references[0]:
            references = (f"category {texts['seecat']}", *references[1:])
        for text in references:
            _refuse_long("see", text, _LONGEST["reference"])
        if code[0] or manifestation or any(references) or not codes:
            yield self.entry(path, 0, modifiers, code, _code("manif", manifestation)[0], references)
        for column, found in sorted(codes.items()):
            if 0 in codes:
                raise Refused("cell", "its column is not one of 2 to 7")
            place = column + _FIRST_DRUG_COLUMN if self.table is IndexTable.DRUGS else column
            yield self.entry(path, place, modifiers, found, "", ("", "", ""))

    def path(self, term: _Term) -> tuple[list[str], list[str]]:
        if not term.title:
            raise Refused("title", "the term has none")
        if len(self.terms) > _DEEPEST:
            raise Refused("term", f"it stands {len(self.terms)} levels deep where the layout allows {_DEEPEST}")
        _refuse_long("title", term.title, _LONGEST["title"])
        _refuse_long("nemod", term.modifiers, _LONGEST["modifiers"])
        path = [above.title for above in self.terms]
        if not all(path) or len("".join(path).encode()) > _LONGEST_PATH:
            raise Refused("title", "the terms above it have no titles, or are too long together")
        return path, [above.modifiers for above in self.terms]

    def entry(
        self,
        path: list[str],
        column: int,
        modifiers: list[str],
        code: tuple[str, bool],
        manifestation: str,
        references: tuple[str, ...],
    ) -> tuple[object, ...]:
        key = (*path, column)
        self.seen[key] += 1
        if len(self.seen) > _MOST_TERMS:
            raise FileRefused(f"{self.source.name} holds more than {_MOST_TERMS:,} entries, which no release does.")
        return path, column, self.seen[key], modifiers, *code, manifestation, *references


def _code(column: str, written: str) -> tuple[str, bool]:
    """A code without its dash, and whether it had one; empty for a cell of dashes. Raises Refused."""
    if _NONE.fullmatch(written):
        return "", False
    match = _CODE.fullmatch(written)
    if not match:
        raise Refused(column, f"{written[:20]!r} is no code of ICD-10-CM")
    return match["code"], bool(match["dash"])


def _refuse_long(column: str, text: str, most: int) -> None:
    if len(text) > most:
        raise Refused(column, f"it has {len(text):,} characters where {most} are allowed")


def effective(source: Source) -> date | None:
    """The day in the file's name, else the first of the fiscal year in <version>."""
    year = _version(source)
    return fiscal_year.day_in_name(source) or (fiscal_year.start(year) if year else None)


def verify(source: Source, effective: date) -> None:
    """Refuse a file whose <version> is another fiscal year than that of the day it is to hold from."""
    year, asked = _version(source), fiscal_year.year_of(effective)
    if year and year != asked:
        raise FileRefused(
            f"{source.name} is of fiscal year {year}, but {effective:%B %-d, %Y} lies in fiscal year {asked}."
        )


def _version(source: Source) -> int | None:
    with source.open() as stream:
        match = _YEAR.search(stream.read(_HEAD))
    return int(match["year"]) if match else None


def _layout(dataset: Release.Dataset, table: IndexTable) -> Layout:
    return Layout(
        dataset=dataset,
        owner="CDC, National Center for Health Statistics",
        page=PAGE,
        model=IndexEntry,
        columns={
            "path": "varchar[]",
            "column": "smallint",
            "occurrence": "smallint",
            "modifiers": "varchar[]",
            "code": "text",
            "needs_more": "boolean",
            "manifestation": "text",
            "see": "text",
            "see_also": "text",
            "note": "text",
        },
        key=("path", "column", "occurrence"),
        read=lambda source: _Reader(source, table).read(),
        effective=effective,
        verify=verify,
        every=12,
        scope={"table": table},
    )


DISEASES = _layout(Release.Dataset.INDEX, IndexTable.DISEASES)
EXTERNAL_CAUSES = _layout(Release.Dataset.EXTERNAL_CAUSES, IndexTable.EXTERNAL_CAUSES)
NEOPLASMS = _layout(Release.Dataset.NEOPLASMS, IndexTable.NEOPLASMS)
DRUGS = _layout(Release.Dataset.DRUGS, IndexTable.DRUGS)
