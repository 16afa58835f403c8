"""The block of the crosswalk: codes that coverage articles join with this one."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from accounts.reader import Tier
from codes.blocks.block import DataBlock
from codes.coverage import (
    JoinedCode,
    Listing,
    articles,
    by_code,
    by_version,
    counted,
    joined,
    joined_codes,
    listed,
    listings,
    state_of,
    states_of,
    total,
)
from codes.gathered import Questions
from codes.models import CoverageDocument, Release
from codes.sections import SectionKind
from codes.systems import System

FIRST = 8  # codes of each listing that a code's own page shows; a page of their own has all


@dataclass(frozen=True)
class Part:
    """One listing: how many codes it has, and the first of them."""

    listing: Listing
    count: int
    first: list[JoinedCode]


class Crosswalk(DataBlock):
    """Diagnoses beside a procedure, procedures beside a diagnosis, as coverage articles name them, in a state."""

    kind = SectionKind(
        "crosswalk",
        "Crosswalk by coverage articles",
        Tier.REGISTERED,
        "The codes that Medicare's coverage articles join with it, and which diagnoses they say support it.",
    )
    template = "codes/_crosswalk.html"
    systems = tuple(System)
    datasets = (Release.Dataset.COVERAGE_ARTICLE,)
    after = "crosswalks"
    parameters = ("state",)
    remembered = ("state",)

    @property
    def listings(self) -> list[Listing]:
        """How articles may join it with others."""
        return listings(System(self.code.system))

    @property
    def state(self) -> str:
        """The chosen state, such as "TX"; empty: all."""
        return state_of(self.chosen.get("state", ""))

    def questions(self) -> Questions:
        """The articles, and of each listing how many codes there are, how many by article, and the first of them."""
        asked: dict[str, Any] = {"articles": articles(self.code.code, self.on)}
        for each in self.listings:
            rows = joined(self.code.code, each, self.on, self.state)
            asked[f"{each.slug} total"] = total(rows)
            asked[f"{each.slug} counted"] = counted(rows)
            asked[f"{each.slug} first"] = first = by_code(rows)[:FIRST]
            asked[f"{each.slug} titles"] = listed(first.values("code"), each.systems, self.on)
        return asked

    @cached_property
    def parts(self) -> list[Part]:
        """The listings of the state, the ones that have nothing among them."""
        return [
            Part(
                each,
                sum(row["codes"] for row in self.answers[f"{each.slug} total"]),
                joined_codes(
                    self.answers[f"{each.slug} first"], self.answers[f"{each.slug} titles"], self.answers["articles"]
                ),
            )
            for each in self.listings
        ]

    @cached_property
    def articles(self) -> list[tuple[CoverageDocument, list[tuple[Listing, int]]]]:
        """The articles of the state, with how many codes each joins with it."""
        found: dict[tuple[int, int], list[tuple[Listing, int]]] = {}
        for each in self.listings:
            for row in self.answers[f"{each.slug} counted"]:
                found.setdefault((row["document"], row["version"]), []).append((each, row["codes"]))
        return [
            (article, found.get(key, []))
            for key, article in by_version(self.answers["articles"]).items()
            if not self.state or article.in_state(self.state)
        ]

    @property
    def states(self) -> list[str]:
        """The states for which there are articles, and the chosen one."""
        return states_of(self.answers["articles"], self.state)

    @property
    def procedure(self) -> bool:
        """Whether it is a procedure or an item rather than a diagnosis."""
        return self.code.system != System.ICD10CM

    @property
    def empty(self) -> bool:
        """Whether no article names the code on the day."""
        return not self.answers["articles"]

    @property
    def nothing(self) -> str:
        """An empty answer is no statement of coverage."""
        return f"{super().nothing} That does not mean supported, or not supported."
