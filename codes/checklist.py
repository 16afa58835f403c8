"""Our text on documentation as a list to tick, and as plain text with what is in the record and what is missing."""

import re
from collections.abc import Collection, Sequence
from html import unescape

from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe

_ITEM = re.compile(r"<li>(.*?)</li>", re.DOTALL)
_INLINE = re.compile(r"</?(?:strong|em|code)>")


def items(html: str) -> list[SafeString]:
    """The items of a text that is one plain list, as the HTML it was stored as; nothing for any other text."""
    found = _ITEM.findall(html)
    rest = _ITEM.sub("", html)
    plain_list = re.fullmatch(r"\s*<[uo]l>\s*</[uo]l>\s*", rest) and not any(
        "<" in _INLINE.sub("", each) for each in found
    )
    return [mark_safe(each) for each in found] if plain_list else []


def as_text(heading: str, listed: Sequence[str], ticked: Collection[int], source: str) -> str:
    """What is in the record and what is missing, as plain text. static/js/codes.js writes the same."""
    done = [item for number, item in enumerate(listed) if number in ticked]
    missing = [item for number, item in enumerate(listed) if number not in ticked]
    parts = [heading, *_part("In the record", "[x]", done), *_part("Missing", "[ ]", missing), "", source]
    return "\n".join(parts) + "\n"


def _part(name: str, mark: str, chosen: list[str]) -> list[str]:
    return ["", f"{name} ({len(chosen)}):", *(f"{mark} {words(item)}" for item in chosen)] if chosen else []


def words(item: str) -> str:
    """An item as plain text on one line."""
    return " ".join(unescape(strip_tags(item)).split())
