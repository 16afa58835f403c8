"""Rows of several tables by one query, for pages that show a little of much."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import JSONObject

from codes.links import with_dates
from codes.models import Release

type Questions = Mapping[str, QuerySet[Any, Any]]
type Answers = Mapping[str, list[Any]]


class Asking:
    """A part of a page that asks the database. Parts put `together` are asked by one query for all of them."""

    def __init__(self) -> None:
        self.together: Sequence[Asking] = [self]

    def questions(self) -> Questions:
        """What it asks, by names of its own."""
        return {}

    @cached_property
    def answers(self) -> Answers:
        """The rows to its questions; the first part that needs its own asks for all."""
        asked = {(part, name): rows for part in self.together for name, rows in part.questions().items()}
        found = gather({f"{number}": rows for number, rows in enumerate(asked.values())})
        given: dict[Asking, dict[str, list[Any]]] = {part: {} for part in self.together}
        for (part, name), rows in zip(asked, found.values(), strict=True):
            given[part][name] = rows
        for part, answers in given.items():
            part.answers = answers
        return given[self]


def gather(questions: Questions) -> Answers:
    """What several querysets find, by the same names, as one statement.

    Rows are instances with annotations as attributes, or dictionaries where the queryset has `values`; decimals stay
    exact. `select_related` is not followed; `with_release` brings the release of a row. Raises EmptyResultSet for a
    queryset that is `none()`.
    """
    if not questions:
        return {}
    parts: list[str] = []
    params: list[Any] = []
    for rows in questions.values():
        sql, given = rows.query.sql_with_params()
        parts.append(f"(SELECT json_agg(r)::text FROM ({sql}) r)")  # noqa: S608 - what the ORM compiled
        params += given
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(parts), params)
        found = cursor.fetchone() or ()
    return {
        name: [_made(rows, row) for row in json.loads(text or "[]", parse_float=Decimal)]
        for (name, rows), text in zip(questions.items(), found, strict=True)
    }


def _made(rows: QuerySet[Any, Any], row: dict[str, Any]) -> Any:
    """A row of JSON as the queryset would have made it."""
    if not rows.query.default_cols:
        return row
    fields = [field for field in rows.model._meta.concrete_fields if field.column in row]
    values = [field.to_python(row.pop(field.column)) for field in fields]
    made = rows.model.from_db(rows.db, [field.attname for field in fields], values)
    if release := row.pop(_RELEASE, None):
        made.release = Release(**with_dates(release, "effective", "last_day"))
    for name, value in row.items():
        setattr(made, name, value)
    return made


_RELEASE = "row_of_release"


def with_release[Rows: QuerySet[Any, Any]](rows: Rows) -> Rows:
    """Rows that have their release with them when they are gathered, as far as a page names it."""
    named = JSONObject(**{name: name for name in Release.NAMED})
    return rows.annotate(**{_RELEASE: Subquery(Release.objects.filter(pk=OuterRef("release")).values(row=named))})
