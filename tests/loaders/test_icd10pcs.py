"""ICD-10-PCS from its order file."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.models import PcsCode, Release
from tests.loaders.conftest import load
from tests.loaders.order_files import line, write

pytestmark = pytest.mark.django_db
NAME = "icd10pcs_order_2026.txt"
LINES = [
    line(1, "0DT", 0, "Gulls, Resection"),
    line(2, "0DTJ4ZZ", 1, "Resection of Gull, Perc Endo", "Resection of Gull, Percutaneous Endoscopic Approach"),
    line(3, "XW0DXM6", 1, "Introduction of Seaweed, New Tech", "Introduction of Seaweed into Mouth, New Technology"),
]
FY2026, FY2027 = date(2025, 10, 1), date(2026, 10, 1)


def test_codes_and_tables(tmp_path: Path) -> None:
    lines = load("icd-10-pcs", write(tmp_path, *LINES, name=NAME))
    assert lines[0].startswith("ICD-10-PCS, October 2025: 3 rows in ")
    found = PcsCode.objects.on(FY2026).order_by("code").values_list("code", "billable", "short")
    assert list(found)[:2] == [
        ("0DT", False, "Gulls, Resection"),
        ("0DTJ4ZZ", True, "Resection of Gull, Perc Endo"),
    ]
    assert PcsCode.objects.get(code="0DTJ4ZZ").long == "Resection of Gull, Percutaneous Endoscopic Approach"


def test_they_are_found_by_their_start_and_by_words(tmp_path: Path) -> None:
    load("icd-10-pcs", write(tmp_path, *LINES, name=NAME))
    codes = PcsCode.objects.on(FY2026)
    assert [found.code for found in codes.starting("0dt j")] == ["0DTJ4ZZ"]
    assert [found.code for found in codes.starting("0DT")] == ["0DT", "0DTJ4ZZ"]
    assert [found.code for found in codes.matching("endoscopic resections")] == ["0DTJ4ZZ"]
    assert not codes.starting(" ").exists()
    assert not PcsCode.objects.on(date(2025, 9, 30)).exists()


def test_a_new_year_closes_what_it_drops(tmp_path: Path) -> None:
    more = [line(number, f"0DTJ{number}ZZ", 1, "Resection of Gull") for number in range(5, 10)]
    renamed = line(2, "0DTJ4ZZ", 1, "Resection of Tern")
    load("icd-10-pcs", write(tmp_path, *LINES, *more, name=NAME))
    path = write(tmp_path, LINES[0], renamed, *more, name="icd10pcs_order_2027.txt")
    assert load("icd-10-pcs", path)[1] == "Rows: 0 added, 1 changed, 1 ended, 6 unchanged."
    assert PcsCode.objects.on(FY2026).filter(code="XW0DXM6").exists()
    assert not PcsCode.objects.on(FY2027).filter(code="XW0DXM6").exists()
    assert [PcsCode.objects.on(day).get(code="0DTJ4ZZ").short for day in (FY2026, FY2027)] == [
        "Resection of Gull, Perc Endo",
        "Resection of Tern",
    ]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (line(4, "0DTI4ZZ", 1, "x"), "columns 7-13, code: '0DTI4ZZ' is no code of ICD-10-PCS"),
        (line(4, "A000", 1, "x"), "columns 7-13, code: 'A000' is no code of ICD-10-PCS"),
        (line(4, "0DU", 1, "x"), "column 15, flag: it is 1, but 0DU is a table"),
        (line(4, "0DTJ8ZZ", 2, "x"), "column 15, flag: '2' is not 0 or 1"),
        (line(4, "0DTJ8ZZ", 1, ""), "columns 17-76, short title: it is empty"),
        (line(4, "0DTJ8ZZ", 1, "x", "x" * 301), "columns 78 on, long title: it has 301 characters"),
        ("Add: 00004 0DTJ8ZZ 1", "column 6: it holds '0' where the layout has a blank"),
        (line(4, "0DTJ4ZZ", 1, "x"), "code: this row stands in line 2 already"),
        ("0000", "columns 1-5, order number: '0000' is not five digits"),
    ],
)
def test_a_bad_line_refuses_the_whole_file(tmp_path: Path, bad: str, reason: str) -> None:
    with pytest.raises(CommandError) as refusal:
        load("icd-10-pcs", write(tmp_path, *LINES, bad, name=NAME))
    assert str(refusal.value).startswith(f"Nothing was loaded. {NAME} has bad lines: line 4, {reason}")
    assert not Release.objects.exists()
    assert not PcsCode.objects.exists()


def test_the_name_says_since_when_it_holds(tmp_path: Path) -> None:
    load("icd-10-pcs", write(tmp_path, *LINES, name="icd10pcs-order-April-1-2026.txt"))
    assert Release.objects.get().effective == date(2026, 4, 1)
    with pytest.raises(CommandError, match="--effective"):
        load("icd-10-pcs", write(tmp_path, *LINES, name="order.txt"))
