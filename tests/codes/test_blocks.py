"""Data blocks: whether one stands on a page, what a lock keeps back, what an empty one says."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date

import pytest
from django.db.models import Exists, OuterRef
from django.test import Client

from accounts.models import User
from accounts.reader import Tier
from codes.blocks import BLOCKS
from codes.blocks.block import DataBlock, Fact
from codes.models import Relation, Release
from codes.sections import SectionKind
from codes.systems import System
from tests.codes.conftest import AT

CODE = "/codes/cpt/99990/"


class Tides(DataBlock):
    """An invented block that counts on an invented release."""

    kind = SectionKind("tides", "Tides and moons", Tier.REGISTERED, "When the water comes.")
    template = "codes/_links.html"
    systems = (System.CPT,)
    datasets = ("tide-tables",)
    after = "documentation"
    made = 0

    def __init__(self, *given: object) -> None:
        super().__init__(*given)  # type: ignore[arg-type]
        Tides.made += 1

    @classmethod
    def facts(cls, on: date) -> Mapping[str, Fact]:  # noqa: ARG003
        """Whether the code names others."""
        return {"has_tides": Exists(Relation.objects.filter(code=OuterRef("pk")))}

    @property
    def empty(self) -> bool:
        """Always, so that the page words it."""
        return bool(self.code.has_tides)


@pytest.fixture
def tides(reference: None) -> Iterator[Release]:
    """The block registered, and its release loaded."""
    BLOCKS.append(Tides)
    Tides.made = 0
    yield Release.objects.create(
        dataset="tide-tables",
        version="Spring",
        title="Tide tables",
        owner="Harbor office",
        effective=date(2026, 3, 20),
        file_name="tides.txt",
        checksum="0",
        loaded_at=AT,
    )
    BLOCKS.remove(Tides)


def test_an_empty_block_names_release_and_day(tides: Release, mia: User, browser_of: Callable[[User], Client]) -> None:
    text = browser_of(mia).get(CODE).text
    assert "Nothing on 99990 in Tide tables, Spring as of" in text
    assert "Source: Harbor office, Tide tables, Spring, effective March 20, 2026." in " ".join(text.split())
    assert text.index('id="documentation"') < text.index('id="tides"') < text.index('id="examples"')


def test_a_lock_names_the_block_and_does_not_make_it(tides: Release, client: Client) -> None:
    text = client.get(CODE).text
    assert "Tides and moons" in text
    assert "When the water comes." in text
    assert "Nothing on 99990" not in text
    assert Tides.made == 0


@pytest.mark.parametrize("address", ["/codes/hcpcs/j9998/", "/codes/icd-10-cm/b20/"])
def test_it_stands_on_no_page_of_another_system(tides: Release, client: Client, address: str) -> None:
    assert "Tides and moons" not in client.get(address).text


def test_without_its_release_there_is_no_block(tides: Release, client: Client) -> None:
    tides.delete()
    assert "Tides and moons" not in client.get(CODE).text
