"""Text on its way into XML 1.0, whatever people have written in it."""

import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape

_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")  # XML has no way to write these
LINES_AT_ONCE = 200


def writable(text: str) -> str:
    """Text without the characters that would make a whole document unreadable."""
    return _UNWRITABLE.sub("", text)


def element(name: str, text: str) -> str:
    """An element with escaped text."""
    return f"<{name}>{escape(writable(text))}</{name}>"


def cdata(name: str, text: str) -> str:
    """An element with its text as it is in CDATA. The one sequence that would end it is spread over two sections."""
    held = writable(text).replace("]]>", "]]]]><![CDATA[>")
    return f"<{name}><![CDATA[{held}]]></{name}>"


def stream(lines: Iterable[str]) -> Iterator[bytes]:
    """Lines as UTF-8 in pieces of some kilobytes, since a write for each is slow."""
    held: list[str] = []
    for line in lines:
        held.append(line)
        if len(held) >= LINES_AT_ONCE:
            yield "\n".join([*held, ""]).encode()
            held.clear()
    yield "\n".join([*held, ""]).encode()
