"""Our own sentences on what tells two codes apart: codes/content/told_apart.toml.

Keys `author`, `written`, `state`, and with state "reviewed" also `reviewer` and `reviewed`; then the table `pairs`,
one line for each: two codes and a sentence that is true on the page of either.
"""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from codes.loaders.own_format import BadText, text_of, toml_of
from codes.models import Distinction, Section
from codes.systems import System

FILE = "told_apart.toml"
LONGEST = 400  # characters of a sentence; as the column


def read(path: Path) -> list[Distinction]:
    """The pairs, each both ways, not yet stored; none without the file. Raises BadText, naming the line."""
    if not path.exists():
        return []
    source = text_of(path)
    found = toml_of(path.name, source, 0)
    facts = _facts(path.name, found)
    pairs: dict[frozenset[str], list[Distinction]] = {}
    for written, text in found.get("pairs", {}).items():
        line = next((n for n, row in enumerate(source.splitlines(), 1) if row.startswith(f'"{written}"')), 1)
        pair = [_named(path.name, line, code) for code in written.split()]
        if len({code for _, code in pair}) != 2 or len(pair) != 2:
            raise BadText(path.name, line, f"{written!r} does not name two codes")
        if not isinstance(text, str) or not 0 < len(text) <= LONGEST:
            raise BadText(path.name, line, f"a pair needs a sentence of at most {LONGEST} characters")
        if not any(re.search(rf"\b{re.escape(code)}\b", text) for _, code in pair):
            raise BadText(path.name, line, "the sentence speaks of neither code")
        key = frozenset(code for _, code in pair)
        if key in pairs:
            raise BadText(path.name, line, f"{written} stands twice")
        pairs[key] = list(_both_ways(pair, text, facts))
    return [row for rows in pairs.values() for row in rows]


def _facts(name: str, found: dict[str, Any]) -> dict[str, Any]:
    """Whose the sentences are."""
    kinds: dict[str, type] = {"author": str, "written": date, "state": str}
    reviewed = found.get("state") == Section.State.REVIEWED
    if reviewed:
        kinds |= {"reviewer": str, "reviewed": date}
    for key, kind in kinds.items():
        if not isinstance(found.get(key), kind) or not found[key]:
            raise BadText(name, 1, f"it needs {key}")
    if found["state"] not in (Section.State.UNREVIEWED, Section.State.REVIEWED):
        raise BadText(name, 1, "state is unreviewed or reviewed")
    if surplus := sorted(set(found) - set(kinds) - {"pairs"}):
        raise BadText(name, 1, f"there is no key {surplus[0]}")
    return {key: found[key] for key in kinds if key != "state"}


def _named(name: str, line: int, code: str) -> tuple[System, str]:
    system = next((system for system in System if system.normalize(code) == code), None)
    if system is None:
        raise BadText(name, line, f"{code} is no code")
    return system, code


def _both_ways(pair: list[tuple[System, str]], text: str, facts: dict[str, Any]) -> Iterator[Distinction]:
    for (system, code), (other_system, other_code) in (pair, pair[::-1]):
        yield Distinction(
            system=system, code=code, other_system=other_system, other_code=other_code, text=text, **facts
        )
