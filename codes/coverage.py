"""What coverage articles of the Medicare Coverage Database join: procedures and items with diagnoses, and each other.

An article lists its procedures in groups and its diagnoses in groups of their own; which belong together stands in its
text, not in its tables. So what is listed here is what one article names, and an empty answer is no statement of
coverage.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.aggregates import JSONBAgg
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Concat, JSONObject, NullIf

from codes.links import ListedCode
from codes.models import Code, CoverageCode, CoverageDocument, FormerListing
from codes.models.dated import holding
from codes.search import beginning, fitting
from codes.systems import System

PROCEDURES = (System.CPT, System.HCPCS)
ARTICLE = CoverageDocument.Kind.ARTICLE
_Role = CoverageCode.Role
FIRST = 4  # articles that a line names of a code


@dataclass(frozen=True)
class Listing:
    """One way in which articles join codes: the code asked for has one role in them, those listed another."""

    slug: str
    own: CoverageCode.Role
    listed: CoverageCode.Role
    heading: str
    short: str  # after a count

    @property
    def systems(self) -> tuple[System, ...]:
        """The systems of the codes that are listed."""
        return PROCEDURES if self.listed == _Role.PROCEDURE else (System.ICD10CM,)


OF_PROCEDURE = [
    Listing("supports", _Role.PROCEDURE, _Role.SUPPORTS, "Diagnoses that articles say support it", "support it"),
    Listing(
        "not-supported",
        _Role.PROCEDURE,
        _Role.NOT_SUPPORTED,
        "Diagnoses that articles say do not support it",
        "do not support it",
    ),
    Listing("together", _Role.PROCEDURE, _Role.PROCEDURE, "CPT and HCPCS codes in the same articles", "other codes"),
]
OF_DIAGNOSIS = [
    Listing(
        "supports",
        _Role.SUPPORTS,
        _Role.PROCEDURE,
        "Procedures and items whose articles say it supports them",
        "codes it supports",
    ),
    Listing(
        "not-supported",
        _Role.NOT_SUPPORTED,
        _Role.PROCEDURE,
        "Procedures and items whose articles say it does not support them",
        "codes it does not support",
    ),
]


def listings(system: System) -> list[Listing]:
    """How articles join a code of a system with others."""
    return OF_DIAGNOSIS if system is System.ICD10CM else OF_PROCEDURE


def state_of(written: str) -> str:
    """A state as a reader writes it, such as "TX"; empty where it cannot be one."""
    state = written.strip().upper()
    return state if re.fullmatch("[A-Z]{2}", state) else ""


def states_of(found: Iterable[CoverageDocument], chosen: str) -> list[str]:
    """The states that documents are for, and the chosen one."""
    return sorted({state for each in found for state in each.states} | ({chosen} if chosen else set()))


def articles(code: str, on: date) -> QuerySet[CoverageDocument]:
    """Articles in force that name a code."""
    named: QuerySet[CoverageDocument] = CoverageDocument.objects.on(on).filter(kind=ARTICLE).naming(code)
    return named.order_by("number", "version")


def joined(code: str, listing: Listing, on: date, state: str = "", article: str = "") -> QuerySet[CoverageCode]:
    """Rows of the codes that articles in force join with a code; of a state or one article, where that is given."""
    same: dict[str, Any] = {"kind": ARTICLE, "document": OuterRef("document"), "version": OuterRef("version")}
    rows: QuerySet[CoverageCode] = CoverageCode.objects.on(on).filter(
        Exists(CoverageCode.objects.on(on).filter(**same, role=listing.own, code=code)),
        kind=ARTICLE,
        role=listing.listed,
    )
    if state:
        rows = rows.filter(Exists(CoverageDocument.objects.on(on).filter(**same).in_state(state)))
    if article:
        rows = rows.filter(Exists(CoverageDocument.objects.on(on).filter(**same, number=article)))
    return rows.exclude(code=code) if listing.listed == listing.own else rows


def matching(rows: QuerySet[CoverageCode], written: str, systems: Iterable[System]) -> QuerySet[CoverageCode]:
    """Those whose code begins as written, or whose title or synonyms hold the words."""
    start = beginning(written)
    begins = Q()
    for system in systems if start else ():
        begins |= Q(code__startswith=system.dotted(start))
    if start and (found := rows.filter(begins)).exists():
        return found
    worded = fitting(written).filter(system__in=systems)
    return rows.filter(code__in=worded.order_by().values("code"))


def counted(rows: QuerySet[CoverageCode]) -> QuerySet[CoverageCode, Any]:
    """How many codes, each once, by document and version."""
    return rows.order_by().values("document", "version").annotate(codes=Count("code", distinct=True))


def total(rows: QuerySet[CoverageCode]) -> QuerySet[CoverageCode, Any]:
    """How many codes, each once: one row, or none where there is none."""
    return rows.order_by().values("role").annotate(codes=Count("code", distinct=True))


def by_code(rows: QuerySet[CoverageCode]) -> QuerySet[CoverageCode, Any]:
    """Each code once, in order, with its places in articles."""
    place = JSONObject(document="document", version="version", group="group")
    each = rows.order_by().values("code").annotate(places=JSONBAgg(place))
    # An order that no index has: for the first few, Postgres would else walk all codes of all articles in order.
    return each.order_by(Concat("code", Value("")))


def listed(codes: Any, systems: Iterable[System], on: date) -> QuerySet[Code, Any]:
    """How codes, named in a list or found by a query, are listed on a day: rows for `joined_codes`."""
    former = FormerListing.objects.filter(holding(on), code=OuterRef("pk")).order_by("valid_to")
    return (
        Code.objects.order_by()
        .filter(system__in=systems, code__in=codes)
        .values("system", "code", "valid_from", "valid_to")
        .annotate(
            listed_title=Coalesce(NullIf("own_title", Value("")), Subquery(former.values("title")[:1]), F("title")),
            listed_billable=Coalesce(Subquery(former.values("billable")[:1]), F("billable")),
        )
    )


@dataclass(frozen=True)
class Place:
    """Where an article names a code."""

    article: CoverageDocument
    groups: list[int]


@dataclass(frozen=True)
class JoinedCode:
    """A code that articles join with the one asked for."""

    link: ListedCode
    places: list[Place]

    @property
    def first(self) -> list[Place]:
        """As many articles as a line has room for."""
        return self.places[:FIRST]

    @property
    def more(self) -> int:
        """How many others."""
        return len(self.places) - len(self.first)


def joined_codes(
    rows: Iterable[Mapping[str, Any]], known: Iterable[Mapping[str, Any]], found: Iterable[CoverageDocument]
) -> list[JoinedCode]:
    """Rows of `by_code` with the titles that `listed` found, and the articles by which they are named."""
    titles = {row["code"]: _link(row) for row in known}
    named = by_version(found)
    return [
        JoinedCode(
            titles.get(row["code"], ListedCode("", row["code"])),
            sorted(_places(row["places"], named), key=lambda place: place.article.number),
        )
        for row in rows
    ]


def _link(row: Mapping[str, Any]) -> ListedCode:
    listed_so = {"title": row["listed_title"], "billable": row["listed_billable"]}
    return ListedCode.of({name: row[name] for name in ("system", "code", "valid_from", "valid_to")} | listed_so)


def _places(rows: Iterable[Mapping[str, int]], named: Mapping[tuple[int, int], CoverageDocument]) -> Iterator[Place]:
    groups: dict[tuple[int, int], set[int]] = {}
    for row in rows:
        groups.setdefault((row["document"], row["version"]), set()).add(row["group"])
    for key, found in groups.items():
        if key in named:
            yield Place(named[key], sorted(found))


def by_version(found: Iterable[CoverageDocument]) -> dict[tuple[int, int], CoverageDocument]:
    """Documents by number in the database and version."""
    return {(each.document, each.version): each for each in found}
