"""What a code page shows to one reader: the head, and one block per section, open or locked.

The text of a locked section does not even leave the database (`codes/texts.py`), and facts that belong to a locked
section are not put on the page object, so no template can show them.
"""

import enum
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from django.utils.safestring import SafeString

from accounts.reader import Access, Tier
from codes import checklist
from codes.as_of import AsOf
from codes.blocks import BLOCKS
from codes.blocks.block import Chosen, DataBlock
from codes.holes import hole
from codes.links import CodeLink, HeadingLink, ListedCode, with_dates
from codes.models import Code, Mention, Release, Section
from codes.places import PLACES, Place
from codes.sections import DESCRIPTOR, RELATED, SECTION_KINDS, SectionKind
from codes.standing import Named, Standing, named, standing
from codes.systems import System
from codes.texts import Inherited, Texts

SIDE_BY_SIDE = 4  # codes that one comparison holds


class Key(enum.StrEnum):
    """What opens a locked block."""

    VIEW = "view"  # this very address once more: the guest's cookie was not there yet
    ACCOUNT = "account"
    MEMBERSHIP = "membership"

    @property
    def words(self) -> str:
        """As said to the reader."""
        return {
            Key.VIEW: "Open this page to read this",
            Key.ACCOUNT: "Create a free account to open this",
            Key.MEMBERSHIP: "Become a registered member to open this",
        }[self]


@dataclass
class Block:
    """One section of the page. A locked one has a key and holds nothing else."""

    kind: SectionKind
    key: Key | None = None
    section: Section | None = None
    inherited: list[Inherited] = field(default_factory=list)
    data: DataBlock | None = None

    @property
    def apart(self) -> str:
        """The hole for a block that depends on what a reader chooses for it: it is kept by itself."""
        return hole(f"block-{self.kind.slug}") if self.data and self.data.parameters else ""

    @cached_property
    def checklist(self) -> list[SafeString]:
        """For our text on documentation: its items, to be ticked, as HTML."""
        ours = self.section if self.kind.slug == "documentation" else None
        return checklist.items(ours.shown) if ours else []  # type: ignore[attr-defined]  # annotated by Texts

    @property
    def sources(self) -> list[Section]:
        """One section for each source that its texts come from; the official texts of a page come from one release."""
        sections = [*([self.section] if self.section else []), *(notes.section for notes in self.inherited)]
        return list({section.state: section for section in reversed(sections)}.values())


@dataclass(frozen=True)
class Wording:
    """An official wording and the release it stands in."""

    kind: str
    text: str
    source: str


