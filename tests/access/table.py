"""The table of who may do what: `who_may.txt`, read."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.urls import URLResolver, get_resolver

TABLE = Path(__file__).with_name("who_may.txt")
SIGN_IN = "in"  # the answer that asks to sign in


class Line(NamedTuple):
    """An address by its name and what stands in it, and what each person is answered to a GET and to a POST."""

    name: str
    args: tuple[str, ...]
    get: dict[str, str]
    post: dict[str, str]


def read() -> dict[str, Line]:
    """Each line by the name of its address: columns apart by `|`, people by spaces under their headings."""
    written = [line for line in TABLE.read_text().splitlines() if line.strip() and not line.startswith("#")]
    heading, *rows = [[part.split() for part in line.split("|")] for line in written]
    who = heading[1]
    lines = {}
    for (name, *args), get, post in rows:
        assert len(get) == len(post) == len(who), f"{name}: one answer for each person"
        assert name not in lines, f"{name}: one line for each address"
        lines[name] = Line(name, tuple(args), dict(zip(who, get, strict=True)), dict(zip(who, post, strict=True)))
    return lines


def addresses() -> dict[str, str]:
    """Every address that the product answers: its name, and its pattern, by which the few without a name are known."""
    return dict(_below(get_resolver(), "", "/"))


def _below(resolver: URLResolver, space: str, path: str) -> Iterator[tuple[str, str]]:
    for each in resolver.url_patterns:
        whole = f"{path}{each.pattern}"
        if isinstance(each, URLResolver):
            yield from _below(each, f"{space}{each.namespace}:" if each.namespace else space, whole)
        else:
            yield (space + each.name if each.name else whole), whole
