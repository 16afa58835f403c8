"""The block of coverage: national and local determinations and articles that name the code."""

from functools import cached_property

from accounts.reader import Tier
from codes.blocks.block import DataBlock
from codes.gathered import Questions
from codes.models import CoverageDocument, Release
from codes.sections import SectionKind
from codes.systems import System

MOST = 60  # documents on a page; a state narrows them down


class Coverage(DataBlock):
    """What the Medicare Coverage Database says of the code on the day, by kind of document, and in a state."""

    kind = SectionKind(
        "coverage",
        "Medicare coverage",
        Tier.REGISTERED,
        "National and local determinations and articles that name it, by state.",
    )
    template = "codes/_coverage.html"
    systems = tuple(System)
    datasets = (Release.Dataset.COVERAGE_NCD, Release.Dataset.COVERAGE_LCD, Release.Dataset.COVERAGE_ARTICLE)
    parameters = ("state",)
    remembered = ("state",)

    def questions(self) -> Questions:
        """The documents in force that name the code, of all states."""
        return {"documents": CoverageDocument.objects.on(self.on).naming(self.code.code).order_by("number", "version")}

    @cached_property
    def documents(self) -> list[CoverageDocument]:
        """Those of the chosen state, national ones first."""
        found: list[CoverageDocument] = self.answers["documents"]
        order = list(CoverageDocument.Kind)
        listed = sorted(found, key=lambda each: order.index(CoverageDocument.Kind(each.kind)))
        return [each for each in listed if not self.state or each.in_state(self.state)]

    @property
    def kinds(self) -> list[tuple[str, list[CoverageDocument]]]:
        """The first of them, by kind."""
        by_kind = {
            kind.label: [each for each in self.documents[:MOST] if each.kind == kind] for kind in CoverageDocument.Kind
        }
        return [(label, listed) for label, listed in by_kind.items() if listed]

    @property
    def more(self) -> int:
        """How many a page does not show."""
        return max(0, len(self.documents) - MOST)

    @property
    def states(self) -> list[str]:
        """The states for which there are documents."""
        found: list[CoverageDocument] = self.answers["documents"]
        return sorted({state for each in found for state in each.states})

    @property
    def state(self) -> str:
        """The chosen state; empty: all, or one for which there is nothing of its own."""
        written = self.chosen.get("state", "").strip().upper()
        return written if written in self.states else ""

    @property
    def elsewhere(self) -> str:
        """A state that was chosen and has no document of its own."""
        written = self.chosen.get("state", "").strip().upper()
        return "" if written in self.states else written

    @property
    def empty(self) -> bool:
        """Whether no document names the code on the day."""
        return not self.answers["documents"]

    @property
    def nothing(self) -> str:
        """An empty answer is no statement of coverage."""
        return f"{super().nothing} That does not mean covered, or not covered."
