"""Official notes as HTML: lists of escaped lines in which the codes they name are links."""

import re
from collections.abc import Container, Iterable

from django.utils.html import escape

from codes.systems import System

_IN_PARENTHESES = re.compile(r"\([^()]*\)")
_ICD_CODE = re.compile(r"\b[A-Z][0-9A][0-9A-Z](?:\.[0-9A-Z]{1,4})?")


def note_list(lines: Iterable[str], known: Container[str]) -> str:
    """One list of notes; codes that stand in parentheses, as ICD-10-CM writes references, link to their pages."""
    return "<ul>" + "".join(f"<li>{_linked(line, known)}</li>" for line in lines) + "</ul>"


def seventh_characters(instruction: str, characters: Iterable[tuple[str, list[str]]]) -> str:
    """The table of seventh characters; each has its meaning, and further lines where the code set adds some."""
    items = "".join(
        f"<li><strong>{escape(character)}</strong> {'<br>'.join(escape(line) for line in lines)}</li>"
        for character, lines in characters
    )
    return f"<p>{escape(instruction)}</p><ul>{items}</ul>" if instruction else f"<ul>{items}</ul>"


def _linked(line: str, known: Container[str]) -> str:
    def link(match: re.Match[str]) -> str:
        code = match[0]
        return f'<a href="/codes/{System.ICD10CM}/{code.lower()}/">{code}</a>' if code in known else code

    return _IN_PARENTHESES.sub(lambda group: _ICD_CODE.sub(link, group[0]), escape(line))
