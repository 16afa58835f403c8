"""Rows of several tables by one query, for pages that show a little of much."""

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import connection
from django.db.models import QuerySet

type Questions = Mapping[str, QuerySet[Any, Any]]
type Answers = Mapping[str, list[Any]]


def gather(questions: Questions) -> Answers:
    """What several querysets find, by the same names, as one statement.

    Rows are instances with annotations as attributes, or dictionaries where the queryset has `values`; decimals stay
    exact. `select_related` is not followed. Raises EmptyResultSet for a queryset that is `none()`.
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
    for name, value in row.items():
        setattr(made, name, value)
    return made
