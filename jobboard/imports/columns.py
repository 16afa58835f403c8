"""The columns of a file and the fields of the API, read off the form that a posting is written with.

A field that the form gains is a column from then on, with its words, its choices and its rules.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple, cast

from django import forms
from django.contrib.postgres.forms import SimpleArrayField

from jobboard.imports.rows import RowForm
from jobboard.postings.fields import FamiliesField, MomentField
from jobboard.postings.models import Posting

SEPARATORS = re.compile(r"[;|\n]")
YES, NO = ("yes", "y", "true", "1", "x"), ("no", "n", "false", "0")
WRITTEN = {  # how a value of each kind is written in a file
    "text": "text",
    "one": "one of the words below",
    "several": "any of the words below, with semicolons between",
    "number": "a number",
    "date": "a date as 2026-12-31",
    "families": "code families with commas between",
    "truth": "yes or no",
}

type Choice = tuple[str, str]  # the stored word, and its label, which is understood too
type Value = str | list[str]


class Column(NamedTuple):
    """A column: its name, what it is called on the form, and how its values are written."""

    name: str
    label: str
    help: str
    kind: str
    choices: tuple[Choice, ...]
    longest: int | None
    needed: str
    default: str  # what an empty cell stands for

    @property
    def written(self) -> str:
        """How a value is written, such as "a number"."""
        limit = f", at most {self.longest:,} characters" if self.longest and self.kind == "text" else ""
        return WRITTEN[self.kind] + limit

    def value(self, cell: str) -> Value:
        """What the form is given for a cell: labels become the stored words, and several values a list."""
        if self.kind == "several":
            return [self._word(part.strip()) for part in SEPARATORS.split(cell) if part.strip()]
        if self.kind == "truth":
            return "on" if cell.strip().casefold() in YES else ""
        return self._word(cell.strip() or self.default) if self.kind == "one" else cell

    def _word(self, written: str) -> str:
        """The stored word of a choice, by itself or by its label; what is neither stays, for the form to refuse."""
        return _words(self.choices).get(written.casefold(), written)


@cache
def _words(choices: tuple[Choice, ...]) -> dict[str, str]:
    words = {label.casefold(): word for word, label in choices}
    return words | {word.casefold(): word for word, _ in choices}


@cache
def columns() -> dict[str, Column]:
    """Every column by its name, `reference` first, in the order of the form."""
    fields = {name: field for name, field in RowForm.base_fields.items() if not isinstance(field, MomentField)}
    return {name: _column(name, field) for name, field in fields.items()}


def _column(name: str, field: forms.Field) -> Column:
    return Column(
        name=name,
        label=_upper(str(field.label or name.replace("_", " "))),
        help=str(field.help_text),
        kind=_kind(field),
        choices=tuple(_flat(field)),
        longest=getattr(field, "max_length", None),
        needed="always" if name in ("reference", "title") else _needed(name),
        default=_default(name),
    )


def _needed(name: str) -> str:
    """Whether review asks for it: what an empty posting lacks."""
    return "for review" if name in ("description", "roles", "employment_type", "workplace") else ""


def _upper(label: str) -> str:
    return label[:1].upper() + label[1:]


def _default(name: str) -> str:
    """What a new posting has there, in words of a choice."""
    defaults = {field.name: field.get_default() for field in Posting._meta.fields}
    default = defaults.get(name)
    return str(default) if isinstance(default, str) else ""


def _kind(field: forms.Field) -> str:
    match field:
        case FamiliesField():
            return "families"
        case forms.MultipleChoiceField() | SimpleArrayField():
            return "several"
        case forms.ChoiceField():
            return "one"
        case forms.BooleanField():
            return "truth"
        case forms.DecimalField() | forms.IntegerField():
            return "number"
        case forms.DateField():
            return "date"
    return "text"


def _flat(field: forms.Field) -> list[Choice]:
    """The choices of a field without their groups and without the one that says nothing."""
    field = field.base_field if isinstance(field, SimpleArrayField) else field
    if not isinstance(field, forms.ChoiceField):
        return []
    choices: list[tuple[Any, Any]] = list(cast("Iterable[tuple[Any, Any]]", field.choices))
    groups = [label if isinstance(label, list | tuple) else [(word, label)] for word, label in choices]
    return [(str(word), str(label)) for group in groups for word, label in group if word != ""]
