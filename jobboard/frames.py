"""HTML that differs between pages in a few places only: rendered once, with gaps, and filled for each page.

A gap is a comment, which no escaped text can contain, so nothing that people wrote is taken for one.
"""

import re

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe

_GAP = re.compile(r"<!-- gap (\w+) -->")


def gap(name: str) -> SafeString:
    """What a template is given to write where a part will stand."""
    return mark_safe(f"<!-- gap {name} -->")


class Frame:
    """Rendered HTML with gaps; the same may occur several times."""

    def __init__(self, html: str) -> None:
        pieces = _GAP.split(html)
        self._texts, self._names = pieces[::2], pieces[1::2]

    def filled(self, **parts: str) -> SafeString:
        """The HTML with each gap filled by the part of its name, escaped as templates do. Raises KeyError."""
        whole = [self._texts[0]]
        for name, text in zip(self._names, self._texts[1:], strict=True):
            whole += conditional_escape(parts[name]), text
        return mark_safe("".join(whole))
