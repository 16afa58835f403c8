"""Texts of one line, such as names and titles: they stand in mail headers, lists and files of others."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

# Control characters (forms refuse NUL in words of their own), and those that turn the direction of the text after
# them: a name could hide what it says.
_UNSEEN = re.compile("[\x01-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    """The text with each run of white space, line breaks included, as one space.

    Raises ValidationError for characters that cannot be seen.
    """
    line = " ".join(text.split())
    if _UNSEEN.search(line):
        raise ValidationError("It holds characters that cannot be seen. Type it anew instead of pasting it.")
    return line


class Line(models.CharField):
    """A column of one line; for the database, and so for migrations, a CharField."""

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        """As one line, then checked as any text."""
        return super().clean(one_line(value) if isinstance(value, str) else value, model_instance)

    def deconstruct(self) -> Any:
        """As a CharField, which it is in the database."""
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class LineInput(forms.CharField):
    """A form's field of one line, where no column stands behind it."""

    def to_python(self, value: Any) -> str:
        """As one line."""
        return one_line(super().to_python(value) or "")
