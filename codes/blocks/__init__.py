"""The data blocks of a code page: what the loaded data sets say of a code, one class each.

A new block is a module here with a subclass of `DataBlock`, a template, and its line in `BLOCKS`.
"""

from codes.blocks.block import DataBlock
from codes.blocks.changes import Changes
from codes.blocks.coverage import Coverage
from codes.blocks.crosswalk import Crosswalk
from codes.blocks.edits import Edits
from codes.blocks.hcpcs import Indicators
from codes.blocks.index_entries import IndexEntries
from codes.blocks.modifiers import Modifiers
from codes.blocks.payment import PaymentTerms
from codes.blocks.told_apart import ToldApart

BLOCKS: list[type[DataBlock]] = [
    Indicators,
    IndexEntries,
    Modifiers,
    Crosswalk,
    ToldApart,
    PaymentTerms,
    Coverage,
    Edits,
    Changes,
]
