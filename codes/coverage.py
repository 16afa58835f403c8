"""What the Medicare Coverage Database says of a code on a date of service: documents, and diagnoses by article.

An empty answer is no statement of coverage: it says that no loaded document names the code on that day.
"""

from dataclasses import dataclass
from datetime import date

from codes.models import CoverageCode, CoverageDocument


@dataclass(frozen=True)
class Diagnosis:
    """What one article says of a diagnosis beside a procedure that it names."""

    document: CoverageDocument
    group: int  # of the article; which procedures a group is for stands in the article's own text
    code: str
    supports: bool


def documents(code: str, on: date, state: str = "") -> list[CoverageDocument]:
    """Documents in force that name a code, national ones first; of a state, where one is given."""
    found = CoverageDocument.objects.on(on).naming(code)
    if state:
        found = found.in_state(state)
    order = list(CoverageDocument.Kind)
    return sorted(
        found.select_related("release"), key=lambda each: (order.index(CoverageDocument.Kind(each.kind)), each.number)
    )


def diagnoses(procedure: str, on: date, state: str = "") -> list[Diagnosis]:
    """Diagnoses that articles in force list for a CPT or HCPCS code, by article, group and code."""
    articles = CoverageDocument.objects.on(on).filter(kind=CoverageDocument.Kind.ARTICLE).naming(procedure)
    if state:
        articles = articles.in_state(state)
    named = {(each.document, each.version): each for each in articles.order_by("number", "version")}
    listed = CoverageCode.objects.filter(
        kind=CoverageDocument.Kind.ARTICLE,
        document__in={document for document, _ in named},
        role__in=[CoverageCode.Role.SUPPORTS, CoverageCode.Role.NOT_SUPPORTED],
    ).order_by("document", "role", "group", "code")
    return [
        Diagnosis(named[row.document, row.version], row.group, row.code, row.role == CoverageCode.Role.SUPPORTS)
        for row in listed
        if (row.document, row.version) in named
    ]
