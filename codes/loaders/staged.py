"""A public-domain release as a loader has read it, ready to be merged."""

from dataclasses import dataclass, field
from datetime import date

from codes.systems import System


@dataclass(slots=True)
class StagedHeading:
    """A chapter or block. Headings above it come before it."""

    slug: str
    label: str
    title: str
    parent: str | None = None  # slug


@dataclass(slots=True)
class StagedCode:
    """One code, in its one form. Codes above it come before it."""

    code: str
    title: str
    heading: str  # slug
    parent: str | None = None  # code
    billable: bool = True
    synonyms: str = ""
    valid_from: date | None = None
    valid_to: date | None = None  # first date it no longer holds for


@dataclass(slots=True)
class StagedNote:
    """One official section, of a code or of a heading (by slug)."""

    code: str | None
    heading: str | None
    kind: str
    text: str
    html: str


@dataclass(slots=True)
class StagedDescriptor:
    """One official wording of a code."""

    code: str
    kind: str
    text: str


@dataclass(slots=True)
class StagedModifier:
    """One modifier of HCPCS Level II."""

    code: str
    title: str
    descriptor: str
    valid_from: date | None = None
    valid_to: date | None = None


@dataclass
class StagedRelease:
    """Everything that one release of one system states, in the order of the code set."""

    system: System
    dataset: str
    version: str
    title: str
    owner: str
    effective: date
    last_day: date  # the next release is due on the day after it
    file_name: str
    checksum: str
    headings: list[StagedHeading] = field(default_factory=list)
    codes: list[StagedCode] = field(default_factory=list)
    notes: list[StagedNote] = field(default_factory=list)
    descriptors: list[StagedDescriptor] = field(default_factory=list)
    modifiers: list[StagedModifier] = field(default_factory=list)
    replacements: list[tuple[str, str]] = field(default_factory=list)  # a code, and one its owner refers to instead
    keeps_notes: bool = False  # it says nothing of notes: those that are loaded stay
    left_out: int = 0
    refused: int = 0
    kept: set[str] = field(default_factory=set)  # codes and modifiers whose lines are bad: they stay as they are
    closes: bool = True  # what it does not state ends; a bad line may hide what it is about
    partial: bool = False  # it holds repaired lines alone
