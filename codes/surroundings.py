"""A code with everything around it that its page shows, read by one query."""

from datetime import date
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject
from django.db.models.lookups import IsNull

from codes.blocks import BLOCKS
from codes.models import (
    Code,
    CodeQuerySet,
    Descriptor,
    FormerListing,
    Heading,
    Mention,
    PlaceOfService,
    Relation,
    Release,
)
from codes.systems import System


class IsIn(Func):
    """Whether a value is an element of an array column: `value = ANY(array)`."""

    arity = 2
    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()


def with_surroundings(codes: CodeQuerySet, on: date) -> CodeQuerySet:
    """Add what stands around a code on a date of service, as JSON.

    `headings_above` and `codes_above` (top first), `codes_below` (directly), `codes_beside` (of ICD-10-CM: under the
    same code or, of a category, the same block), `before` and `after` in the order of the system, `wordings` (the
    public-domain ones; licensed ones are never looked up here) and `former_rows` of all dates, `relation_rows`,
    `place_rows`: its places of service as the official set names them on the day, `release_rows`: of each data set the
    release that holds on the day, `mention_rows`: which data sets name it, and the facts that the data blocks ask for.
    """
    link = _object("system", "code", "title")
    beside = Code.objects.filter(system=OuterRef("system"))
    above = Code.objects.filter(IsIn(F("pk"), OuterRef("lineage"))).order_by("position")
    below = Code.objects.filter(parent=OuterRef("pk")).order_by("position")
    siblings = Code.objects.filter(
        Q(parent=OuterRef("parent")) | Q(parent=None, heading=OuterRef("heading")) & IsNull(OuterRef("parent"), True),
        system=System.ICD10CM,
    ).order_by("position")
    listed = _object("system", "code", "title", "billable", "valid_from", "valid_to")
    headings = Heading.objects.filter(IsIn(F("pk"), OuterRef("heading__lineage"))).order_by("position")
    return (
        codes.select_related("heading", "release")
        .listed()
        .annotate(
            headings_above=ArraySubquery(headings.values(row=_object("pk", "slug", "label", "title"))),
            codes_above=ArraySubquery(above.values(row=_object("pk", "system", "code", "title"))),
            codes_below=ArraySubquery(below.values(row=listed)),
            codes_beside=ArraySubquery(siblings.values(row=listed)),
            before=Subquery(beside.filter(position=OuterRef("position") - 1).values(row=link)[:1]),
            after=Subquery(beside.filter(position=OuterRef("position") + 1).values(row=link)[:1]),
            wordings=ArraySubquery(_wordings()),
            former_rows=ArraySubquery(_former_listings()),
            relation_rows=ArraySubquery(_relations()),
            place_rows=ArraySubquery(_places(on)),
            release_rows=ArraySubquery(_releases(on)),
            mention_rows=ArraySubquery(_mentions()),
            **{name: fact for block in BLOCKS for name, fact in block.facts(on).items()},
        )
    )


def _object(*names: str) -> JSONObject:
    return JSONObject(**{name: name for name in names})


def _wordings() -> QuerySet[Descriptor, Any]:
    row = _object("kind", "text", "valid_from", "valid_to")
    return Descriptor.objects.filter(code=OuterRef("pk"), licensed=False).order_by("kind").values(row=row)


def _former_listings() -> QuerySet[FormerListing, Any]:
    row = _object("title", "billable", "valid_from", "valid_to")
    return FormerListing.objects.filter(code=OuterRef("pk")).order_by("valid_to").values(row=row)


def _relations() -> QuerySet[Relation, Any]:
    target = Code.objects.filter(system=OuterRef("target_system"), code=OuterRef("target_code"))
    title = Subquery(target.values("title")[:1])
    row = JSONObject(kind="kind", system="target_system", code="target_code", title=title)
    return Relation.objects.filter(code=OuterRef("pk")).order_by("kind", "position").values(row=row)


def _places(on: date) -> QuerySet[PlaceOfService, Any]:
    named = PlaceOfService.objects.on(on).filter(IsIn(F("code"), OuterRef("places")))
    return named.order_by("code").values(row=_object("code", "name", "facility"))


def _releases(on: date) -> QuerySet[Release, Any]:
    row = _object(*Release.NAMED)
    return Release.objects.of_each_on(on).values(row=row)


def _mentions() -> QuerySet[Mention, Any]:
    named = Mention.objects.filter(code=OuterRef("code"))  # they are all of CPT, whose numbers no other system has
    return named.order_by("dataset").values(row=_object("dataset", "valid_from", "valid_to"))
