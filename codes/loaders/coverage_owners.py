"""Whose a document of the Medicare Coverage Database is, and in which states it holds.

Layouts, CSV with a heading, columns found by their names; all four files or none:
- `article_x_contractor.csv` or `lcd_x_contractor.csv`: the document with its version, and the contractor with its type
  and version;
- `contractor.csv`: the same three, contractor_bus_name;
- `contractor_jurisdiction.csv`: the same three, state_id, and term_date, empty where the contractor still serves it;
- `state_lookup.csv`: state_id, state_abbrev. Some stand for a part of a state.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from codes.loaders import columns
from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source

type Owners = Mapping[tuple[int, int], tuple[set[str], set[str]]]
"""Names of contractors and states, by document and version."""

_JURISDICTION = ("contractor", "contractor_jurisdiction", "state_lookup")
_CONTRACTOR = {"id": ["CONTRACTOR_ID"], "type": ["CONTRACTOR_TYPE_ID"], "version": ["CONTRACTOR_VERSION"]}
_PARTS = {"DN": "NY", "QN": "NY", "UN": "NY", "NF": "CA", "SF": "CA", "EM": "MO", "WM": "MO", "CNMI": "MP"}


def lookups(kind: str, named: Mapping[str, Source]) -> list[str]:
    """Which of the files are such files, by name. Raises FileRefused where one is there and another is missing."""
    wanted = [f"{kind}_x_contractor", *_JURISDICTION]
    found = [name for name in wanted if name in named]
    if found and len(found) < len(wanted):
        missing = ", ".join(f"{name}.csv" for name in wanted if name not in named)
        raise FileRefused(f"{found[0]}.csv says whose a document is only together with {missing}.")
    return found


def owners(kind: str, files: Mapping[str, Source]) -> Owners:
    """Contractors and states of each document; of none where there are no files."""
    found: defaultdict[tuple[int, int], tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    if not files:
        return found
    names = {
        tuple(cells[:3]): cells[3]
        for cells in _cells(files["contractor"], {**_CONTRACTOR, "name": ["CONTRACTOR_BUS_NAME"]})
    }
    states = _states(files)
    wanted = {"document": [f"{kind.upper()}_ID"], "document_version": [f"{kind.upper()}_VERSION"], **_CONTRACTOR}
    for document, version, *who in _cells(files[f"{kind}_x_contractor"], wanted):
        if document.isdigit() and version.isdigit():
            contractors, places = found[int(document), int(version)]
            contractors.update(filter(None, [names.get(tuple(who))]))
            places.update(states.get(tuple(who), ()))
    return found


def _states(files: Mapping[str, Source]) -> Mapping[tuple[str, ...], set[str]]:
    """The states that each contractor serves."""
    abbreviations = dict(_cells(files["state_lookup"], {"id": ["STATE_ID"], "name": ["STATE_ABBREV"]}))
    served = defaultdict(set)
    wanted = {**_CONTRACTOR, "state": ["STATE_ID"]}
    for *who, state, ended in _cells(files["contractor_jurisdiction"], wanted, {"ended": ["TERM_DATE"]}):
        written = abbreviations.get(state, "")
        abbreviation = _PARTS.get(written, written)
        if not ended and re.fullmatch("[A-Z]{2}", abbreviation):
            served[tuple(who)].add(abbreviation)
    return served


def _cells(source: Source, wanted: columns.Wanted, optional: columns.Wanted | None = None) -> Iterator[list[str]]:
    return (cells for _, cells in columns.table(source, wanted, optional))
