"""The Tabular List of the package: what its XML becomes."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from codes.loaders import icd10cm_package
from codes.loaders.icd10cm_package import read
from codes.loaders.outcome import FileRefused, Outcome
from codes.models import Code, Heading, Release, Section
from tests.codes.conftest import AT, LISTING, TABULAR


def code(name: str) -> Code:
    return Code.objects.get(system="icd-10-cm", code=name)


def section(name: str, kind: str) -> Section:
    return Section.objects.get(code__code=name, kind=kind)


def test_codes_and_their_place(icd: Outcome) -> None:
    assert [(row.code, row.billable) for row in Code.objects.order_by("position")] == [
        ("A00", False),
        ("A00.0", True),
        ("A00.9", True),
        ("A10", False),
        ("A10.0", False),
        ("A10.0XXA", True),
        ("A10.0XXD", True),
        ("B20", True),
    ]
    assert code("A00").flags == ["header"]
    assert code("A10.0XXA").lineage == [code("A10").pk, code("A10.0").pk]
    assert code("A10.0XXA").parent == code("A10.0")


def test_a_seventh_character_is_composed_only_where_the_list_has_the_code(icd: Outcome) -> None:
    assert code("A10.0XXA").title == "Fracture of lower end of beak, initial encounter for closed fracture"
    assert code("A10.0XXD").title == "Fracture of lower end of beak, subsequent encounter"
    assert not Code.objects.filter(code="A10.0XXS").exists()


def test_headings_nest_blocks_that_hold_blocks(icd: Outcome) -> None:
    gulls = Heading.objects.get(slug="a00-a09")
    assert (gulls.label, gulls.title, gulls.parent.slug, gulls.parent.parent.slug) == (
        "A00-A09",
        "Gull fevers",
        "a00-a19",
        "1",
    )
    assert Heading.objects.get(slug="b20").parent.slug == "1"  # one category stands as block and as code
    assert code("B20").heading.slug == "b20"
    counts = dict(Heading.objects.values_list("slug", "billable_codes"))
    assert counts == {"1": 5, "a00-a19": 4, "a00-a09": 2, "a10-a19": 2, "b20": 1}


def test_every_kind_of_note_is_kept(icd: Outcome) -> None:
    assert section("A00", "code-first").text == "the gull"
    assert section("A00", "use-additional").text == "code for the beach\ncode for the tide"
    assert section("A00.0", "inclusion-terms").text == "Squawker's rash\nBeach itch NOS"
    assert section("A00.0", "code-also").text == "any sunburn"
    assert section("A10", "notes").text == "Beak here means the wearer's own"
    assert section("A10", "seventh-character").text.splitlines() == [
        "One of these characters completes each code of A10",
        "A initial encounter for closed fracture; initial encounter, beak not otherwise specified",
        "D subsequent encounter",
        "S sequela",
    ]
    assert section("B20", "notes").text.splitlines() == [
        "Category 1: best corrected visual acuity less than 20/70; equal to or better than 20/200",
        "Category 5: best corrected visual acuity No light perception",
    ]
    on_headings = Section.objects.exclude(heading=None).values_list("heading__slug", "kind")
    assert set(on_headings) == {
        ("1", "includes"),
        ("1", "use-additional"),
        ("a00-a19", "excludes2"),
        ("a00-a09", "excludes1"),
    }


def test_notes_are_escaped_and_link_the_codes_they_name(icd: Outcome) -> None:
    assert (
        Section.objects.get(heading__slug="1", kind="includes").html == "<ul><li>fevers of docks &amp; piers</li></ul>"
    )
    linked = Section.objects.get(heading__slug="a00-a09", kind="excludes1").html
    assert linked == '<ul><li>tern fever (<a href="/codes/icd-10-cm/a10/">A10</a>.-)</li></ul>'


def test_the_release_says_where_it_is_from(icd: Outcome) -> None:
    release = icd.release
    assert (release.version, release.effective, release.edition) == ("FY2026 April", date(2026, 4, 1), 2026)
    assert release.rows == 8
    assert set(Code.objects.values_list("release", "edition", "valid_from")) == {(release.pk, 2026, None)}


@pytest.mark.parametrize(
    ("listing", "reason"),
    [
        ("A00\nA000\n", "holds 4 codes that code-list-April-2026.txt does not list, such as A009"),
        (None, "lists 1 codes that icd10c-tabular-April-1-2026.xml does not hold, such as C99"),
    ],
)
def test_tabular_and_list_must_fit(tmp_path: Path, listing: str | None, reason: str) -> None:
    path = tmp_path / LISTING.name
    path.write_text(listing if listing is not None else LISTING.read_text() + "C99\n")
    with pytest.raises(FileRefused, match=reason):
        read(TABULAR, path)


@pytest.mark.parametrize(("cut", "reason"), [(2000, "not well-formed XML"), (0, "not well-formed XML")])
def test_a_torn_tabular_is_refused(tmp_path: Path, cut: int, reason: str) -> None:
    path = tmp_path / TABULAR.name
    path.write_bytes(TABULAR.read_bytes()[:cut])
    with pytest.raises(FileRefused, match=reason):
        read(path, LISTING)


@pytest.mark.parametrize("name", ["tabular.xml", "icd10c-tabular-Avril-1-2026.xml", "icd10c-tabular-April-31-2026.xml"])
def test_a_tabular_without_a_date_is_refused(tmp_path: Path, name: str) -> None:
    path = Path(shutil.copy(TABULAR, tmp_path / name))
    with pytest.raises(FileRefused, match="does not name the date it holds from"):
        read(path, LISTING)


def test_without_the_package_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(icd10cm_package, "PACKAGE", "no-such-package")
    with pytest.raises(FileRefused, match="no-such-package, which carries ICD-10-CM, is not installed"):
        icd10cm_package.package_files()


def test_the_installed_package_in_full(db: None, django_assert_num_queries) -> None:
    """The one slow test: all of ICD-10-CM as the product loads it."""
    outcome = icd10cm_package.load(AT)
    assert outcome.fresh
    assert Code.objects.filter(billable=True).count() == 74_719
    assert Release.objects.get().rows == Code.objects.count()
    wrist = code("S52.501A")
    assert wrist.title == (
        "Unspecified fracture of the lower end of right radius, initial encounter for closed fracture"
    )
    assert list(Code.objects.filter(pk__in=wrist.lineage).order_by("position").values_list("code", flat=True)) == [
        "S52",
        "S52.5",
        "S52.50",
        "S52.501",
    ]
    assert code("QA0.0101").billable
    assert {row.slug: row.parent.slug for row in Heading.objects.filter(slug__in=["m50-m54", "m40-m54"])} == {
        "m50-m54": "m40-m54",
        "m40-m54": "13",
    }
    with django_assert_num_queries(1):  # known by its checksum alone
        assert not icd10cm_package.load(AT).fresh
