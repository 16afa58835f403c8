"""CPT wordings from the files that the American Medical Association licenses: loaded only with a license, kept apart.

Layouts, tab-delimited under a license preamble and a heading, columns found by their words:
- `ConsolidatedCodeList.txt`: Concept Id, CPT Code, Long, Medium, Short, Consumer, Spanish Consumer, Current Descriptor
  Effective Date, and more;
- `Modifiers.txt`: ConceptID, Modifier Code, ..., Modifier Name, Modifier Description;
- `ConsumerDescriptor.txt`: Concept Id, CPT Code, Consumer Friendly Descriptor;
- `ClinicianDescriptor.txt`: Concept Id, CPT Code, Clinician Descriptor Id, Clinician Descriptor.
Legacy, without a heading: `SHORTU.txt` (28 characters), `MEDU.txt` (48), `LONGULT.txt`: code, blanks, wording; what
stands before the first code is the preamble. All files of an edition are named together.

The flag --license names the edition and who holds the license; an edition is shown until the end of its year.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from pathlib import Path

from django.db import transaction

from codes.loaders import columns
from codes.loaders.bulk import Part, load_parts
from codes.loaders.layout import BadLine, Layout, Read, Refused, Staged, fitting, rows, whole
from codes.loaders.outcome import FileRefused, Licensed, Order, Outcome
from codes.loaders.source import Rows, Source
from codes.models import License, LicensedDescriptor, Release
from codes.systems import System

PAGE = "https://www.ama-assn.org/practice-management/cpt/ama-cpt-licensing-overview"
OWNER = "American Medical Association"
Kind = LicensedDescriptor.Kind

_CODE = {"code": ["CPT CODE"]}
_CONSOLIDATED = {**_CODE, "long": ["LONG"], "medium": ["MEDIUM"], "short": ["SHORT"]}
_CONSUMER_TOO = {"consumer": ["CONSUMER"], "spanish": ["SPANISH CONSUMER"]}
_KINDS = (Kind.LONG, Kind.MEDIUM, Kind.SHORT, Kind.CONSUMER, Kind.SPANISH)
_CONSUMER = {**_CODE, "text": ["CONSUMER FRIENDLY DESCRIPTOR"]}
_CLINICIAN = {**_CODE, "number": ["CLINICIAN DESCRIPTOR ID"], "text": ["CLINICIAN DESCRIPTOR"]}
_MODIFIERS = {"code": ["MODIFIER CODE"], "name": ["MODIFIER NAME"], "text": ["MODIFIER DESCRIPTION"]}
_LEGACY = {"SHORTU": (Kind.SHORT, 28), "MEDU": (Kind.MEDIUM, 48), "LONGULT": (Kind.LONG, 10_000)}
_NAMED = re.compile(r"[0-9]{4}[0-9A-Z]|[0-9A-Z]{2}")  # a code, or a modifier
_LEGACY_LINE = re.compile(r"([0-9]{4}[0-9A-Z])[ \t]+(\S.*)")

type _Wordings = list[tuple[object, ...]]


def load(paths: Sequence[Path], order: Order) -> Outcome:
    """Load the files of one edition. Raises FileRefused, with nothing changed, and always without a license."""
    if order.license is None:
        raise FileRefused(
            "CPT belongs to the American Medical Association. Say which edition you hold a license for, and who holds "
            'it: --license 2026 "Name of the licensee".'
        )
    licensed = order.license
    with transaction.atomic():
        outcome = load_parts([Part(_layout(licensed), [Source(path) for path in paths])], order)
        if not order.dry_run:
            _record(licensed, order)
    return outcome


def _record(licensed: Licensed, order: Order) -> None:
    License.objects.update_or_create(
        edition=licensed.edition,
        defaults={
            "holder": licensed.holder,
            "expires": date(licensed.edition, 12, 31),
            "loaded_at": order.at,
            "loaded_by": order.by,
        },
    )


def _layout(licensed: Licensed) -> Layout:
    return Layout(
        dataset=Release.Dataset.CPT,
        owner=OWNER,
        page=PAGE,
        model=LicensedDescriptor,
        columns={"code": "text", "kind": "text", "number": "int", "text": "text"},
        key=("code", "kind", "number"),
        read=read,
        effective=lambda _: date(licensed.edition, 1, 1),
        every=12,
        scope={"edition": licensed.edition},
        alone=True,
    )


def read(source: Source) -> Read:
    """The wordings of one file, known by its name or its heading. Raises FileRefused for any other."""
    name = Path(source.member or source.name).stem.upper()
    for legacy, (kind, longest) in _LEGACY.items():
        if name.startswith(legacy):
            return _each(_legacy(source), partial(_one, kind=kind, longest=longest))
    for wanted, optional, parse in (
        (_CONSOLIDATED, _CONSUMER_TOO, _consolidated),
        (_CLINICIAN, None, _clinician),
        (_CONSUMER, None, partial(_one, kind=Kind.CONSUMER)),
        (_MODIFIERS, None, _modifier),
    ):
        if columns.fits(source, wanted):
            return _each(columns.table(source, wanted, optional), parse)
    raise FileRefused(f"{source.name} is none of the AMA's files that are read here: see docs/loading.md.")


def _each(read: Rows, parse: Callable[[list[str]], _Wordings]) -> Read:
    """Each wording of each line."""
    for line in rows(read, lambda cells: tuple(parse(cells)), lambda cells: fitting(_NAMED, cells[0])):
        yield from _staged(line) if isinstance(line, Staged) else [line]


def _staged(line: Staged) -> Iterator[Staged | BadLine]:
    for values in line.values:
        assert isinstance(values, tuple)  # noqa: S101 - what the parsers below make
        yield Staged(line.line, values)


def _legacy(source: Source) -> Rows:
    started = False
    for number, line in source.lines():
        match = _LEGACY_LINE.fullmatch(line.rstrip())
        started = started or match is not None
        if match:
            yield number, [match[1], match[2]]
        elif started and line.strip(" \x1a"):
            yield number, [line[:5], ""]


def _consolidated(cells: list[str]) -> _Wordings:
    code, *texts = cells
    return [_wording(code, kind, text) for kind, text in zip(_KINDS, texts, strict=True) if text or kind == Kind.LONG]


def _clinician(cells: list[str]) -> _Wordings:
    code, number, text = cells
    return [_wording(code, Kind.CLINICIAN, text, whole("Clinician Descriptor Id", number, most=999_999_999))]


def _modifier(cells: list[str]) -> _Wordings:
    code, name, text = cells
    if not re.fullmatch("[0-9A-Z]{2}", code):
        raise Refused("Modifier Code", f"{code[:10]!r} is no modifier")
    if not name:
        raise Refused("Modifier Name", "it is empty")
    return [(code, Kind.MODIFIER_NAME.value, 0, name), *([(code, Kind.MODIFIER.value, 0, text)] if text else [])]


def _one(cells: list[str], kind: Kind, longest: int = 10_000) -> _Wordings:
    code, text = cells
    if len(text) > longest:
        raise Refused(kind.label, f"it has {len(text)} characters where the file has at most {longest}")
    return [_wording(code, kind, text)]


def _wording(code: str, kind: Kind, text: str, number: int = 0) -> tuple[object, ...]:
    if System.CPT.normalize(code) != code:
        raise Refused("CPT Code", f"{code[:10]!r} is no CPT code")
    if not text:
        raise Refused(kind.label, "it is empty")
    return code, kind.value, number, text
