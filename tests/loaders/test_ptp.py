"""NCCI procedure-to-procedure edits, as an operator loads one quarter after the other."""

import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from codes.models import PtpEdit, Release
from tests.loaders.conftest import JULY, OCTOBER, Q3, Q4, TITLES, edit, load

type Write = Callable[..., Path]
pytestmark = pytest.mark.django_db


def stored(setting: str = "practitioner") -> list[tuple[str, str, date, date | None, int]]:
    rows = PtpEdit.objects.filter(setting=setting).order_by("column1", "column2", "valid_from")
    return list(rows.values_list("column1", "column2", "valid_from", "valid_to", "indicator"))


def test_a_quarter_is_loaded_with_its_own_dates(written: Write) -> None:
    path = written(edit("A1001", "A1002", ends="20231231", old="*"), edit("A1001", "A1003", modifier="0"))
    lines = load("ptp-practitioner", path)
    assert lines[0].startswith("NCCI PTP edits, practitioner services, July 2026: 2 rows in ")
    assert lines[1] == "Rows: 2 added, 0 changed, 0 ended, 0 unchanged."
    first, second = date(2020, 1, 1), date(2024, 1, 1)
    assert stored() == [("A1001", "A1002", first, second, 1), ("A1001", "A1003", first, None, 0)]
    found = PtpEdit.objects.get(column2="A1002")
    assert (found.before_1996, found.rationale.text) == (True, "Invented rationale")
    assert set(PtpEdit.objects.on(date(2023, 12, 31)).values_list("column2", flat=True)) == {"A1002", "A1003"}
    assert set(PtpEdit.objects.on(second).values_list("column2", flat=True)) == {"A1003"}


def test_the_next_quarter_changes_closes_and_adds(written: Write) -> None:
    load("ptp-practitioner", written(edit("A1001", "A1002"), edit("A1001", "A1003"), edit("A1001", "A1004")))
    path = written(
        edit("A1001", "A1002", ends="20260930"),
        edit("A1001", "A1004"),
        edit("A1001", "A1009", begins="20261001"),
        name=OCTOBER,
    )
    assert load("ptp-practitioner", path)[1] == "Rows: 1 added, 1 changed, 1 ended, 1 unchanged."
    first = date(2020, 1, 1)
    assert stored() == [
        ("A1001", "A1002", first, Q4, 1),
        ("A1001", "A1003", first, Q4, 1),
        ("A1001", "A1004", first, None, 1),
        ("A1001", "A1009", Q4, None, 1),
    ]


def test_the_same_file_again_changes_nothing_in_an_archive_too(written: Write, tmp_path: Path) -> None:
    path = written(edit("A1001", "A1002"))
    load("ptp-practitioner", path)
    archive = tmp_path / "ccipra-v322r0.zip"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.write(path, JULY)
    for again in (path, archive):
        (said,) = load("ptp-practitioner", again)
        assert said.endswith("July 2026 is loaded already, from the very same content. Nothing was changed.")
    assert (PtpEdit.objects.count(), Release.objects.count()) == (1, 1)


def test_practitioner_and_hospital_edits_stand_apart(written: Write) -> None:
    load("ptp-practitioner", written(edit("A1001", "A1002")))
    load("ptp-hospital", written(edit("A1001", "A1003"), name="ccioph-v322r0-f1.TXT"))
    assert [row[1] for row in stored()] == ["A1002"]
    assert [row[1] for row in stored("hospital")] == ["A1003"]


def test_several_files_are_one_release_in_any_order(written: Write) -> None:
    one, two = written(edit("A1001", "A1002")), written(edit("A1005", "A1002"), name="ccipra-v322r0-f2.TXT")
    assert ": 2 rows in " in load("ptp-practitioner", one, two)[0]
    assert "loaded already" in load("ptp-practitioner", two, one)[0]


