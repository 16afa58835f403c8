"""HTML that is kept for many readers, with holes where something stands that is one reader's own.

A hole is a name between two marks that this process drew when it started, so that no text can hold one.
"""

import re
import secrets
from collections.abc import Callable

type Cut = list[str]  # a text, the name of a hole, a text, the name of a hole, ..., a text

_MARK = f"hole{secrets.token_hex(12)}"
_HOLE = re.compile(rf"{_MARK}-([a-z-]+?)-{_MARK}")


def hole(name: str) -> str:
    """A hole, to be rendered in place of what will fill it. `name` is of small letters and hyphens."""
    return f"{_MARK}-{name}-{_MARK}"


def cut(html: str) -> Cut:
    """Rendered HTML, cut at its holes."""
    return _HOLE.split(html)


def filled(pieces: Cut, fill: Callable[[str], str]) -> str:
    """The HTML with what `fill` answers, as HTML, to the name of each hole."""
    return "".join(fill(piece) if number % 2 else piece for number, piece in enumerate(pieces))
