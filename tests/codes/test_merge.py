"""What a later release does to an earlier one: nothing is overwritten silently, nothing is half done."""

import dataclasses
from datetime import date, timedelta

import pytest
from django.db import DatabaseError

from codes.loaders import icd10cm_package
from codes.loaders.merge import merge
from codes.loaders.outcome import FileRefused, Outcome
from codes.loaders.staged import StagedCode, StagedNote, StagedRelease
from codes.models import Change, Code, Descriptor, FormerListing, Heading, Release, Section
from tests.codes.conftest import AT, LISTING, TABULAR

LATER = AT + timedelta(days=200)


@pytest.fixture
def later() -> StagedRelease:
    """The next release of the invented Tabular List, unchanged so far."""
    staged = icd10cm_package.read(TABULAR, LISTING)
    return dataclasses.replace(staged, checksum="later", version="FY2027 October", effective=date(2026, 10, 1))


def changes() -> set[tuple[str, str, str]]:
    return set(Change.objects.values_list("code__code", "kind", "note"))


def test_the_same_content_again_changes_nothing(icd: Outcome) -> None:
    again = merge(icd10cm_package.read(TABULAR, LISTING), LATER)
    assert not again.fresh
    assert again.release == icd.release
    assert Release.objects.get().loaded_at == AT


def test_the_first_release_is_no_change(icd: Outcome) -> None:
    assert not Change.objects.exists()


def test_an_unchanged_release_moves_only_the_provenance(icd: Outcome, later: StagedRelease) -> None:
    before = dict(Code.objects.values_list("code", "pk"))
    outcome = merge(later, LATER)
    assert outcome.fresh
    assert not Change.objects.exists()
    assert dict(Code.objects.values_list("code", "pk")) == before  # others may point to them
    assert set(Code.objects.values_list("release", "edition", "changed_at")) == {(outcome.release.pk, 2027, AT)}
    assert set(Section.objects.values_list("release", "valid_from", "valid_to")) == {(outcome.release.pk, None, None)}
    assert not FormerListing.objects.exists()


def test_a_code_that_is_gone_is_closed_not_deleted(icd: Outcome, later: StagedRelease) -> None:
    later.codes = [row for row in later.codes if row.code != "A00.9"]
    merge(later, LATER)
    gone = Code.objects.get(code="A00.9")
    assert gone.valid_to == date(2026, 10, 1)
    assert gone.status(date(2026, 9, 30)) == "active"
    assert gone.status(date(2026, 10, 1)) == "deleted"
    assert changes() == {("A00.9", "ended", "")}
    assert gone.changed_at == LATER
    assert Heading.objects.get(slug="a00-a09").billable_codes == 1


def test_a_code_that_comes_back_is_open_again(icd: Outcome, later: StagedRelease) -> None:
    codes = list(later.codes)
    merge(dataclasses.replace(later, codes=[row for row in codes if row.code != "A00.9"]), LATER)
    merge(dataclasses.replace(later, checksum="last", effective=date(2027, 10, 1)), LATER + timedelta(days=1))
    assert Code.objects.get(code="A00.9").valid_to is None


def test_a_new_code_starts_with_its_release(icd: Outcome, later: StagedRelease) -> None:
    later.codes.insert(3, StagedCode("A00.5", "Gull fever at night", "a00-a09", parent="A00"))
    merge(later, LATER)
    new = Code.objects.get(code="A00.5")
    assert new.valid_from == date(2026, 10, 1)
    assert new.lineage == [Code.objects.get(code="A00").pk]
    assert changes() == {("A00.5", "added", "")}
    assert list(Code.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 10))


def test_what_changed_is_told_without_its_words(icd: Outcome, later: StagedRelease) -> None:
    later.codes[1].title = "Gull fever with terrible itching"
    later.notes.append(StagedNote("A00.9", None, "excludes1", "no gull", "<ul><li>no gull</li></ul>"))
    merge(later, LATER)
    assert changes() == {("A00.0", "renamed", ""), ("A00.9", "notes", "Excludes 1")}
    assert Code.objects.get(code="A00.0").title == "Gull fever with terrible itching"


def test_words_that_change_hold_until_the_release_that_changes_them(icd: Outcome, later: StagedRelease) -> None:
    terms = next(note for note in later.notes if note.code == "A00.0")
    before = terms.text
    terms.text = terms.html = "Beach itch, renamed"
    later.notes = [note for note in later.notes if note.code != "A00"]
    dropped = Section.objects.filter(code__code="A00").count()
    merge(later, LATER)
    held = Section.objects.filter(code__code="A00.0", kind=terms.kind).order_by("valid_to")
    assert list(held.values_list("text", "valid_from", "valid_to", "release__version")) == [
        (before, None, date(2026, 10, 1), "FY2026 April"),
        ("Beach itch, renamed", date(2026, 10, 1), None, "FY2027 October"),
    ]
    assert dropped
    assert Section.objects.filter(code__code="A00", valid_to=date(2026, 10, 1)).count() == dropped
    assert not Section.objects.filter(code__code="A00").on(date(2026, 10, 1)).exists()  # type: ignore[attr-defined]