def test_a_workbook_holds_the_same(tmp_path: Path) -> None:
    book = Workbook()
    for line in [*TITLES, edit("A1001", "A1002", ends="20231231")]:
        book.active.append([int(cell) if cell.isdigit() else cell for cell in line.split("\t")])
    path = tmp_path / "ccipra-v322r0-f1.xlsx"
    book.save(path)
    load("ptp-practitioner", path)
    assert stored() == [("A1001", "A1002", date(2020, 1, 1), date(2024, 1, 1), 1)]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A1001\tA1002\t\t20200101", "line 8, the whole line: it has 4 columns where the layout has 7"),
        (edit("A1001", "toolong"), "line 8, Column 2: 'toolong' is no code"),
        (edit("A1001", "A1003", begins="20201301"), "line 8, Effective Date: '20201301' is no date"),
        (edit("A1001", "A1003", ends="20191231"), "line 8, Deletion Date: 20191231 lies before the effective date"),
        (edit("A1001", "A1003", modifier="2"), "line 8, Modifier: '2' is not 0, 1 or 9"),
        (edit("A1001", "A1002"), "line 8, column1 and column2 and valid_from: this row stands in line 7 already"),
        (edit("A1001", "A\x00003"), "line 8, any column: it holds NUL characters"),
    ],
)
def test_a_bad_line_refuses_the_whole_file(written: Write, line: str, reason: str) -> None:
    with pytest.raises(CommandError) as refusal:
        load("ptp-practitioner", written(edit("A1001", "A1002"), line))
    assert str(refusal.value).startswith(f"Nothing was loaded. {JULY} has bad lines: {reason}")
    assert (PtpEdit.objects.count(), Release.objects.count()) == (0, 0)


def test_keep_good_loads_the_others_and_writes_the_bad_ones(written: Write, tmp_path: Path) -> None:
    bad = tmp_path / "bad.csv"
    path = written(edit("A1001", "A1002"), edit("A1001", "x"), edit("A1001", "A1002"))
    lines = load("ptp-practitioner", path, "--keep-good", bad)
    assert lines[2:] == [
        "Refused line 8: Column 2: 'x' is no code.",
        "Refused line 9: column1 and column2 and valid_from: this row stands in line 7 already.",
        f"The refused lines are in {bad}, the reasons in {bad}.reasons.csv.",
        "What they are about stays as it was. Repair them, and load them with --amend.",
    ]
    assert len(stored()) == 1
    assert bad.read_text().splitlines() == [*TITLES, edit("A1001", "x"), edit("A1001", "A1002")]
    reasons = Path(f"{bad}.reasons.csv").read_text().splitlines()
    assert reasons[:2] == ["line,column,reason", "8,Column 2,'x' is no code"]


def test_a_dry_run_says_what_would_change_and_changes_nothing(written: Write) -> None:
    lines = load("ptp-practitioner", written(edit("A1001", "A1002")), "--dry-run")
    assert lines[1:] == [
        "Rows: 1 added, 0 changed, 0 ended, 0 unchanged.",
        "This was a dry run: nothing was changed.",
    ]
    assert (PtpEdit.objects.count(), Release.objects.count()) == (0, 0)


def test_an_older_release_adds_the_pairs_that_the_newer_one_dropped(written: Write) -> None:
    many = [edit("A1001", f"A{number}") for number in range(2000, 2010)]
    load("ptp-practitioner", written(*many, name=OCTOBER))
    load("ptp-practitioner", written(edit("A1001", "A2000", modifier="0"), *many[1:], edit("A1001", "A3000")))
    dropped = PtpEdit.objects.get(column2="A3000")
    assert (dropped.valid_from, dropped.valid_to) == (date(2020, 1, 1), Q4)
    assert PtpEdit.objects.get(column2="A2000").indicator == 1  # the newer file's word stands


def test_a_torn_release_is_refused(written: Write) -> None:
    many = [edit("A1001", f"A{number}") for number in range(2000, 2010)]
    load("ptp-practitioner", written(*many, name=OCTOBER))
    with pytest.raises(CommandError, match=r"holds 7 rows where .* held 10: it looks cut off"):
        load("ptp-practitioner", written(*many[:7], name="ccipra-v330r0-f1.TXT"))
    assert len(stored()) == 10


def test_files_of_two_quarters_or_of_none_are_refused(written: Write) -> None:
    one, other = written(edit("A1001", "A1002")), written(edit("A1001", "A1003"), name=OCTOBER)
    with pytest.raises(CommandError, match="different releases: 2026-07-01, 2026-10-01"):
        load("ptp-practitioner", one, other)
    nameless = written(edit("A1001", "A1002"), name="edits.txt")
    with pytest.raises(CommandError, match="--effective"):
        load("ptp-practitioner", nameless)
    load("ptp-practitioner", nameless, "--effective", "2026-07-01")
    assert Release.objects.get().effective == Q3
