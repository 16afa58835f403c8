"""Our own texts as files: codes/content/{cpt,hcpcs}/<code>.md and codes/content/modifiers.toml.

A code's file is TOML between two lines of +++, then Markdown under `## ` headings, which are those of
`codes.sections` that are not official, in that order. A file that is not so is refused with its name and line.
"""

import re
import tomllib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from codes.loaders.outcome import FileRefused
from codes.models import Code, Section
from codes.sections import SECTION_KINDS
from codes.systems import HCPCS_GROUPS, System

_FENCE = "+++"
_KINDS = {kind.heading: slug for slug, kind in SECTION_KINDS.items() if not kind.official}
_ORDER = list(_KINDS.values())
_FLAGS = set(Code.Flag.values) - {Code.Flag.HEADER}
_STATES = {Section.State.UNREVIEWED, Section.State.REVIEWED}
_NEEDED: dict[str, type] = {
    **dict.fromkeys(("code", "title", "author", "state", "status"), str),
    "path": list,
    "edition": int,
    "written": date,
}
_OPTIONAL: dict[str, type] = {
    "introduced": int,
    **dict.fromkeys(("valid_from", "valid_to", "reviewed"), date),
    **dict.fromkeys(("unit", "reviewer"), str),
    **dict.fromkeys(("flags", "primary", "related", "crosswalk", "specialties", "places", "modifiers"), list),
}


class BadText(FileRefused):
    """A file of our own texts that is not as it should be."""

    def __init__(self, name: str, line: int, reason: str) -> None:
        super().__init__(f"{name}, line {line}: {reason}")


@dataclass
class OwnText:
    """What one file says of one code."""

    system: System
    code: str
    title: str
    path: list[str]
    edition: int
    author: str
    written: date
    state: str
    reviewer: str = ""
    reviewed: date | None = None
    introduced: int | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    unit: str = ""
    flags: list[str] = field(default_factory=list)
    primary: list[str] = field(default_factory=list)
    related: list[str] = field(default_factory=list)
    crosswalk: list[str] = field(default_factory=list)
    specialties: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)
    sections: dict[str, str] = field(default_factory=dict)  # kind: Markdown


@dataclass
class OwnModifier:
    """What we say of one modifier."""

    code: str
    system: System
    title: str
    text: str
    ncci: bool


def read_code(path: Path, system: System) -> OwnText:
    """One code's file. Raises BadText."""
    return _Page(f"{system}/{path.name}", text_of(path), system).read(path.stem)


def read_modifiers(path: Path) -> list[OwnModifier]:
    """The file of modifiers. Raises BadText."""
    source = text_of(path)
    rows = toml_of(path.name, source, 0).get("modifier", [])
    lines = [number for number, line in enumerate(source.splitlines(), 1) if line.strip() == "[[modifier]]"]
    modifiers: dict[str, OwnModifier] = {}
    for line, row in zip(lines, rows, strict=False):
        modifier = _modifier(path.name, line, row)
        if modifier.code in modifiers:
            raise BadText(path.name, line, f"modifier {modifier.code} stands twice")
        modifiers[modifier.code] = modifier
    return list(modifiers.values())


def _modifier(name: str, line: int, row: dict[str, Any]) -> OwnModifier:
    wanted = {"code": str, "system": str, "title": str, "text": str, "ncci": bool}
    for key, kind in wanted.items():
        if not isinstance(row.get(key), kind) or row[key] == "":
            raise BadText(name, line, f"a modifier needs {key}")
    if surplus := sorted(set(row) - set(wanted)):
        raise BadText(name, line, f"there is no key {surplus[0]}")
    if not re.fullmatch(r"[0-9A-Z]{2}", row["code"]) or row["system"] not in (System.CPT, System.HCPCS):
        raise BadText(name, line, "a modifier has two characters and belongs to cpt or hcpcs")
    if len(row["title"]) > 80:
        raise BadText(name, line, "its title is longer than 80 characters")
    return OwnModifier(**row | {"system": System(row["system"])})


def text_of(path: Path) -> str:
    """A file of our own texts. Raises BadText where it is no text."""
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        raise BadText(path.name, 1, "it is not UTF-8") from None
    if "\x00" in text:
        raise BadText(path.name, text[: text.index("\x00")].count("\n") + 1, "it holds a NUL character")
    return text


def toml_of(name: str, source: str, offset: int) -> dict[str, Any]:
    """TOML that starts after so many lines of a file. Raises BadText."""
    try:
        return tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        at = re.search(r"\(at line (\d+)", str(error))
        line = int(at[1]) + offset if at else offset + source.count("\n") + 1
        raise BadText(name, line, f"not TOML: {str(error).split(' (at')[0]}") from None


