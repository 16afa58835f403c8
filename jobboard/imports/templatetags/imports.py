"""Words and tones of an import, for templates: `{% load imports %}`."""

from django import template

from jobboard.imports.columns import columns
from jobboard.imports.plan import Verdict

register = template.Library()

_TONES = {
    Verdict.NEW: "good",
    Verdict.CHANGED: "accent",
    Verdict.CLOSED: "warn",
    Verdict.UNCHANGED: "plain",
    Verdict.REFUSED: "bad",
}


@register.filter
def verdict_tone(verdict: str) -> str:
    """The tone of a badge for what becomes of a line."""
    return _TONES[Verdict(verdict)]


@register.filter
def verdict_label(verdict: str) -> str:
    """What becomes of a line, in a word."""
    return Verdict(verdict).label


@register.filter
def column_label(name: str) -> str:
    """What a column is called on the form, and in the file where that is another word: "To, US dollars (pay_max)"."""
    column = columns().get(name)
    if column is None or column.label.casefold().replace(" ", "_") == name:
        return column.label if column else name
    return f"{column.label} ({name})"
