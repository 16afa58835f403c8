"""The codes of an exercise: read from what was typed, and compared one by one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from codes.systems import System

MOST_CODES = 40
_SEPARATORS = re.compile(r"[\s,;]+")
_WRITTEN = re.compile(r"(?P<code>[0-9A-Z.]+?)(?P<modifiers>(-[0-9A-Z]{2}){0,4})")
_LABELS = {System.CPT: "CPT", System.HCPCS: "HCPCS", System.ICD10CM: "ICD-10-CM"}


def parse(text: str) -> list[str]:
    """The codes in what was typed, such as ["cpt:20680-RT", "icd-10-cm:T84.84XA"], each once and in that order.

    Codes are set apart by commas, semicolons or spaces; modifiers follow a hyphen. Raises ValidationError with every
    mistake.
    """
    pieces = [piece for piece in _SEPARATORS.split(text.upper()) if piece]
    if len(pieces) > MOST_CODES:
        raise ValidationError(f"Write at most {MOST_CODES} codes; these are {len(pieces)}.")
    found: list[str] = []
    mistakes: list[ValidationError] = []
    for piece in pieces:
        if (key := _key(piece)) is None:
            mistakes.append(ValidationError(f"“{piece[:20]}” is no CPT, HCPCS or ICD-10-CM code."))
        else:
            found.append(key)
    if mistakes:
        raise ValidationError(mistakes)
    return list(dict.fromkeys(found))


def written(keys: Sequence[str]) -> str:
    """Codes as people write them, one on each line."""
    return "\n".join(key.partition(":")[2] for key in keys)


@dataclass(frozen=True)
class Compared:
    """One code and what the comparison says of it."""

    system: str
    code: str
    note: str = ""


@dataclass(frozen=True)
class Comparison:
    """Codes given against codes expected. Nothing is weighed: it is for people to judge."""

    right: list[Compared]
    near: list[Compared]  # the right code with other modifiers, or another code of the same category
    missing: list[Compared]
    extra: list[Compared]

    @property
    def summary(self) -> str:
        """In one phrase, such as "3 of 4 expected codes, 1 not expected"."""
        expected = len(self.right) + len(self.missing) + len(self.near)
        parts = [f"{len(self.right)} of {expected} expected codes"]
        parts += [f"{len(self.near)} near"] if self.near else []
        parts += [f"{len(self.extra)} not expected"] if self.extra else []
        return ", ".join(parts)


def compare(given: Sequence[str], expected: Sequence[str]) -> Comparison:
    """Compare code by code: the same, near, missing, not expected. Each code counts once."""
    right = [key for key in expected if key in given]
    open_given = [key for key in given if key not in expected]
    near: list[Compared] = []
    missing: list[Compared] = []
    for key in expected:
        if key in right:
            continue
        match = _nearest(key, open_given)
        if match is None:
            missing.append(_shown(key))
            continue
        open_given.remove(match)
        near.append(_shown(match, f"{_difference(match, key)}, expected {key.partition(':')[2]}"))
    return Comparison([_shown(key) for key in right], near, missing, [_shown(key) for key in open_given])


def _nearest(key: str, given: list[str]) -> str | None:
    same_code = next((each for each in given if _bare(each) == _bare(key)), None)
    return same_code or next((each for each in given if _category(each) == _category(key)), None)


def _difference(given: str, expected: str) -> str:
    return "other modifiers" if _bare(given) == _bare(expected) else "same category"


def _bare(key: str) -> str:
    return key.partition("-")[0] if not key.startswith(System.ICD10CM) else key


def _category(key: str) -> str:
    """The first characters that codes for like things share: three of a diagnosis, four of a procedure or supply."""
    system, _, code = key.partition(":")
    return f"{system}:{code[: 3 if system == System.ICD10CM else 4]}"


def _shown(key: str, note: str = "") -> Compared:
    system, _, code = key.partition(":")
    return Compared(_LABELS[System(system)], code, note)


def _key(piece: str) -> str | None:
    match = _WRITTEN.fullmatch(piece)
    if match is None:
        return None
    dotted = "." in match["code"]  # only diagnoses are written with a dot; M54.50 is none of HCPCS
    for system in (System.ICD10CM,) if dotted else (System.CPT, System.HCPCS, System.ICD10CM):
        code = system.normalize(match["code"])
        if code and not (system is System.ICD10CM and match["modifiers"]):
            return f"{system}:{code}{match['modifiers']}"
    return None
