"""ICD-10-CM as an operator loads it: the order file, with its Tabular List and alone."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.loaders import icd10cm_package
from codes.loaders.merge import merge
from codes.loaders.outcome import Outcome
from codes.models import Code, Descriptor, Release, Section
from tests.codes.conftest import AT, LISTING, TABULAR
from tests.loaders.conftest import load
from tests.loaders.order_files import line, write

pytestmark = pytest.mark.django_db
FY2027 = "icd10cm_order_2027.txt"
CODES = [
    ("A00", 0, "Gull fever"),
    ("A000", 1, "Gull fever w itch", "Gull fever with itching"),
    ("A009", 1, "Gull fever, unspecified"),
    ("A10", 0, "Tern fever"),
    ("A100", 0, "Tern fever of the wing"),
    ("A100XXA", 1, "Tern fever of the wing, init", "Tern fever of the wing, initial encounter"),
    ("A100XXD", 1, "Tern fever of the wing, subs", "Tern fever of the wing, subsequent encounter"),
    ("B20", 1, "Fish fever"),
]


@pytest.fixture
def package(db: None) -> Outcome:
    """What the package ships, here the invented Tabular List of April 2026."""
    return merge(icd10cm_package.read(TABULAR, LISTING), AT)


def order(folder: Path, *codes: tuple, name: str = FY2027) -> Path:
    return write(folder, *(line(number, *code) for number, code in enumerate(codes or CODES, 1)), name=name)


def tabular(folder: Path, year: int = 2027) -> Path:
    path = folder / f"icd10cm_tabular_{year}.xml"
    path.write_text(TABULAR.read_text().replace("<version>2026</version>", f"<version>{year}</version>"))
    return path


def code(name: str) -> Code:
    return Code.objects.get(system="icd-10-cm", code=name)


def test_both_files_are_a_whole_release(tmp_path: Path) -> None:
    lines = load("icd-10-cm", tabular(tmp_path), order(tmp_path))
    assert lines[0].startswith("ICD-10-CM, FY2027 October: 8 rows in ")
    itch = code("A00.0")
    assert (itch.title, itch.billable, itch.parent.code) == ("Gull fever with itching", True, "A00")
    wordings = Descriptor.objects.filter(code=itch).order_by("kind").values_list("kind", "text")
    assert list(wordings) == [("long", "Gull fever with itching"), ("short", "Gull fever w itch")]
    assert (code("A10.0XXA").title, code("A10.0XXA").parent.code) == (
        "Tern fever of the wing, initial encounter",
        "A10.0",
    )
    assert itch.sections.get(kind="inclusion-terms").text.startswith("Squawker's rash")
    release = Release.objects.get()
    assert (release.effective, release.file_name) == (
        date(2026, 10, 1),
        "icd10cm_tabular_2027.xml, icd10cm_order_2027.txt",
    )
    assert release.loaded_by


def test_an_order_file_alone_brings_the_codes_up_to_date(package: Outcome, tmp_path: Path) -> None:
    notes = dict(Section.objects.values_list("pk", "release_id"))
    new = [("A001", 0, "Gull fever of young"), ("A0011", 1, "Gull fever of young gulls"), ("A02", 1, "Another fever")]
    codes = sorted([*CODES[:2], *CODES[3:], *new])
    load("icd-10-cm", order(tmp_path, *codes))
    assert (code("A00.11").parent.code, code("A00.11").heading.label) == ("A00.1", "A00-A09")
    assert (code("A02").heading.label, code("A00.1").billable) == ("A00-A09", False)
    assert code("A00.9").status(date(2026, 10, 1)) == "deleted"
    assert code("A10.0XXA").parent.code == "A10.0"
    assert "Beach itch NOS" in code("A00.0").synonyms
    assert dict(Section.objects.values_list("pk", "release_id")) == notes
    assert list(code("A00.11").changes.values_list("kind", flat=True)) == ["added"]


def test_a_category_of_no_known_block_needs_the_tabular_list(package: Outcome, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="Category Z00 stands in no block of the Tabular List that is loaded"):
        load("icd-10-cm", order(tmp_path, *CODES, ("Z00", 1, "Elsewhere")))


def test_nothing_is_loaded_where_no_tabular_list_is(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="No Tabular List is loaded yet"):
        load("icd-10-cm", order(tmp_path))
    with pytest.raises(CommandError, match="A release of ICD-10-CM is its order file"):
        load("icd-10-cm", tabular(tmp_path))
    assert not Release.objects.exists()


@pytest.mark.parametrize(
    ("codes", "reason"),
    [
        (CODES[:-1], "holds 1 codes that icd10cm_order_2027.txt does not list, such as B20"),
        ([*CODES, ("B21", 1, "Cod sickness")], "lists 1 codes that .* does not hold, such as B21"),
        ([*CODES, ("B20", 1, "Twice")], "line 9, columns 7-13, code: B20 is listed already"),
        ([*CODES, ("0DTJ4ZZ", 1, "A procedure")], "line 9, columns 7-13, code: '0DTJ4ZZ' is no code of ICD-10-CM"),
        ([*CODES[:-1], ("B20", 7, "x")], "line 8, column 15, flag: '7' is not 0 or 1"),
    ],
)
def test_files_that_do_not_fit_are_refused(tmp_path: Path, codes: list[tuple], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load("icd-10-cm", tabular(tmp_path), order(tmp_path, *codes))
    assert not Release.objects.exists()
    assert not Code.objects.exists()


def test_keep_good_takes_a_bad_line_from_the_tabular_list(tmp_path: Path) -> None:
    path = order(tmp_path, *CODES[:-1], ("B20", 7, "x"))
    lines = load("icd-10-cm", tabular(tmp_path), path, "--keep-good", tmp_path / "bad.csv")
    assert lines[1] == "Refused line 8: column 15, flag: '7' is not 0 or 1."
    assert code("B20").title.startswith("Fish")
    assert (tmp_path / "bad.csv").read_text().splitlines() == [line(8, "B20", 7, "x")]
    reasons = (tmp_path / "bad.csv.reasons.csv").read_text().splitlines()
    assert reasons[1] == "8,\"column 15, flag\",'7' is not 0 or 1"


def test_files_of_two_releases_are_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="different releases: 2025-10-01, 2026-10-01"):
        load("icd-10-cm", tabular(tmp_path, 2026), order(tmp_path))
    with pytest.raises(CommandError, match="is of fiscal year 2026, but October 1, 2026 lies in 2027"):
        load("icd-10-cm", tabular(tmp_path, 2026), order(tmp_path), "--effective", "2026-10-01")


def test_an_older_release_goes_below_and_a_newer_one_outlives_the_next_start(
    package: Outcome, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load("icd-10-cm", order(tmp_path, name="icd10cm_order_2026.txt"))
    assert Release.objects.current("icd-10-cm") == package.release
    load("icd-10-cm", order(tmp_path))
    monkeypatch.setattr(icd10cm_package, "package_files", lambda: (TABULAR, LISTING))
    outcome = icd10cm_package.load(AT)
    assert (outcome.fresh, outcome.release.version) == (False, "FY2027 October")


def test_a_dry_run_changes_nothing(tmp_path: Path) -> None:
    assert load("icd-10-cm", tabular(tmp_path), order(tmp_path), "--dry-run")[-1].startswith("This was a dry run")
    assert not Release.objects.exists()
