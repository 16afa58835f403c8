"""What goes in and out of the API, made of the columns so that both say the same."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any

from ninja import Schema
from pydantic import ConfigDict, Field, create_model

from jobboard.imports.columns import Column, Value, columns
from jobboard.postings import families
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import OUTCOME_CHOICES

NOT_CONTENT = ("reference", "outcome")  # the first is in the address, the second has a request of its own
_TYPES: dict[str, Any] = {
    "number": Decimal | None,
    "several": list[str],
    "families": str | list[str],
    "truth": bool,
    "date": date | None,
}
_EMPTY: dict[str, Any] = {"number": None, "date": None, "several": [], "truth": False}


def content_columns() -> list[Column]:
    """The columns that are a posting's content."""
    return [column for column in columns().values() if column.name not in NOT_CONTENT]


class Strict(Schema):
    """What is sent to us: a field that nobody knows is refused, since what it holds would be lost without a word."""

    model_config = ConfigDict(extra="forbid")


class Closed(Strict):
    """What came of a posting."""

    outcome: Annotated[str, Field(min_length=1, json_schema_extra={"enum": [word for word, _ in OUTCOME_CHOICES]})]


def _field(column: Column) -> Any:
    """The type of a field, what it is when it is left out, and its words for machines."""
    words: dict[str, Any] = {"enum": [word for word, _ in column.choices]} if column.choices else {}
    extra: dict[str, Any] = {"items": {"type": "string", **words}} if column.kind == "several" else words
    kind = _TYPES.get(column.kind, str)
    empty: Any = ... if column.name == "title" else _EMPTY.get(column.kind, column.default)
    return (kind, Field(empty, title=column.label, description=column.help or None, json_schema_extra=extra or None))


Content: Any = create_model(
    "Content",
    __base__=Strict,
    __doc__="A posting. Only the title is needed for a draft; what is left out is empty.",
    **{column.name: _field(column) for column in content_columns()},
)


class PostingOut(Schema):
    """A posting of yours: where it stands, what it still lacks for review, and its content as it can be sent back."""

    reference: str
    id: int
    state: str
    verdict: str = ""
    note: str = ""
    url: str
    edited_at: datetime
    submitted_at: datetime | None
    published_at: datetime | None
    last_day: date | None
    outcome: str
    sent_back_reason: str
    missing: dict[str, str]
    content: dict[str, Any]


class Listed(Schema):
    """A page of postings, and the address of the next one."""

    postings: list[PostingOut]
    next: str | None


def values(content: Any) -> dict[str, Value]:
    """The fields of a request as the form reads them."""
    return {column.name: _value(column, getattr(content, column.name)) for column in content_columns()}


def _value(column: Column, value: Any) -> Value:
    if column.kind == "families":
        return ", ".join(value) if isinstance(value, list) else value
    if column.kind == "several":
        return [each for item in value for each in column.value(item)]
    if column.kind == "truth":
        return "on" if value else ""
    return "" if value is None else column.value(str(value))


def shown(posting: Posting, column: Column) -> Any:
    """A field of a posting as the API gives it, which is as it takes it."""
    value = getattr(posting, column.name)
    if column.kind == "families":
        return families.written(value)
    return float(value) if isinstance(value, Decimal) else value
