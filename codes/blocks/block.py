"""What every data block of a code page is: a heading with its tier, and what opens behind it."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, ClassVar

from django.db.models.expressions import BaseExpression, Combinable

from codes.gathered import Asking
from codes.models import Release
from codes.sections import SectionKind
from codes.systems import System

type Chosen = Mapping[str, str]  # parameters of the data blocks as a reader wrote them, by name
type Fact = BaseExpression | Combinable


class DataBlock(Asking):
    """What the loaded releases say of one code on a date of service, for a reader whose tier opens it.

    Whether a page has the block at all is decided without a query of its own (`holds`), from the newest release of each
    data set and from `facts`, both read together with the code. An instance is made for an opened block alone, so a
    locked one asks for nothing and holds nothing; the template finds the instance under the name `data`, and `page`
    and `code` beside it. What the opened blocks of a page ask (`questions`) is asked by one query, with its texts.
    """

    kind: ClassVar[SectionKind]  # heading, address on the page, tier that opens it, and what its lock promises
    template: ClassVar[str]
    systems: ClassVar[Collection[System]]  # the code systems it has something to say of
    datasets: ClassVar[Collection[str]]  # it stands on the page once a release of one of them is loaded
    after: ClassVar[str] = ""  # slug of the text that it follows; empty: it follows all texts
    parameters: ClassVar[Collection[str]] = ()  # what a reader may choose in the page's address
    remembered: ClassVar[Collection[str]] = ()  # which of these go along from code to code

    def __init__(self, code: Any, on: date, releases: Mapping[str, Release], chosen: Chosen | None = None) -> None:
        super().__init__()
        self.code = code
        self.on = on
        self.releases = releases
        self.chosen = chosen or {}

    @classmethod
    def facts(cls, on: date) -> Mapping[str, Fact]:  # noqa: ARG003 - for those that need one
        """What must be known of a code before the block is opened, as annotations of the query that reads the code."""
        return {}

    @classmethod
    def holds(cls, code: Any, releases: Mapping[str, Release]) -> bool:
        """Whether the page of a code has the block. `releases` are the newest of each data set; `code` has `facts`."""
        return System(code.system) in cls.systems and any(dataset in releases for dataset in cls.datasets)

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