class CodePage:
    """One code, as one reader sees it as of one day. `code` comes from `codes.surroundings.with_surroundings`."""

    def __init__(self, code: Code, access: Access, as_of: AsOf, chosen: Chosen | None = None) -> None:
        self.code: Any = code  # Any: with_surroundings added attributes
        self.access = access
        self.as_of = as_of
        self.on = as_of.day
        self.chosen = chosen  # what the reader chose in the address, by the names of the data blocks' parameters
        self.system = System(code.system)
        self.rules = self.system.rules

    # The head: always shown.

    @cached_property
    def releases(self) -> dict[str, Release]:
        """Of each data set the release that holds on the day, by data set."""
        return {row["dataset"]: Release(**with_dates(row, "effective", "last_day")) for row in self.code.release_rows}

    @property
    def described(self) -> bool:
        """Whether it has a title: without one no more is here than what public files state of the code."""
        return bool(self.code.title)

    @property
    def undescribed(self) -> str:
        """What the page says where it has no title."""
        return "" if self.described else "We have no description of our own for this code yet."

    @cached_property
    def mentions(self) -> list[Named]:
        """The data sets that name it, the owner's first; none of another system than CPT."""
        rows = [Named(**with_dates(row, "valid_from", "valid_to")) for row in self.code.mention_rows]
        return sorted(rows, key=lambda row: Mention.SOURCES.index(row.dataset))

    @property
    def named_in(self) -> list[str]:
        """The releases that name a code of which nothing more is known."""
        return [] if self.described else [each.words(self.releases, self.on) for each in self.mentions]

    @cached_property
    def listed_in(self) -> Release:
        """The release that lists it on the day, or did so last."""
        release: Release = self.code.release
        if not self.described:
            holding = (self.releases.get(each.dataset) for each in self.mentions if each.on(self.on))
            return next(filter(None, holding), release)
        ended = self.code.valid_to and self.code.valid_to <= self.on
        return release if release.own or ended else self.releases.get(self.system, release)

    @cached_property
    def standing(self) -> Standing:
        """Its status on the day."""
        if not self.described:
            return named(self.mentions, self.releases, self.on)
        return standing(self.code, self.listed_in, self.on)

    @property
    def told_on(self) -> date:
        """The day whose words are shown: of a deleted code, its last."""
        ended = self.standing.slug == "deleted"
        return self.code.valid_to - timedelta(days=1) if ended else self.on

    @cached_property
    def former(self) -> dict[str, Any] | None:
        """How it was listed on the day, where a later release lists it otherwise."""
        rows = (with_dates(row, "valid_from", "valid_to") for row in self.code.former_rows)
        return next((row for row in rows if holds_on(row, self.told_on)), None)

    @property
    def name(self) -> str:
        """What a window, a search engine or a file calls the page: system, number, and the title where it has one."""
        return f"{self.system.label} {self.code.code}" + (f": {self.title}" if self.title else "")

    @property
    def title(self) -> str:
        """What the page calls it on the day; empty where it is not described."""
        return self.code.title if self.code.own_title or not self.former else self.former["title"]

    @property
    def flags(self) -> list[str]:
        """What marks it on the day, in words."""
        header = Code.Flag.HEADER
        marks = [flag for flag in self.code.flags if flag != header]
        billable = self.former["billable"] if self.former else self.code.billable
        return [Code.Flag(flag).label for flag in (marks if billable else [*marks, header])]

    @property
    def edition(self) -> int | None:
        """Year of the edition that lists it; None where no more than a file of Medicare's names it."""
        if not self.described and self.listed_in.dataset != Release.Dataset.CPT:
            return None
        return self.code.edition if self.listed_in.own else self.listed_in.edition

    @property
    def notice(self) -> str:
        """What its owner asks to stand on the page: of the edition shown, else of the one in force on the day."""
        return self.rules.notice(self.edition or self.on.year)

    @property
    def replacements(self) -> list[CodeLink]:
        """Codes that its owner refers to instead."""
        return self._relations("replacement")

    @property
    def here(self) -> str:
        """Its address as of the day."""
        return self.as_of.at(self.code.get_absolute_url())

    @cached_property
    def headings(self) -> list[HeadingLink]:
        """The headings it stands under, top first."""
        heading = self.code.heading
        above = [HeadingLink(system=self.code.system, **row) for row in self.code.headings_above]
        return [*above, HeadingLink(self.code.system, heading.pk, heading.slug, heading.label, heading.title)]

    @cached_property
    def above(self) -> list[CodeLink]:
        """The codes above it, top first."""
        return [CodeLink(row["system"], row["code"], row["title"]) for row in self.code.codes_above]

    @property
    def before(self) -> CodeLink | None:
        """The code before it in its system."""
        return CodeLink(**self.code.before) if self.code.before else None

    @property
    def after(self) -> CodeLink | None:
        """The code after it in its system."""
        return CodeLink(**self.code.after) if self.code.after else None

    @cached_property
    def below(self) -> list[ListedCode]:
        """The codes directly below one that is not billable."""
        return [ListedCode.of(row) for row in self.code.codes_below]

    @cached_property
    def siblings(self) -> list[ListedCode]:
        """The codes under the same one, itself among them; of a category, under the same block."""
        listed = [ListedCode.of(row) for row in self.code.codes_beside]
        return listed if len(listed) > 1 else []

    @property
    def under(self) -> CodeLink | HeadingLink:
        """What it stands under directly."""
        return self.above[-1] if self.above else self.headings[-1]

    @property
    def unconfirmed(self) -> str:
        """For a code that only our own text knows: whose release would confirm it, and is that loaded?"""
        if not self.code.release.own:
            return ""
        if self.system is System.CPT:
            if any(each.dataset == Release.Dataset.CPT and each.on(self.on) for each in self.mentions):
                return ""
            return "Our own text: no AMA release confirms status and dates here."
        if self.system in self.releases:
            return "Our own text: the CMS release that is loaded does not list this code."
        return "Our own text: no CMS release is loaded that would confirm status and dates."

    # The blocks.

    @cached_property
    def blocks(self) -> list[Block]:
        """All blocks that have something in them, in page order."""
        opened = {each: each(self.code, self.on, self.releases, self.chosen) for each in BLOCKS if self._shows(each)}
        together = [self._texts, *opened.values()]
        for part in together:
            part.together = together
        return [
            self._block(kind, opened.get(data) if data else None)
            for kind, data in _page_order()
            if (data.holds(self.code, self.releases) if data else self._holds(kind))
        ]

    @property
    def locked(self) -> list[Block]:
        """The blocks that stay closed to this reader."""
        return [block for block in self.blocks if block.key]

    @cached_property
    def wordings(self) -> list[Wording]:
        """The official wordings on the day, the long one first, as far as the reader may see them."""
        if not self.access.opens(DESCRIPTOR.tier):
            return []
        dated = (with_dates(row, "valid_from", "valid_to") for row in self.code.wordings)
        rows = [row for row in dated if holds_on(row, self.told_on)]
        if not rows and self.rules.titles_official:
            rows = [{"kind": "long", "text": self.title}]
        return [Wording(row["kind"], row["text"], f"{self.listed_in.owner}, {self.listed_in}") for row in rows]

    @property
    def description(self) -> str:
        """What to copy beside the code: the long official wording where the reader sees it, else its title, if any."""
        return self.wordings[0].text if self.wordings else self.title

    @property
    def checklist_heading(self) -> str:
        """The first line of its documentation as plain text."""
        return f"Documentation for {self.code.code} {self.title}"

    @property
    def checklist_source(self) -> str:
        """The last line of its documentation as plain text: whose it is."""
        section = next(section for section in self._texts.sections if section.kind == "documentation")
        reviewed = f"reviewed by {section.reviewer}" if section.reviewed else "unreviewed"
        return f"{section.release}, by {section.author}, {reviewed}"

    def block(self, slug: str) -> Block | None:
        """One of its blocks, locked or open; None where it has none of the kind."""
        return next((block for block in self.blocks if block.kind.slug == slug), None)

    @property
    def unit(self) -> str:
        """What one billed unit is."""
        return self.code.unit if self._opens("common-language") else ""

    @property
    def places(self) -> list[Place]:
        """Where it is commonly done, in the words of the official set where one is loaded for the day."""
        if not self._opens("specialties"):
            return []
        known = PLACES | {row["code"]: Place(**row) for row in self.code.place_rows}
        return [known.get(code, Place(code, "Place of service", facility=False)) for code in self.code.places]

    @property
    def places_source(self) -> Release | None:
        """The release of the official set that names them; None: the names are our own."""
        return self.releases.get(Release.Dataset.PLACES) if self.code.place_rows else None

    @property
    def specialties(self) -> list[str]:
        """Who reports it."""
        return self.code.specialties if self._opens("specialties") else []

    @property
    def crosswalk(self) -> list[CodeLink]:
        """Diagnoses that commonly stand behind it."""
        return self._relations("crosswalk") if self._opens("crosswalks") else []

    @property
    def related(self) -> list[CodeLink]:
        """Codes a coder weighs against it."""
        return self._relations("related") if self.access.opens(RELATED.tier) else []

    @property
    def primary(self) -> list[CodeLink]:
        """For an add-on: codes it may accompany."""
        return self._relations("primary") if self.access.opens(RELATED.tier) else []

    @property
    def beside(self) -> list[str]:
        """Keys of the code and of the first ones related to it, as many as stand side by side."""
        links = [*self.primary, *self.related]
        return [self.code.key, *(f"{link.system}:{link.code}" for link in links if link.url)][:SIDE_BY_SIDE]

    def _opens(self, kind: str) -> bool:
        return self.access.opens(SECTION_KINDS[kind].tier)

    def _relations(self, kind: str) -> list[CodeLink]:
        return [
            CodeLink(row["system"], row["code"], row["title"]) for row in self.code.relation_rows if row["kind"] == kind
        ]

    def _holds(self, kind: SectionKind) -> bool:
        """Whether there is anything behind a heading; a lock stands only before something."""
        relations = {row["kind"] for row in self.code.relation_rows}
        facts = {
            DESCRIPTOR.slug: self.rules.public_domain and bool(self.code.wordings or self.rules.titles_official),
            RELATED.slug: bool(relations & {"related", "primary"}),
            "specialties": bool(self.code.places or self.code.specialties),
            "crosswalks": "crosswalk" in relations,
        }
        return facts.get(kind.slug, False) or self._texts.hold(kind.slug)

    def _shows(self, data: type[DataBlock]) -> bool:
        return self.access.opens(data.kind.tier) and data.holds(self.code, self.releases)

    def _block(self, kind: SectionKind, data: DataBlock | None) -> Block:
        if not self.access.opens(kind.tier):
            return Block(kind, self._key(kind.tier))
        if data:
            return Block(kind, data=data)
        return Block(kind, section=self._texts.own(kind.slug), inherited=self._texts.inherited(kind.slug))

    def _key(self, tier: Tier) -> Key:
        if tier is Tier.REGISTERED or self.access.reader.user is not None:
            return Key.MEMBERSHIP
        return Key.VIEW if tier is Tier.GUEST and self.access.opens_when_asked_again else Key.ACCOUNT

    @cached_property
    def _texts(self) -> Texts:
        """What is written on it and on what stands above it, the nearest first."""
        codes = {(None, row["pk"]): link for row, link in zip(self.code.codes_above, self.above, strict=True)}
        headings = {(heading.pk, None): heading for heading in self.headings}
        opened = [kind.slug for kind in SECTION_KINDS.values() if self.access.opens(kind.tier)]
        return Texts(self.code, dict(reversed((headings | codes).items())), opened, self.told_on)


def _page_order() -> Iterator[tuple[SectionKind, type[DataBlock] | None]]:
    """Every kind of block in page order, those of data with their class."""
    for kind in (DESCRIPTOR, *SECTION_KINDS.values()):
        yield kind, None
        yield from ((data.kind, data) for data in BLOCKS if data.after == kind.slug)
    yield from ((data.kind, data) for data in BLOCKS if not data.after)
    yield RELATED, None


def holds_on(row: dict[str, Any], day: date) -> bool:
    """Whether a row that was read as JSON holds on a day."""
    return (row["valid_from"] or day) <= day and (row["valid_to"] is None or row["valid_to"] > day)
