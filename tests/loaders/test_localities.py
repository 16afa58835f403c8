"""Payment localities, amounts by locality, anesthesia factors and places of service, as an operator loads them."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError
from openpyxl import Workbook

from codes.loaders.places import FACILITY
from codes.models import AnesthesiaFactor, Gpci, LocalityAmount, LocalityCounties, PlaceOfService
from tests.codes.conftest import SHARED
from tests.loaders.conftest import load

pytestmark = pytest.mark.django_db
WORK = "2026 PW GPCI (with 1.0 Floor)***"
GPCI_HEAD = (
    f"Medicare Administrative Contractor (MAC),State,Locality Number,Locality Name,{WORK},2026 PE GPCI,2026 MP GPCI"
)
published = pytest.mark.skipif(not SHARED.exists(), reason="the folder of published files is not there")


def write(folder: Path, name: str, *lines: str) -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_indices_are_read_under_their_title_and_above_their_notes(tmp_path: Path) -> None:
    rows = ["2102,ZZ,1,GULL ISLAND*,1.500,1.065,0.551", '"MAC Assignments as of 2023",,,,,,', "*A floor of 1.5,,,,,,"]
    load("gpci", write(tmp_path, "GPCI2026.csv", "CY 2026 INDICES,,,,,,", ",,,,,,", GPCI_HEAD, *rows))
    row = Gpci.objects.at("02102", "01").on(date(2026, 2, 1)).get()
    assert (row.state, row.name, row.valid_from) == ("ZZ", "GULL ISLAND", date(2026, 1, 1))
    assert (row.work, row.pe, row.malpractice) == (Decimal("1.500"), Decimal("1.065"), Decimal("0.551"))


def test_the_work_index_with_its_floor_is_taken_where_there_are_two(tmp_path: Path) -> None:
    head = GPCI_HEAD.replace(WORK, f"2026 PW GPCI (without 1.0 Floor),{WORK}")
    load("gpci", write(tmp_path, "GPCI2026.csv", head, "02102,ZZ,01,GULL ISLAND,0.970,1.000,1.065,0.551"))
    assert Gpci.objects.get().work == Decimal("1.000")


def test_a_workbook_with_the_arithmetic_of_a_spreadsheet(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["mac", "state", "locality", "locality_name", "gpci_work", "gpci_pe", "gpci_mp", "gpci_gaf"])
    book.active.append(["02102", "ZZ", "01", "GULL ISLAND", 1, 0.8690000000000001, 0.592, 2.461])
    book.save(tmp_path / "gpci_2024.xlsx")
    load("gpci", tmp_path / "gpci_2024.xlsx")
    assert Gpci.objects.get().pe == Decimal("0.869")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("x,ZZ,01,GULL ISLAND,1,1,1", "line 2, contractor: 'x' is no contractor's number"),
        ("02102,ZZ,001,GULL ISLAND,1,1,1", "line 2, locality: '001' is no locality's number"),
        ("02102,ZZ,01,GULL ISLAND,1,1.0651,1", "line 2, PE GPCI: '1.0651' has more than 3 decimal places"),
        ("02102,ZZ,01,GULL ISLAND,1,1,", "line 2, MP GPCI: '' is no number"),
        ("02102,ZZ,01,GULL ISLAND,0,1,1", "line 2, work GPCI: it is 0"),
    ],
)
def test_bad_indices_are_refused(tmp_path: Path, row: str, reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load("gpci", write(tmp_path, "GPCI2026.csv", GPCI_HEAD, row))
    assert not Gpci.objects.exists()


def test_the_text_without_headings_is_refused_for_the_table_beside_it(tmp_path: Path) -> None:
    path = write(tmp_path, "ANES2026.txt", "02102       01    GULL ISLAND".ljust(73) + "2060")
    with pytest.raises(CommandError, match="text without headings: load the CSV or the XLSX of the same archive"):
        load("anesthesia", path)


def test_the_headings_of_2026_have_a_factor_for_each_kind_of_participant(tmp_path: Path) -> None:
    factors = "Qualifying APM National Anes CF (with 2.5% statutory increase) of 20.599835"
    head = f"Contractor,Locality,Locality Name,{factors},Non-{factors.replace('20.599835', '20.49754')}"
    path = write(tmp_path, "ANES2026.csv", head, "02102,01,GULL ISLAND*,20.61,20.50")
    load("anesthesia", path)
    load("anesthesia-qpp", path)
    found = dict(AnesthesiaFactor.objects.values_list("qpp", "factor"))
    assert found == {False: Decimal("20.5000"), True: Decimal("20.6100")}


def test_counties_take_the_state_from_above(tmp_path: Path) -> None:
    head = "Medicare Adminstrative Contractor,Locality Number,State,Fee Schedule Area,Counties"
    rows = ["2102,1,GULLS,METROPOLIS,TERN AND SKUA", "2102,99,,REST OF STATE*,ALL OTHER COUNTIES"]
    load("localities", write(tmp_path, "26LOCCO.csv", "COUNTIES IN 2026,,,,", head, *rows, rows[1]))
    found = LocalityCounties.objects.order_by("locality").values_list("locality", "state_name", "area", "counties")
    assert list(found) == [
        ("01", "GULLS", "METROPOLIS", "TERN AND SKUA"),
        ("99", "GULLS", "REST OF STATE", "ALL OTHER COUNTIES"),
    ]


def test_anesthesia_factors_of_both_kinds_in_one_file(tmp_path: Path) -> None:
    head = "Contractor,Locality,Non-Qualifying APM Conversion Factor,Qualifying APM Conversion Factor"
    path = write(tmp_path, "ANES2026.csv", head, "2102,1,20.11,20.22")
    load("anesthesia", path)
    load("anesthesia-qpp", path)
    assert dict(AnesthesiaFactor.objects.values_list("qpp", "factor")) == {
        False: Decimal("20.11"),
        True: Decimal("20.22"),
    }


def amount(code: str, nonfacility: str = "0000086.90", locality: str = "00", year: str = "2026") -> str:
    cells = [year, "02102", locality, code, "  ", nonfacility, "0000061.23", " ", "0", "A", "2"]
    return ",".join(f'"{cell}"' for cell in [*cells, "0000000.00", "0000000.00", "9", "0000000.00", "0000000.00"])


def test_a_revision_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    load("pfall", write(tmp_path, "PFALL26A.txt", amount("A1001"), amount("A1002"), '"TRL","2"'))
    lines = load("pfall", write(tmp_path, "PFREV26B.txt", amount("A1002", "0000090.00"), '"TRL","1"'))
    assert lines[1] == "Rows: 0 added, 1 changed, 0 ended, 0 unchanged."
    march, april = (
        dict(LocalityAmount.objects.on(date(2026, month, 2)).values_list("code", "nonfacility")) for month in (3, 4)
    )
    assert march == {"A1001": Decimal("86.90"), "A1002": Decimal("86.90")}
    assert april == {"A1001": Decimal("86.90"), "A1002": Decimal("90.00")}


def test_amounts_without_their_trailer_are_cut_off(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="does not end with its trailer, TRL: it looks cut off"):
        load("pfall", write(tmp_path, "PFALL26A.txt", amount("A1001")))
    assert not LocalityAmount.objects.exists()


def test_places_of_service_and_their_rate(tmp_path: Path) -> None:
    head = "pos_code,pos_type,pos_name,pos_description"
    rows = ["1,Non-Facility,Kiosk,A kiosk", "21,Facility,Aviary,An aviary", "28,Unassigned,Unassigned,Unassigned"]
    lines = load("place-of-service", write(tmp_path, "places.csv", head, *rows), "--effective", "2024-01-01")
    assert lines[-1] == "Left out: numbers that CMS has not assigned, 1."
    assert dict(PlaceOfService.objects.values_list("code", "facility")) == {"01": False, "21": True}


def test_the_rate_of_a_list_without_types_is_that_of_the_manual(tmp_path: Path) -> None:
    head = "Place of Service Code(s),Place of Service Name,Place of Service Description"
    load(
        "place-of-service",
        write(tmp_path, "places.csv", head, "11,Nest,A nest", "23,Perch,A perch"),
        "--effective",
        "2024-01-01",
    )
    assert dict(PlaceOfService.objects.values_list("code", "facility")) == {"11": False, "23": True}


@published
def test_the_published_localities_are_read_whole() -> None:
    load("gpci", SHARED / "mpfs/GPCI2022.xlsx")
    load("gpci", SHARED / "mpfs/gpci_2024.csv")
    load("localities", SHARED / "mpfs/localities_counties_2024.csv")
    load("anesthesia", SHARED / "mpfs/anesthesia_cf_2024.csv")
    of = {year: Gpci.objects.on(date(year, 7, 1)).get(state="AL").pe for year in (2022, 2024)}
    assert of == {2022: Decimal("0.888"), 2024: Decimal("0.869")}
    assert (Gpci.objects.on(date(2022, 7, 1)).count(), LocalityCounties.objects.count()) == (112, 109)
    assert AnesthesiaFactor.objects.at("10112", "00").get().factor == Decimal("19.77")


@published
def test_the_published_heading_of_2026_and_places_are_read() -> None:
    load("gpci", SHARED / "mpfs/GPCI2026.header_sample.csv")
    assert Gpci.objects.at("02102", "01").get().work == Decimal("1.500")
    load("place-of-service", SHARED / "pos/pos_codes_2024.csv", "--effective", "2024-01-01")
    facility = set(PlaceOfService.objects.filter(facility=True).values_list("code", flat=True))
    assert facility == FACILITY


def test_a_file_of_another_layout_is_called_that_before_it_is_asked_for_a_date(tmp_path: Path) -> None:
    with pytest.raises(CommandError) as refusal:
        load("place-of-service", write(tmp_path, "units.csv", "Code,Units,Rationale", "99990,2,Clinical"))
    assert "--effective" not in str(refusal.value)
    assert "units.csv" in str(refusal.value)
