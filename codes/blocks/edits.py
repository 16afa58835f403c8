"""The block of NCCI edits: partners, units a day, add-on pairs."""

from functools import cached_property

from accounts.reader import Tier
from codes.blocks.block import DataBlock
from codes.edits import NCCI, CodeEdits
from codes.gathered import Questions
from codes.sections import SectionKind
from codes.systems import System


class Edits(DataBlock):
    """What the NCCI says of the code on the day. Its template words each part that is empty by itself."""

    kind = SectionKind(
        "edits", "Edits and units", Tier.REGISTERED, "NCCI partners in both directions, units a day, and add-on pairs."
    )
    template = "codes/_edits.html"
    systems = (System.CPT, System.HCPCS)
    datasets = NCCI

    @cached_property
    def edits(self) -> CodeEdits:
        """The edits of the code."""
        return CodeEdits(self.code.code, self.on, self.releases, lambda: self.answers)

    def questions(self) -> Questions:
        """Units, add-on pairs and partners."""
        return self.edits.questions()
