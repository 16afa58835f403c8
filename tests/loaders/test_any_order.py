"""Releases in any order: the ranges are those of their own order."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from codes.loaders import bulk, mue, ptp
from codes.loaders.merge import merge
from codes.loaders.outcome import Order
from codes.loaders.staged import StagedCode, StagedDescriptor, StagedHeading, StagedNote, StagedRelease
from codes.models import Change, Code, Descriptor, FormerListing, Mue, PtpEdit, Section
from codes.systems import System
from tests.loaders.conftest import TITLES, edit

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 12, tzinfo=UTC)
DAYS = [date(2022, 1, 1), date(2023, 1, 1), date(2024, 1, 1), date(2025, 1, 1)]
FEW = settings(
    max_examples=15,
    derandomize=True,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
CODES = ["A1001", "A1002", "A1003"]
ALWAYS = [f"B{number}" for number in range(1000, 1020)]  # so that no release looks cut off

releases = st.lists(
    st.fixed_dictionaries({code: st.sampled_from([None, 1, 2]) for code in CODES}), min_size=4, max_size=4
)
orders = st.permutations(range(4))


def without_return(stated: list[dict[str, int | None]]) -> bool:
    """Whether no pair is left out by one release and stated again by a later one: owners write dates for that."""
    seen = [[bool(release[code]) for release in stated] for code in CODES]
    return all(sum(one != two for one, two in pairwise([False, *each, False])) <= 2 for each in seen)


def in_order(order: Sequence[int], load: Any, rows: Any) -> tuple[Any, Any]:
    """What stands after loading the releases in their order, and in another one."""
    found = []
    for each in (range(4), order):
        with transaction.atomic():
            for minute, number in enumerate(each):
                load(number, AT + timedelta(minutes=minute))
            found.append(rows())
            transaction.set_rollback(True)
    return found[0], found[1]


@FEW
@given(stated=releases, order=orders)
def test_units_of_service(tmp_path: Path, stated: list[dict[str, int | None]], order: list[int]) -> None:
    def load(number: int, at: datetime) -> None:
        lines = [f"{code},{units},1 Line Edit,Data" for code, units in stated[number].items() if units]
        lines += [f"{code},1,1 Line Edit,Data" for code in ALWAYS]
        path = tmp_path / f"MCR_MUE_PractitionerServices_Eff_01-01-{DAYS[number].year}.csv"
        path.write_text(f"Invented {number}\n" + "\n".join(lines) + "\n")
        bulk.load(mue.PRACTITIONER, [path], Order(at))

    def rows() -> list[tuple[Any, ...]]:
        ranges = Mue.objects.values_list("code", "valid_from", "valid_to", "units", "release__effective")
        return sorted(ranges, key=str)

    first, other = in_order(order, load, rows)
    assert first == other
    for day, number in zip(DAYS, range(4), strict=True):
        held = {code: units for code, begins, ends, units, _ in other if begins <= day and (not ends or ends > day)}
        assert {code: held.get(code) for code in CODES} == stated[number]
    assert all(begins == named for _, begins, _, _, named in other)


@FEW
@given(stated=releases.filter(without_return), order=orders)
def test_pairs_that_state_their_own_dates(
    tmp_path: Path, stated: list[dict[str, int | None]], order: list[int]
) -> None:
    def load(number: int, at: datetime) -> None:
        lines = [
            edit(code, "C1000", "20200101", modifier=str(kind % 2)) for code, kind in stated[number].items() if kind
        ]
        lines += [edit(code, "C1000") for code in ALWAYS]
        path = tmp_path / f"ccipra-{number}.txt"
        path.write_text("\n".join([f"Invented {number}", *TITLES, *lines]) + "\n")
        bulk.load(ptp.PRACTITIONER, [path], Order(at, effective=DAYS[number]))

    def rows() -> list[tuple[Any, ...]]:
        return sorted(PtpEdit.objects.values_list("column1", "valid_from", "valid_to", "indicator"), key=str)

    first, other = in_order(order, load, rows)
    assert first == other


listings = st.tuples(
    st.integers(0, 3), st.integers(0, 3), st.lists(st.sampled_from(["Gull", "Tern"]), min_size=4, max_size=4)
)


def staged(number: int, listed: dict[str, tuple[int, int, list[str]]]) -> StagedRelease:
    """A release that lists each code from one release to another, under a title of each."""
    release = StagedRelease(
        System.ICD10CM,
        "icd-10-cm",
        f"FY{number}",
        "ICD-10-CM",
        "Nobody",
        DAYS[number],
        date(2030, 1, 1),
        "f",
        f"{number}",
    )
    release.headings = [StagedHeading("1", "Chapter 1", "Birds"), StagedHeading("a00-a09", "A00-A09", "Gulls", "1")]
    release.codes = [StagedCode(f"B{code:02}", "Wing", "a00-a09") for code in range(20)]
    for code, (begins, ends, titles) in listed.items():
        if begins <= number <= ends:
            release.codes.append(StagedCode(code, titles[number], "a00-a09"))
            release.notes.append(StagedNote(code, None, "includes", titles[number], titles[number]))
            release.descriptors.append(StagedDescriptor(code, "long", titles[number]))
    return release


@FEW
@given(listed=st.fixed_dictionaries(dict.fromkeys(("A00.0", "A00.1"), listings)), order=orders)
def test_codes_titles_and_notes(listed: dict[str, tuple[int, int, list[str]]], order: list[int]) -> None:
    def rows() -> dict[str, Any]:
        words = ("code__code", "valid_from", "valid_to", "text")
        return {
            "codes": sorted(
                Code.objects.values_list("code", "title", "valid_from", "valid_to", "release__effective", "position"),
                key=str,
            ),
            "former": sorted(
                FormerListing.objects.values_list("code__code", "title", "valid_from", "valid_to"), key=str
            ),
            "notes": sorted(Section.objects.values_list(*words), key=str),
            "wordings": sorted(Descriptor.objects.values_list(*words), key=str),
            "changes": sorted(Change.objects.values_list("code__code", "kind", "release__effective"), key=str),
        }

    first, other = in_order(order, lambda number, at: merge(staged(number, listed), at), rows)
    assert first == other
    for model in (Section, Descriptor):  # of several releases that say the same, any one is named
        for row in model.objects.select_related("release"):
            named = row.release.effective
            assert (row.valid_from or named) <= named < (row.valid_to or date.max)
    for code, (begins, ends, titles) in listed.items():
        for one, two in pairwise(range(begins, ends + 1)):
            told = (code, "renamed", DAYS[two]) in other["changes"]
            assert told == (titles[one] != titles[two])