class _Page:
    """One pass over one file."""

    def __init__(self, name: str, source: str, system: System) -> None:
        self.name = name
        self.lines = source.splitlines()
        self.system = system
        self.facts: dict[str, Any] = {}
        self.key_lines: dict[str, int] = {}

    def read(self, stem: str) -> OwnText:
        end = self.front_matter()
        self.check_facts(stem)
        values = {key: value for key, value in self.facts.items() if key != "status"}
        text = OwnText(system=self.system, **values)
        self.sections(text, end)
        return text

    def bad(self, key: str, reason: str) -> BadText:
        return BadText(self.name, self.key_lines.get(key, 1), reason)

    def front_matter(self) -> int:
        if not self.lines or self.lines[0].strip() != _FENCE:
            raise BadText(self.name, 1, f"it must start with a line of {_FENCE}")
        end = next((place for place, line in enumerate(self.lines[1:], 1) if line.strip() == _FENCE), None)
        if end is None:
            raise BadText(self.name, len(self.lines), f"the front matter does not end with a line of {_FENCE}")
        self.facts = toml_of(self.name, "\n".join(self.lines[1:end]), 1)
        for number, line in enumerate(self.lines[1:end], 2):
            if key := re.match(r"(\w+)\s*=", line):
                self.key_lines[key[1]] = number
        return end

    def check_facts(self, stem: str) -> None:
        for key in _NEEDED:
            if self.facts.get(key) in (None, "", []):
                raise BadText(self.name, 1, f"the front matter needs {key}")
        for key, value in self.facts.items():
            kind = (_NEEDED | _OPTIONAL).get(key)
            if kind is None:
                raise self.bad(key, f"there is no key {key}")
            if type(value) is not kind:
                raise self.bad(key, f"{key} must be a {kind.__name__}")
            if isinstance(value, list) and not all(isinstance(item, str) for item in value):
                raise self.bad(key, f"{key} must be a list of words")
        self.check_identity(stem)
        self.check_lists()
        self.check_review()

    def check_identity(self, stem: str) -> None:
        facts = self.facts
        if self.system.normalize(facts["code"]) != facts["code"] or facts["code"] != stem:
            raise self.bad("code", f"{facts['code']} is no {self.system.label} code, or the file is named otherwise")
        if len(facts["title"]) > 120:
            raise self.bad("title", "the title is longer than 120 characters")
        group = HCPCS_GROUPS.get(facts["code"][0], "")
        if self.system is System.HCPCS and facts["path"] != [group]:
            raise self.bad("path", f"a code that starts with {facts['code'][0]} stands under {group}")
        if facts["status"] not in ("active", "deleted") or (facts["status"] == "deleted") != ("valid_to" in facts):
            raise self.bad("status", 'status is "active", or "deleted" with valid_to, the first date it is gone')

    def check_lists(self) -> None:
        facts = self.facts
        if unknown := sorted(set(facts.get("flags", [])) - _FLAGS):
            raise self.bad("flags", f"there is no flag {unknown[0]}")
        for key in ("places", "modifiers"):
            if odd := [item for item in facts.get(key, []) if not re.fullmatch(r"[0-9A-Z]{2}", item)]:
                raise self.bad(key, f"{odd[0]} has not two characters")
        for key, systems in {
            "crosswalk": [System.ICD10CM],
            "related": [System.CPT, System.HCPCS],
            "primary": [System.CPT, System.HCPCS],
        }.items():
            listed = facts.get(key, [])
            if odd := [item for item in listed if all(system.normalize(item) != item for system in systems)]:
                raise self.bad(key, f"{odd[0]} is no code that can stand here")
        for key in ("related", "primary", "crosswalk", "flags", "places", "modifiers"):
            facts[key] = list(dict.fromkeys(facts.get(key, [])))

    def check_review(self) -> None:
        facts = self.facts
        if facts["state"] not in _STATES:
            raise self.bad("state", "state is unreviewed or reviewed")
        if facts["state"] == Section.State.REVIEWED and not (facts.get("reviewer") and facts.get("reviewed")):
            raise self.bad("state", "a reviewed text names its reviewer and the date in reviewed")

    def sections(self, text: OwnText, end: int) -> None:
        kind, body = "", list[str]()
        for number, line in enumerate([*self.lines[end + 1 :], "## "], end + 2):
            if not line.startswith("## "):
                if not kind and line.strip():
                    raise BadText(self.name, number, "text stands before the first heading")
                body.append(line)
                continue
            if kind:
                if not any(part.strip() for part in body):
                    raise BadText(self.name, number - 1, f"nothing stands under {SECTION_KINDS[kind].heading}")
                text.sections[kind] = "\n".join(body).strip() + "\n"
            if number <= len(self.lines):
                kind, body = self.next_kind(line[3:].strip(), number, text), []
        if "common-language" not in text.sections:
            raise BadText(self.name, end + 1, "it needs a Common-language description")

    def next_kind(self, heading: str, number: int, text: OwnText) -> str:
        kind = _KINDS.get(heading)
        if not kind:
            raise BadText(self.name, number, f"there is no section {heading!r}")
        if any(_ORDER.index(done) >= _ORDER.index(kind) for done in text.sections):
            raise BadText(self.name, number, f"{heading} stands twice, or not in its order")
        return kind
