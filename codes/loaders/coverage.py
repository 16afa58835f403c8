"""The Medicare Coverage Database: national and local determinations, articles, and the codes that articles name.

Layouts, CSV with a heading, columns found by their names:
- documents, one file: `article.csv` (article_id, article_version, title, article_eff_date, date_retired, display_id),
  `lcd.csv` (lcd_id, lcd_version, title, orig_det_eff_date, rev_eff_date, date_retired, display_id), `ncd_trkg.csv`
  (NCD_id, NCD_vrsn_num, NCD_mnl_sect, NCD_mnl_sect_title, NCD_efctv_dt, NCD_trmntn_dt), or the list that the Coverage
  API reports (document_id, document_version, document_display_id, document_type, title, contractor_name_type,
  effective_date, retirement_date, url), of which each data set takes its own kind;
- who and where, all or none: see `coverage_owners`;
- codes, as many as there are: `article_x_hcpc_code.csv`, `lcd_x_hcpc_code.csv`, `article_x_icd10_covered.csv`,
  `article_x_icd10_noncovered.csv`. Descriptions (AMA for CPT codes) are not read; XX000 stands for "no code".

Files are known by their names. Dates are written 2026-07-01 or 07/01/2026, with or without a time; a retirement date is
the last day. The export does not say of when it is: `--effective`. A version is in force until a later one takes
effect, and codes hold as long as their version.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from codes.loaders import columns, coverage_owners
from codes.loaders.bulk import Part, load_parts
from codes.loaders.layout import Layout, LeftOut, Read, Refused, Staged, rows, whole
from codes.loaders.mpfs import DENTAL, OWNER
from codes.loaders.outcome import FileRefused, Order, Outcome
from codes.loaders.source import Source
from codes.models import CoverageCode, CoverageDocument, Release
from codes.systems import System

PAGE = "https://www.cms.gov/medicare-coverage-database/downloads/downloads.aspx"
_VIEW = "https://www.cms.gov/medicare-coverage-database/view"
NO_CODE = "XX000"

_LIST = {
    "document": ["DOCUMENT_ID"],
    "version": ["DOCUMENT_VERSION"],
    "title": ["TITLE"],
    "effective": ["EFFECTIVE_DATE"],
    "type": ["DOCUMENT_TYPE"],
}
_LIST_MORE = {
    "number": ["DOCUMENT_DISPLAY_ID"],
    "revised": ["REV_EFF_DATE"],
    "retired": ["RETIREMENT_DATE"],
    "contractors": ["CONTRACTOR_NAME_TYPE"],
}


@dataclass(frozen=True)
class Export:
    """What the files of one kind of document are called."""

    kind: CoverageDocument.Kind
    dataset: Release.Dataset
    prefix: str  # of the numbers that people cite
    page: str  # the address of a document
    documents: str  # the file with the documents
    heading: columns.Wanted
    more: columns.Wanted
    codes: Mapping[str, tuple[CoverageCode.Role, System]]  # by file


_PROCEDURE = (CoverageCode.Role.PROCEDURE, System.HCPCS)
ARTICLE = Export(
    CoverageDocument.Kind.ARTICLE,
    Release.Dataset.COVERAGE_ARTICLE,
    "A",
    "article.aspx?articleid={document}&ver={version}",
    "article",
    {
        "document": ["ARTICLE_ID"],
        "version": ["ARTICLE_VERSION"],
        "title": ["TITLE"],
        "effective": ["ARTICLE_EFF_DATE"],
    },
    {"number": ["DISPLAY_ID"], "revised": ["ARTICLE_REV_EFF_DATE"], "retired": ["DATE_RETIRED"]},
    {
        "article_x_hcpc_code": _PROCEDURE,
        "article_x_icd10_covered": (CoverageCode.Role.SUPPORTS, System.ICD10CM),
        "article_x_icd10_noncovered": (CoverageCode.Role.NOT_SUPPORTED, System.ICD10CM),
    },
)
LCD = Export(
    CoverageDocument.Kind.LCD,
    Release.Dataset.COVERAGE_LCD,
    "L",
    "lcd.aspx?lcdid={document}&ver={version}",
    "lcd",
    {"document": ["LCD_ID"], "version": ["LCD_VERSION"], "title": ["TITLE"], "effective": ["ORIG_DET_EFF_DATE"]},
    {"number": ["DISPLAY_ID"], "revised": ["REV_EFF_DATE"], "retired": ["DATE_RETIRED"]},
    {"lcd_x_hcpc_code": _PROCEDURE},
)
NCD = Export(
    CoverageDocument.Kind.NCD,
    Release.Dataset.COVERAGE_NCD,
    "",
    "ncd.aspx?ncdid={document}&ncdver={version}",
    "ncd_trkg",
    {
        "document": ["NCD_ID"],
        "version": ["NCD_VRSN_NUM"],
        "title": ["NCD_MNL_SECT_TITLE"],
        "effective": ["NCD_EFCTV_DT"],
    },
    {"number": ["NCD_MNL_SECT"], "revised": ["REV_EFF_DATE"], "retired": ["NCD_TRMNTN_DT"]},
    {},
)


def load(export: Export, paths: Sequence[Path], order: Order) -> Outcome:
    """Load the documents of one kind and the codes that they name. Raises FileRefused, with nothing changed."""
    loading = _Loading(export, [Source(path) for path in paths])
    parts = [Part(loading.documents_layout, [loading.documents])]
    if loading.codes:
        parts.append(Part(loading.codes_layout, loading.codes))
    return load_parts(parts, order, lambda cursor: _settle(cursor, export.kind))


_LATER = """later.kind = %(kind)s AND old.kind = %(kind)s
    AND later.document = old.document AND later.version > old.version"""
_SETTLE = [  # made of constants alone
    f"""DELETE FROM {{table}} old USING codes_coveragedocument later
    WHERE {_LATER} AND later.valid_from <= old.valid_from""",  # noqa: S608
    f"""UPDATE {{table}} old SET valid_to = (
        SELECT min(later.valid_from) FROM codes_coveragedocument later WHERE {_LATER}
    ) WHERE EXISTS (
        SELECT FROM codes_coveragedocument later
        WHERE {_LATER} AND (old.valid_to IS NULL OR old.valid_to > later.valid_from)
    )""",  # noqa: S608
]


def _settle(cursor: Any, kind: CoverageDocument.Kind) -> None:
    """End each version, and its codes, on the day on which a later version takes effect."""
    for table in ("codes_coveragecode", "codes_coveragedocument"):
        for statement in _SETTLE:
            cursor.execute(statement.format(table=table), {"kind": kind.value})


class _Loading:
    """The files of one export, each in its place."""

    def __init__(self, export: Export, sources: Sequence[Source]) -> None:
        self.export = export
        self.dates: dict[tuple[int, int], tuple[date, date | None]] = {}
        named = {Path(source.member or source.name).stem.lower(): source for source in sources}
        self.codes = [named.pop(name) for name in export.codes if name in named]
        lookups = coverage_owners.lookups(export.kind, named)
        self.owners = coverage_owners.owners(export.kind, {name: named.pop(name) for name in lookups})
        if len(named) != 1:
            raise FileRefused(
                f"One file of documents is needed beside those of codes, such as {export.documents}.csv; "
                f"{', '.join(source.name for source in named.values()) or 'none'} was named. "
                f"Files of codes: {', '.join(f'{name}.csv' for name in export.codes) or 'none'}."
            )
        ((name, self.documents),) = named.items()
        self.listed = name != export.documents

    @property
    def documents_layout(self) -> Layout:
        """The table of documents."""
        return Layout(
            dataset=self.export.dataset,
            owner=OWNER,
            page=PAGE,
            model=CoverageDocument,
            columns={
                "document": "int",
                "version": "int",
                "valid_from": "date",
                "valid_to": "date",
                "number": "text",
                "title": "text",
                "contractors": "text",
                "states": "varchar[]",
                "retired": "date",
                "url": "text",
            },
            key=("document", "version", "valid_from"),
            read=self._documents,
            effective=lambda _: None,
            scope={"kind": self.export.kind.value},
            dated=True,
        )

    @property
    def codes_layout(self) -> Layout:
        """The table of codes. It is read after the documents, whose dates its rows have."""
        return Layout(
            dataset=self.export.dataset,
            owner=OWNER,
            page=PAGE,
            model=CoverageCode,
            columns={
                "document": "int",
                "version": "int",
                "role": "text",
                "group": "smallint",
                "code": "text",
                "valid_from": "date",
                "valid_to": "date",
            },
            key=("document", "version", "role", "group", "code", "valid_from"),
            read=self._codes,
            effective=lambda _: None,
            scope={"kind": self.export.kind.value},
            dated=True,
        )

    def _documents(self, source: Source) -> Read:
        if self.listed:
            return rows(columns.table(source, _LIST, _LIST_MORE), self._listed_document, _named)
        return rows(columns.table(source, self.export.heading, self.export.more), self._document, _named)

    def _listed_document(self, cells: list[str]) -> tuple[object, ...]:
        document, version, title, effective, kind, *more, contractors = cells
        if kind.lower() != self.export.kind.value:
            raise LeftOut(f"documents of another kind, {kind[:20]}")
        return self._document([document, version, title, effective, *more], "; ".join(_names(contractors)))

    def _document(self, cells: list[str], contractors: str = "") -> tuple[object, ...]:
        written, version, title, effective, number, revised, retired = cells
        document = whole("document", re.sub(r"^[A-Z]", "", written)), whole("version", version)
        begins = _day("effective date", revised or effective)
        last = None if retired.upper() in ("", "N/A") else _day("retirement date", retired)
        if last and last < begins:
            raise LeftOut("documents that were retired before they took effect")
        if not title:
            raise Refused("title", "it is empty")
        ends = last + timedelta(days=1) if last else None
        self.dates[document] = begins, ends
        names, states = self.owners.get(document, (set(), set()))
        return (
            *document,
            begins,
            ends,
            (number or f"{self.export.prefix}{document[0]}")[:20],
            title[:300],
            (contractors or "; ".join(sorted(names)))[:500],
            sorted(states),
            last,
            f"{_VIEW}/{self.export.page.format(document=document[0], version=document[1])}",
        )

    def _codes(self, source: Source) -> Read:
        role, system = self.export.codes[Path(source.member or source.name).stem.lower()]
        kind = self.export.kind.upper()
        wanted = {
            "document": [f"{kind}_ID"],
            "version": [f"{kind}_VERSION"],
            "code": ["HCPC_CODE_ID", "ICD10_CODE_ID"],
            "group": [r"HCPC_CODE_GROUP|ICD10_(NON)?COVERED_GROUP"],
        }
        seen: set[tuple[object, ...]] = set()  # of one document: its lines stand together
        last: tuple[object, ...] = ()
        for row in rows(columns.table(source, wanted), lambda cells: self._code(cells, role, system), _named):
            if isinstance(row, Staged):
                if row.values[:2] != last:
                    last, seen = row.values[:2], set()
                if row.values in seen:  # in one group a code may stand once for each version of its own
                    continue
                seen.add(row.values)
            yield row

    def _code(self, cells: list[str], role: CoverageCode.Role, system: System) -> tuple[object, ...]:
        document = whole("document", cells[0]), whole("version", cells[1])
        if document not in self.dates:
            raise LeftOut("codes of documents that are not in the export")
        if cells[2].upper() == NO_CODE:
            raise LeftOut("lines without a code (XX000)")
        if system is System.HCPCS and re.fullmatch("D[0-9]{4}", cells[2].upper()):
            raise LeftOut(DENTAL)
        code = system.normalize(cells[2]) or (System.CPT.normalize(cells[2]) if system is System.HCPCS else None)
        if code is None:
            raise Refused("code", f"{cells[2][:10]!r} is no code of {system.label}")
        return *document, role.value, whole("group", cells[3] or "0", most=9_999), code, *self.dates[document]


def _names(contractors: str) -> list[str]:
    """Contractors of a list that writes each as a name, a line with its type, and an empty line between two."""
    return [" ".join(name.split()) for name in re.split(r"\n\s*\n", contractors)]


def _named(cells: list[str]) -> tuple[object, ...]:
    """The document of a row, with its version."""
    return whole("document", re.sub(r"^[A-Z]", "", cells[0])), whole("version", cells[1])


def _day(column: str, written: str) -> date:
    plain = re.split(r"[ T]", written.strip())[0]
    for pattern in ("%Y-%m-%d", "%m/%d/%Y"):
        try:
            return datetime.strptime(plain, pattern).date()  # noqa: DTZ007 - a date of service has no time zone
        except ValueError:
            continue
    raise Refused(column, f"{written[:20]!r} is no date")