def test_a_former_title_and_a_code_that_is_divided_are_kept(icd: Outcome, later: StagedRelease) -> None:
    later.codes[1].title = "Gull fever with terrible itching"
    later.codes.insert(3, StagedCode("A00.91", "Gull fever at night", "a00-a09", parent="A00.9"))
    later.codes[2].billable = False
    merge(later, LATER)
    assert set(FormerListing.objects.values_list("code__code", "title", "billable", "valid_from", "valid_to")) == {
        ("A00.0", "Gull fever with itching", True, None, date(2026, 10, 1)),
        ("A00.9", "Gull fever, unspecified", True, None, date(2026, 10, 1)),
    }
    assert ("A00.9", "billable", "") in changes()


def test_a_correction_of_the_same_day_replaces(icd: Outcome, later: StagedRelease) -> None:
    later.codes[1].title = "Gull fever, mistyped"
    later.notes[0].text = later.notes[0].html = "mistyped"
    merge(later, LATER)
    corrected = icd10cm_package.read(TABULAR, LISTING)
    corrected.codes[1].title = "Gull fever, renamed"
    corrected.notes[0].text = corrected.notes[0].html = "renamed"
    merge(dataclasses.replace(corrected, checksum="again", effective=date(2026, 10, 1)), LATER + timedelta(days=1))
    assert [row.title for row in FormerListing.objects.all()] == ["Gull fever with itching"]
    assert not Section.objects.filter(text="mistyped").exists()
    assert Section.objects.get(text="renamed").valid_from == date(2026, 10, 1)


def test_a_correction_of_the_first_release_leaves_no_former_words(icd: Outcome) -> None:
    corrected = icd10cm_package.read(TABULAR, LISTING)
    corrected.codes[1].title = "Gull fever, renamed"
    corrected.notes[0].text = corrected.notes[0].html = "renamed"
    merge(dataclasses.replace(corrected, checksum="again"), LATER)
    assert not FormerListing.objects.exists()
    assert set(Section.objects.values_list("valid_from", "valid_to")) == {(None, None)}


def test_headings_without_codes_go(icd: Outcome, later: StagedRelease) -> None:
    later.headings[2].slug = "a00-a10"
    for row in later.codes:
        row.heading = row.heading.replace("a00-a09", "a00-a10")
    for note in later.notes:
        note.heading = note.heading and note.heading.replace("a00-a09", "a00-a10")
    merge(later, LATER)
    assert not Heading.objects.filter(slug="a00-a09").exists()
    assert Heading.objects.get(slug="a00-a10").billable_codes == 2


def test_an_older_release_adds_what_held_on_its_days(icd: Outcome, later: StagedRelease) -> None:
    older = dataclasses.replace(later, checksum="older", effective=date(2025, 10, 1), version="FY2026 October")
    older.codes[1].title = "Gull fever, as it was called"
    older.codes = [row for row in older.codes if row.code != "A00.9"]
    older.codes.insert(2, StagedCode("A00.5", "Gull fever at night", "a00-a09", parent="A00"))
    merge(older, LATER)
    named = {code.code: code for code in Code.objects.all()}
    assert named["A00.0"].title == "Gull fever with itching"
    former = FormerListing.objects.get()
    assert (former.title, former.valid_from, former.valid_to) == (
        "Gull fever, as it was called",
        None,
        date(2026, 4, 1),
    )
    assert (named["A00.5"].valid_from, named["A00.5"].valid_to) == (None, date(2026, 4, 1))
    assert (named["A00.9"].valid_from, named["A00.9"].valid_to) == (date(2026, 4, 1), None)
    assert changes() == {("A00.0", "renamed", ""), ("A00.5", "ended", ""), ("A00.9", "added", "")} | {
        change for change in changes() if change[1] == "notes"
    }
    assert set(Change.objects.values_list("release__version", flat=True)) == {"FY2026 April"}


def test_a_release_that_looks_torn_is_refused(icd: Outcome, later: StagedRelease) -> None:
    later.codes = later.codes[:6]
    with pytest.raises(FileRefused, match="holds 6 rows where ICD-10-CM, FY2026 April held 8: it looks cut off"):
        merge(later, LATER)
    assert Release.objects.count() == 1


def test_a_load_that_fails_leaves_nothing_behind(icd: Outcome, later: StagedRelease) -> None:
    later.codes[1].title = "Renamed before the failure"
    later.codes[-1].title = "x" * 301  # the column holds 300
    with pytest.raises(DatabaseError):
        merge(later, LATER)
    assert Release.objects.get() == icd.release
    assert Code.objects.get(code="A00.0").title == "Gull fever with itching"
    assert not Change.objects.exists()


def test_an_icd_title_is_the_descriptor_and_needs_no_row(icd: Outcome) -> None:
    assert not Descriptor.objects.exists()
