"""The kinds of reference text a code page holds, in page order, each with the tier that opens it.

DESIGN's table of tiers is the source: a granted view opens official texts and the common-language description to
everyone, reference sections to accounts, professional sections to members.
"""

from dataclasses import dataclass

from accounts.reader import Tier


@dataclass(frozen=True)
class SectionKind:
    """One block of a code page."""

    slug: str
    heading: str
    tier: Tier
    teaser: str  # what the lock promises: what a reader will find behind it
    official: bool = False  # from the code set itself, not written by us
    inherited: bool = False  # what stands on a category, block or chapter applies to the codes below it


def _note(slug: str, heading: str, teaser: str, *, inherited: bool = True) -> SectionKind:
    return SectionKind(slug, heading, Tier.GUEST, teaser, official=True, inherited=inherited)


_KINDS = [
    SectionKind(
        "common-language",
        "Common-language description",
        Tier.GUEST,
        "What the code covers, where it stops, and which code takes over there.",
    ),
    _note("inclusion-terms", "Inclusion terms", "Other names of what this code covers.", inherited=False),
    _note("includes", "Includes", "Conditions the code set names as included."),
    _note("excludes1", "Excludes 1", "Not coded together with this, unless the two conditions are unrelated."),
    _note("excludes2", "Excludes 2", "Not part of this; may be coded as well."),
    _note("code-first", "Code first", "What must be sequenced before this."),
    _note("use-additional", "Use additional code", "What to add to this."),
    _note("code-also", "Code also", "What may be needed besides, in either order."),
    _note("seventh-character", "Seventh character", "The characters that complete the code."),
    _note("notes", "Notes", "Instructions of the code set."),
    SectionKind("simple-words", "In simple words", Tier.FREE, "How to say it to a patient."),
    SectionKind("clinician", "What the clinician does", Tier.FREE, "The service step by step."),
    SectionKind("medical-necessity", "Medical necessity", Tier.FREE, "When it is done, and what a payer asks."),
    SectionKind("documentation", "Documentation", Tier.FREE, "What an auditor looks for in the record."),
    SectionKind("examples", "Examples", Tier.FREE, "Short cases, and why the code fits or does not."),
    SectionKind(
        "modifiers", "Modifiers and guidelines", Tier.FREE, "Which modifiers apply, why, and the rules that decide."
    ),
    SectionKind("specialties", "Specialties and places of service", Tier.FREE, "Who reports it, and where."),
    SectionKind("crosswalks", "Crosswalks", Tier.REGISTERED, "Diagnoses that commonly stand behind it."),
    SectionKind(
        "history", "History and differences", Tier.REGISTERED, "What changed, and the codes people confuse it with."
    ),
]

# Blocks of a page that are no texts of ours: what the code set says, and where we point. `codes.blocks` has the rest.
DESCRIPTOR = SectionKind(
    "descriptor", "Official descriptor", Tier.GUEST, "The wording of the code set itself.", official=True
)
RELATED = SectionKind("related", "Related codes", Tier.GUEST, "Codes a coder weighs against this one.")

SECTION_KINDS: dict[str, SectionKind] = {kind.slug: kind for kind in _KINDS}
SECTION_CHOICES = [(kind.slug, kind.heading) for kind in _KINDS]
INHERITED = [kind.slug for kind in _KINDS if kind.inherited]
