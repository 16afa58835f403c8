"""What every data block of a code page is: a heading with its tier, and what opens behind it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Any, ClassVar

from django.db.models.expressions import BaseExpression, Combinable

from codes.gathered import Answers, Questions, gather
from codes.models import Release
from codes.sections import SectionKind
from codes.systems import System

type Chosen = Mapping[str, str]  # parameters of the data blocks as a reader wrote them, by name
type Fact = BaseExpression | Combinable


class DataBlock:
    """What the loaded releases say of one code on a date of service, for a reader whose tier opens it.

    Whether a page has the block at all is decided without a query of its own (`holds`), from the newest release of each
    data set and from `facts`, both read together with the code. An instance is made for an opened block alone, so a
    locked one asks for nothing and holds nothing; the template finds the instance under the name `data`, and `page`
    and `code` beside it. What the opened blocks of a page ask (`questions`) is asked by one query for all of them.
    """

    kind: ClassVar[SectionKind]  # heading, address on the page, tier that opens it, and what its lock promises
    template: ClassVar[str]
    systems: ClassVar[Collection[System]]  # the code systems it has something to say of
    datasets: ClassVar[Collection[str]]  # it stands on the page once a release of one of them is loaded
    after: ClassVar[str] = ""  # slug of the text that it follows; empty: it follows all texts
    parameters: ClassVar[Collection[str]] = ()  # what a reader may choose in the page's address
    remembered: ClassVar[Collection[str]] = ()  # which of these go along from code to code

    def __init__(self, code: Any, on: date, releases: Mapping[str, Release], chosen: Chosen | None = None) -> None:
        self.code = code
        self.on = on
        self.releases = releases
        self.chosen = chosen or {}
        self.together: Sequence[DataBlock] = [self]  # the opened blocks of the page

    @classmethod
    def facts(cls, on: date) -> Mapping[str, Fact]:  # noqa: ARG003 - for those that need one
        """What must be known of a code before the block is opened, as annotations of the query that reads the code."""
        return {}

    @classmethod
    def holds(cls, code: Any, releases: Mapping[str, Release]) -> bool:
        """Whether the page of a code has the block. `releases` are the newest of each data set; `code` has `facts`."""
        return System(code.system) in cls.systems and any(dataset in releases for dataset in cls.datasets)

    def questions(self) -> Questions:
        """What it asks the database, by names of its own."""
        return {}

    @cached_property
    def answers(self) -> Answers:
        """The rows to its questions; the first block that needs its own asks for all on the page."""
        asked = {(block, name): rows for block in self.together for name, rows in block.questions().items()}
        found = gather({f"{number}": rows for number, rows in enumerate(asked.values())})
        given: dict[DataBlock, dict[str, list[Any]]] = {block: {} for block in self.together}
        for (block, name), rows in zip(asked, found.values(), strict=True):
            given[block][name] = rows
        for block, answers in given.items():
            block.answers = answers
        return given[self]

    @property
    def sources(self) -> list[Release]:
        """The releases that were asked, whether or not they name the code."""
        return sorted((self.releases[each] for each in self.datasets if each in self.releases), key=str)

    @property
    def cautions(self) -> list[str]:
        """Of each release that was not made for the day, why its answer may not hold, empty ones included."""
        return [caution for release in self.sources if (caution := release.caution(self.on))]

    @property
    def empty(self) -> bool:
        """Whether the releases say nothing of the code on the day; the page then says `nothing`, not the template."""
        return False

    @property
    def nothing(self) -> str:
        """What an empty block says: which releases were asked, and as of when."""
        return f"Nothing on {self.code.code} in {', '.join(map(str, self.sources))} as of {self.on:%B %-d, %Y}."
