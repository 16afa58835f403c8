"""Every dataset that `manage.py load` takes: what it is called, what reads it, and where its owner publishes it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from codes.loaders import (
    add_on,
    amounts,
    anesthesia_units,
    bulk,
    coverage,
    cpt,
    hcpcs_anweb,
    hcpcs_notes,
    icd10cm,
    icd10pcs,
    index_xml,
    localities,
    mpfs,
    mue,
    places,
    ptp,
)
from codes.loaders.layout import Layout
from codes.loaders.outcome import FileRefused, Order, Outcome
from codes.loaders.trial import carry_out
from codes.models import Release

type Load = Callable[[Sequence[Path], Order], Outcome]


@dataclass(frozen=True)
class Entry:
    """One dataset that an operator can load."""

    dataset: Release.Dataset
    load: Load
    page: str  # the public page on which its owner publishes it
    every: int  # months from one release to the next


def _coverage(export: coverage.Export) -> Entry:
    return Entry(export.dataset, partial(coverage.load, export), coverage.PAGE, 1)


def _flat(layout: Layout) -> Entry:
    return Entry(layout.dataset, partial(bulk.load, layout), layout.page, layout.every)


def _hcpcs(paths: Sequence[Path], order: Order) -> Outcome:
    if len(paths) != 1:
        raise FileRefused("A release of HCPCS Level II is one file.")
    return carry_out(order, lambda: hcpcs_anweb.load(paths[0], order))


ENTRIES = [
    Entry(Release.Dataset.ICD10CM, icd10cm.load, icd10cm.PAGE, 6),
    Entry(Release.Dataset.HCPCS, _hcpcs, hcpcs_anweb.PAGE, hcpcs_anweb.EVERY),
    _flat(hcpcs_notes.NOTES),
    _flat(ptp.PRACTITIONER),
    _flat(ptp.HOSPITAL),
    _flat(mue.PRACTITIONER),
    _flat(mue.HOSPITAL),
    _flat(mue.DME),
    _flat(add_on.EDITS),
    _flat(index_xml.DISEASES),
    _flat(index_xml.EXTERNAL_CAUSES),
    _flat(index_xml.NEOPLASMS),
    _flat(index_xml.DRUGS),
    _flat(icd10pcs.CODES),
    _flat(mpfs.STANDARD),
    _flat(mpfs.QPP),
    _flat(localities.INDICES),
    _flat(localities.COUNTIES),
    _flat(localities.ANESTHESIA),
    _flat(localities.ANESTHESIA_QPP),
    _flat(anesthesia_units.UNITS),
    _flat(amounts.AMOUNTS),
    _flat(places.PLACES),
    Entry(Release.Dataset.CPT, cpt.load, cpt.PAGE, 12),
    _coverage(coverage.NCD),
    _coverage(coverage.LCD),
    _coverage(coverage.ARTICLE),
]
DATASETS = {entry.dataset.value: entry for entry in ENTRIES}


def not_loaded() -> dict[str, list[str]]:
    """The datasets of which no release is loaded yet, by the public page of their files."""
    loaded = Release.objects.newest()
    pages: dict[str, list[str]] = {}
    for entry in ENTRIES:
        if entry.dataset.value not in loaded:
            pages.setdefault(entry.page, []).append(entry.dataset.value)
    return pages
