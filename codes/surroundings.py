"""A code with everything around it that its page shows, read by one query."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, F, Func, OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.urls import reverse

from codes.edits import NCCI
from codes.models import Code, CodeQuerySet, Descriptor, Heading, Modifier, Relation, Release


@dataclass(frozen=True)
class CodeLink:
    """Another code, as this one's page names it. Without a title it is not loaded here, and has no page."""

    system: str
    code: str
    title: str | None = None

    @property
    def name(self) -> str:
        """As a note names it."""
        return self.code

    @property
    def url(self) -> str:
        """Its page, or an empty string."""
        return reverse("codes:code", args=[self.system, self.code.lower()]) if self.title else ""


@dataclass(frozen=True)
class ListedCode(CodeLink):
    """A code in a list of codes, with what the list says of it."""

    billable: bool = True
    valid_from: date | None = None
    valid_to: date | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> "ListedCode":
        """From JSON, where dates are text."""
        dates = {name: date.fromisoformat(row[name]) for name in ("valid_from", "valid_to") if row[name]}
        return cls(row["system"], row["code"], row["title"], row["billable"], **dates)

    def get_absolute_url(self) -> str:
        """Its page."""
        return self.url


@dataclass(frozen=True)
class HeadingLink:
    """A chapter or block above a code."""

    system: str
    pk: int
    slug: str
    label: str
    title: str

    @property
    def url(self) -> str:
        """Its browse page."""
        return reverse("codes:heading", args=[self.system, self.slug])

    @property
    def name(self) -> str:
        """As a note names it: the number or range, or the title where there is none."""
        return self.label or self.title


class IsIn(Func):
    """Whether a value is an element of an array column: `value = ANY(array)`."""

    arity = 2
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def with_surroundings(codes: CodeQuerySet) -> CodeQuerySet:
    """Add what stands around a code, as JSON.

    `headings_above` and `codes_above` (top first), `codes_below` (directly), `before` and `after` in the order of the
    system, `wordings` (the public-domain ones; licensed ones are never looked up here), `relation_rows`,
    `modifier_rows`, `owner_loaded`: whether a release by the owner of the code set is loaded at all, and
    `edits_loaded`: whether one of the NCCI is.
    """
    link = _object("system", "code", "title")
    beside = Code.objects.filter(system=OuterRef("system"))
    above = Code.objects.filter(IsIn(F("pk"), OuterRef("lineage"))).order_by("position")
    below = Code.objects.filter(parent=OuterRef("pk")).order_by("position")
    listed = _object("system", "code", "title", "billable", "valid_from", "valid_to")
    headings = Heading.objects.filter(IsIn(F("pk"), OuterRef("heading__lineage"))).order_by("position")
    return (
        codes.select_related("heading", "release")
        .listed()
        .annotate(
            headings_above=ArraySubquery(headings.values(row=_object("pk", "slug", "label", "title"))),
            codes_above=ArraySubquery(above.values(row=_object("pk", "system", "code", "title"))),
            codes_below=ArraySubquery(below.values(row=listed)),
            before=Subquery(beside.filter(position=OuterRef("position") - 1).values(row=link)[:1]),
            after=Subquery(beside.filter(position=OuterRef("position") + 1).values(row=link)[:1]),
            wordings=ArraySubquery(_wordings()),
            relation_rows=ArraySubquery(_relations()),
            modifier_rows=ArraySubquery(_modifiers()),
            owner_loaded=Exists(Release.objects.filter(dataset=OuterRef("system"))),
            edits_loaded=Exists(Release.objects.filter(dataset__in=NCCI)),
        )
    )


def _object(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def _wordings() -> QuerySet[Descriptor, Any]:
    source = {"owner": "release__owner", "release": "release__title", "version": "release__version"}
    row = JSONObject(kind="kind", text="text", **source)
    return Descriptor.objects.filter(code=OuterRef("pk"), licensed=False).order_by("kind").values(row=row)


def _relations() -> QuerySet[Relation, Any]:
    target = Code.objects.filter(system=OuterRef("target_system"), code=OuterRef("target_code"))
    title = Subquery(target.values("title")[:1])
    row = JSONObject(kind="kind", system="target_system", code="target_code", title=title)
    return Relation.objects.filter(code=OuterRef("pk")).order_by("kind", "position").values(row=row)


def _modifiers() -> QuerySet[Modifier, Any]:
    row = _object("code", "title", "text", "ncci")
    return Modifier.objects.filter(IsIn(F("code"), OuterRef("modifiers"))).order_by("code").values(row=row)
