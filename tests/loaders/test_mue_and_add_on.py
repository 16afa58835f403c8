"""Units of service and add-on codes, as an operator loads them."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.models import AddOnEdit, Mue
from tests.codes.conftest import SHARED
from tests.loaders.conftest import load

pytestmark = pytest.mark.django_db
HEAD = '"An invented file,\n\nfor tests",,,\n"HCPCS/\nCPT Code",Units,Indicator,Rationale\n'
JULY, OCTOBER = (f"MCR_MUE_PractitionerServices_Eff_{day}-01-2026.csv" for day in ("07", "10"))


def mue(folder: Path, *lines: str, name: str = JULY) -> Path:
    path = folder / name
    path.write_text(HEAD + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def add_on(folder: Path, *lines: str) -> Path:
    path = folder / "AOC_V2026Q2-MCR.txt"
    path.write_text("Invented\nAOC_Edit_Type\tAdd-On_Code\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_a_quarter_of_units_closes_the_one_before(tmp_path: Path) -> None:
    rows = ["A1001,1,2 Date of Service Edit: Policy,Nature", "A1002,4,3 Date of Service Edit: Clinical,Data"]
    load("mue-practitioner", mue(tmp_path, *rows, "A1003,9,1 Line Edit,Data"))
    later = ["A1001,1,2 Date of Service Edit: Policy,Nature", "A1002,6,3 Date of Service Edit: Clinical,Data"]
    path = mue(tmp_path, *later, "A1004,2,1 Line Edit,Data", name=OCTOBER)
    assert load("mue-practitioner", path)[1] == "Rows: 1 added, 1 changed, 1 ended, 1 unchanged."
    before, after = date(2026, 9, 30), date(2026, 10, 1)
    assert dict(Mue.objects.on(before).values_list("code", "units")) == {"A1001": 1, "A1002": 4, "A1003": 9}
    assert dict(Mue.objects.on(after).values_list("code", "units")) == {"A1001": 1, "A1002": 6, "A1004": 2}


def test_a_correction_of_the_same_day_replaces(tmp_path: Path) -> None:
    load("mue-practitioner", mue(tmp_path, "A1001,1,1 Line Edit,Data"))
    load("mue-practitioner", mue(tmp_path, "A1001,3,1 Line Edit,Data"))
    row = Mue.objects.get()
    assert (row.units, row.valid_from, row.valid_to) == (3, date(2026, 7, 1), None)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("A1001,many,1 Line Edit,Data", "line 7, MUE Values: 'many' is no whole number"),
        ("A1001,1,4 Other,Data", "line 7, MUE Adjudication Indicator: '4 Other' is no indicator such as '1 Line Edit'"),
        ("A1001,1,1 Line Edit,", "line 7, MUE Rationale: it is empty"),
        ("A1001,1", "line 7, the whole line: it has 2 columns"),
    ],
)
def test_bad_units_are_refused(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load("mue-practitioner", mue(tmp_path, "A1000,1,1 Line Edit,Data", line))
    assert not Mue.objects.exists()


def test_add_on_codes_and_their_primary_codes(tmp_path: Path) -> None:
    path = add_on(
        tmp_path,
        "1\tA1001\t\tA1002\t\t2020001\t\t",
        "2\tA1003\t\tCCCCC\t\t2020001\t2023365\tA note",
        "1\tA1004\t2022365\tA1002\t2021365\t2020001\t\t",
    )
    load("add-on", path)
    found = AddOnEdit.objects.order_by("add_on").values_list("add_on", "primary", "kind", "valid_to", "note")
    assert list(found) == [
        ("A1001", "A1002", 1, None, ""),
        ("A1003", "CCCCC", 2, date(2024, 1, 1), "A note"),
        ("A1004", "A1002", 1, date(2022, 1, 1), ""),
    ]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("4\tA1001\t\tA1002\t\t2020001\t\t", "AOC_Edit_Type: '4' is not 1, 2 or 3"),
        ("1\tA1001\t\tnothing\t\t2020001\t\t", "Primary_Code: 'nothing' is no code"),
        ("1\tA1001\t\tA1002\t\t2020400\t\t", "AOC_Edit_EffDT: '2020400' is no date"),
        ("1\tA1001\t\tA1002\t\t2020001\t2019001\t", "AOC_Edit_DelDT: it ends before it takes effect"),
    ],
)
def test_bad_add_on_lines_are_refused(tmp_path: Path, line: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load("add-on", add_on(tmp_path, line))


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of published files is not there")
def test_the_headings_that_cms_publishes_are_read() -> None:
    load(
        "mue-practitioner", SHARED / "ncci/MCR_MUE_Practitioner_2026-07.header_sample.csv", "--effective", "2026-07-01"
    )
    assert dict(Mue.objects.values_list("code", "units"))["0009U"] == 2
    load("ptp-practitioner", SHARED / "ncci/ccipra-v322r0-f1.header_sample.txt")
