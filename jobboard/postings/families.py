"""Code families as people write them: "CPT 27, HCPCS J, M54" is stored as cpt:27, hcpcs:J and icd-10-cm:M54."""

import re

from django.core.exceptions import ValidationError

from codes.systems import System

MOST_FAMILIES = 40

# How people name a system. The longest first, so that "ICD-10-CM" is not read as "ICD" and a start.
_NAMES = {
    "ICD-10-CM": System.ICD10CM,
    "ICD10CM": System.ICD10CM,
    "ICD-10": System.ICD10CM,
    "ICD10": System.ICD10CM,
    "ICD": System.ICD10CM,
    "HCPCS LEVEL II": System.HCPCS,
    "HCPCS": System.HCPCS,
    "CPT®": System.CPT,
    "CPT": System.CPT,
}
_NAMED = re.compile(rf"({'|'.join(re.escape(name) for name in _NAMES)})[\s:]*(.*)")
# Which starts a code of each system can have; the patterns of whole codes are in codes.systems.
_STARTS = {
    System.CPT: re.compile(r"[0-9]{1,4}|[0-9]{4}[0-9A-Z]"),
    System.HCPCS: re.compile(r"[A-CE-V][0-9]{0,4}"),
    System.ICD10CM: re.compile(r"[A-Z]([0-9]([0-9A-Z][0-9A-Z]{0,4})?)?"),
}
_WRITTEN = {System.CPT: "CPT", System.HCPCS: "HCPCS", System.ICD10CM: "ICD-10-CM"}
_SEPARATORS = re.compile(r"[,;\n]+")
_LONGEST_SHOWN = 30


def parse(text: str) -> list[str]:
    """The stored families of what was typed, in that order and each once. Raises ValidationError with every mistake."""
    pieces = [piece.strip() for piece in _SEPARATORS.split(text) if piece.strip()]
    if len(pieces) > MOST_FAMILIES:
        raise ValidationError(f"Name at most {MOST_FAMILIES} families; these are {len(pieces)}.")
    found: list[str] = []
    mistakes: list[ValidationError] = []
    for piece in pieces:
        try:
            found.append(_family(piece))
        except ValidationError as mistake:
            mistakes.append(mistake)
    if mistakes:
        raise ValidationError(mistakes)
    return list(dict.fromkeys(found))


def written(families: list[str]) -> str:
    """Stored families as people write them, for the form: `parse` gives the same families back."""
    return ", ".join(_word(family) for family in families)


def systems(families: list[str]) -> str:
    """The code systems that stored families belong to, as people search for them: "CPT HCPCS"."""
    return " ".join(dict.fromkeys(_WRITTEN[System(family.partition(":")[0])] for family in families))


def _word(family: str) -> str:
    name, _, start = family.partition(":")
    system = System(name)
    dotted = f"{start[:3]}.{start[3:]}" if system is System.ICD10CM and len(start) > 3 else start
    return f"{_WRITTEN[system]} {dotted}"


def _family(piece: str) -> str:
    """One family, from a piece between commas."""
    shown = piece if len(piece) <= _LONGEST_SHOWN else f"{piece[:_LONGEST_SHOWN]}…"
    named = _NAMED.fullmatch(piece.upper())
    start = (named[2] if named else piece.upper()).replace(".", "").rstrip("*-")
    if start[:1].isdigit():  # 27xxx is 27; an X of ICD-10-CM holds a place and stays
        start = start.rstrip("X")
    if re.search(r"\s", start):
        raise ValidationError(f"Put commas between code families: “{shown}”.")
    if re.search("[-\u2013]", start):
        raise ValidationError(f"“{shown}” looks like a range. Name the start that its codes share, such as CPT 992.")
    system = _NAMES[named[1]] if named else _guess(piece.upper(), start, shown)
    if not _STARTS[system].fullmatch(start):
        raise ValidationError(f"“{shown}” is not the start of a code in {_WRITTEN[system]}.")
    return f"{system}:{start}"


def _guess(piece: str, start: str, shown: str) -> System:
    """The system of a family that names none. Only forms that coders write for one system are taken as that one."""
    if re.fullmatch(r"\d{1,4}[0-9A-Z]?", start):
        return System.CPT
    if "." in piece or re.fullmatch(r"[A-Z]\d[0-9A-Z]", start):
        return System.ICD10CM
    if re.fullmatch(r"[A-CE-V]\d{4}", start):
        return System.HCPCS
    raise ValidationError(f"Which system is “{shown}” in? Write it as CPT 27, HCPCS J or ICD-10-CM M54.")
