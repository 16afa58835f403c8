"""The block of the Index: the words under which a coder who starts there finds the code."""

from itertools import groupby

from accounts.reader import Tier
from codes.blocks.block import DataBlock
from codes.gathered import Questions
from codes.models import IndexEntry, IndexTable, Release
from codes.sections import SectionKind
from codes.systems import System

MOST = 60  # entries on a page; a residual code may have hundreds


class IndexEntries(DataBlock):
    """The entries of the Index that name the code, or a shorter one that it completes."""

    kind = SectionKind(
        "index-entries", "Index entries that lead here", Tier.GUEST, "The words of the Index under which it stands."
    )
    template = "codes/_index_entries.html"
    systems = (System.ICD10CM,)
    datasets = (
        Release.Dataset.INDEX,
        Release.Dataset.EXTERNAL_CAUSES,
        Release.Dataset.NEOPLASMS,
        Release.Dataset.DRUGS,
    )
    after = "notes"

    def questions(self) -> Questions:
        """The first entries, and one more."""
        return {"entries": IndexEntry.objects.on(self.on).leading_to(self.code.code)[: MOST + 1]}

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
