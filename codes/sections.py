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


SECTION_KINDS: dict[str, SectionKind] = {
    kind.slug: kind
    for kind in [
        SectionKind("common-language", "Common-language description", Tier.GUEST, "What the code covers and where it stops."),
        SectionKind("includes", "Includes", Tier.GUEST, "Conditions the code set names as included.", official=True),
        SectionKind("inclusion-terms", "Inclusion terms", Tier.GUEST, "Other names that lead here.", official=True),
        SectionKind("excludes1", "Excludes 1", Tier.GUEST, "Never coded together with this.", official=True),
        SectionKind("excludes2", "Excludes 2", Tier.GUEST, "Not part of this; may be coded as well.", official=True),
        SectionKind("code-first", "Code first", Tier.GUEST, "What must be sequenced before this.", official=True),
        SectionKind("use-additional", "Use additional code", Tier.GUEST, "What to add to this.", official=True),
        SectionKind("code-also", "Code also", Tier.GUEST, "What may be needed besides.", official=True),
        SectionKind("seventh-character", "Seventh character", Tier.GUEST, "The characters that complete it.", official=True),
        SectionKind("notes", "Notes", Tier.GUEST, "Instructions of the code set.", official=True),
        SectionKind("simple-words", "In simple words", Tier.FREE, "How to say it to a patient."),
        SectionKind("clinician", "What the clinician does", Tier.FREE, "The service step by step."),
        SectionKind("medical-necessity", "Medical necessity", Tier.FREE, "When it is done, and what a payer asks."),
        SectionKind("documentation", "Documentation", Tier.FREE, "What the record must show."),
        SectionKind("examples", "Examples", Tier.FREE, "Cases, and why the code fits or does not."),
        SectionKind("modifiers", "Modifiers and guidelines", Tier.FREE, "Which modifiers apply, and the rules that decide."),
        SectionKind("specialties", "Specialties and places of service", Tier.FREE, "Who reports it, and where."),
        SectionKind("crosswalks", "Crosswalks", Tier.REGISTERED, "Diagnoses that commonly stand behind it."),
        SectionKind("history", "History and differences", Tier.REGISTERED, "What changed, and the codes it is confused with."),
    ]
}  # fmt: skip

SECTION_CHOICES = [(kind.slug, kind.heading) for kind in SECTION_KINDS.values()]
SECTION_ORDER = list(SECTION_KINDS)
