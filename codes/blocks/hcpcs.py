"""The block of HCPCS indicators: coverage, pricing, BETOS, type of service."""

from accounts.reader import Tier
from codes.blocks.block import DataBlock
from codes.gathered import Questions
from codes.models import HcpcsIndicators, ProcessingNote, Release
from codes.sections import SectionKind
from codes.systems import System


class Indicators(DataBlock):
    """What the HCPCS file states of a code besides its wording."""

    kind = SectionKind(
        "indicators",
        "Coverage and pricing",
        Tier.GUEST,
        "How Medicare covers and prices it, its BETOS category and types of service.",
    )
    template = "codes/_hcpcs_indicators.html"
    systems = (System.HCPCS,)
    datasets = (Release.Dataset.HCPCS,)
    after = "common-language"

    def questions(self) -> Questions:
        """Its row, and the note that it refers to."""
        rows = HcpcsIndicators.objects.on(self.on).filter(code=self.code.code)[:1]
        return {
            "row": rows,
            "note": ProcessingNote.objects.on(self.on).filter(number__in=rows.values("processing_note")),
        }

    @property
    def sources(self) -> list[Release]:
        """The release of the codes, and that of the notes where it has one for this code."""
        notes = self.releases.get(Release.Dataset.HCPCS_NOTES)
        return [*super().sources, *([notes] if notes and self.note else [])]

    @property
    def row(self) -> HcpcsIndicators | None:
        """The indicators of the day."""
        return next(iter(self.answers["row"]), None)

    @property
    def note(self) -> ProcessingNote | None:
        """Its processing note, as it was worded on the day."""
        return next(iter(self.answers["note"]), None)

    @property
    def empty(self) -> bool:
        """Whether no loaded release states any for the day."""
        return self.row is None
