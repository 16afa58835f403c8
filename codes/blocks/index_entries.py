"""The block of the Index: the words under which a coder who starts there finds the code."""

from collections.abc import Mapping
from itertools import groupby
from typing import Any

from accounts.reader import Tier
from codes.blocks.block import DataBlock
from codes.gathered import Questions
from codes.models import IndexEntry, IndexTable, Release
from codes.sections import SectionKind
from codes.systems import System

MOST = 60  # entries on a page; a residual code may have hundreds


_TABLES = {
    IndexTable.DISEASES: Release.Dataset.INDEX,
    IndexTable.EXTERNAL_CAUSES: Release.Dataset.EXTERNAL_CAUSES,
    IndexTable.NEOPLASMS: Release.Dataset.NEOPLASMS,
    IndexTable.DRUGS: Release.Dataset.DRUGS,
}


class IndexEntries(DataBlock):
    """The entries of the Index that name the code, or a shorter one that it completes."""

    kind = SectionKind(
        "index-entries", "Index entries that lead here", Tier.GUEST, "The words of the Index under which it stands."
    )
    template = "codes/_index_entries.html"
    systems = (System.ICD10CM,)
    datasets = tuple(_TABLES.values())
    after = "notes"

    @classmethod
    def holds(cls, code: Any, releases: Mapping[str, Release]) -> bool:
        """Whether a table is loaded that could lead to the code."""
        return super().holds(code, releases) and any(
            table.may_hold(code.code) and dataset in releases for table, dataset in _TABLES.items()
        )

    def questions(self) -> Questions:
        """The first entries, and one more."""
        return {"entries": IndexEntry.objects.on(self.on).leading_to(self.code.code)[: MOST + 1]}

    @property
    def sources(self) -> list[Release]:
        """The tables that could lead to the code, and those that do."""
        leading = {entry.table for entry in self._found}
        asked = {dataset for table, dataset in _TABLES.items() if table in leading or table.may_hold(self.code.code)}
        return [release for release in super().sources if release.dataset in asked]

    @property
    def _found(self) -> list[IndexEntry]:
        return self.answers["entries"]

    @property
    def tables(self) -> list[tuple[str, list[IndexEntry]]]:
        """The first entries by the table they stand in."""
        tables = groupby(self._found[:MOST], key=lambda entry: entry.table)
        return [(IndexTable(table).label, list(entries)) for table, entries in tables]

    @property
    def more(self) -> bool:
        """Whether there are more than a page shows."""
        return len(self._found) > MOST

    @property
    def most(self) -> int:
        """How many a page shows."""
        return MOST

    @property
    def empty(self) -> bool:
        """Whether no entry leads here on the day."""
        return not self._found
