"""The physician fee schedule's relative values, as an operator loads one release after the other."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.models import RelativeValue, Release
from tests.codes.conftest import SHARED
from tests.loaders.conftest import load
from tests.loaders.fees import pprrvu, pprrvu_text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("year", [2022, 2024, 2026])
def test_columns_are_found_in_each_year(tmp_path: Path, year: int) -> None:
    load("mpfs", pprrvu(tmp_path, {"endoscopic_base": "A1000", "multiple_procedure": "3"}, year=year, month="July"))
    row = RelativeValue.objects.get()
    assert (row.valid_from, row.code, row.modifier, row.status) == (date(year, 7, 1), "A1001", "", "A")
    assert (row.work, row.pe_nonfacility, row.pe_facility) == (Decimal("1.30"), Decimal("1.26"), Decimal("0.55"))
    assert (row.malpractice, row.total_nonfacility, row.total_facility) == (
        Decimal("0.10"),
        Decimal("2.66"),
        Decimal("1.95"),
    )
    assert (row.global_days, row.preoperative, row.postoperative) == ("090", Decimal("0.10"), Decimal("0.21"))
    assert (row.multiple_procedure, row.bilateral, row.assistant, row.co_surgeon, row.team) == (3, 1, 2, 1, 0)
    assert (row.endoscopic_base, row.conversion_factor, row.supervision) == ("A1000", Decimal("34.6062"), "09")
    assert (row.imaging_family, row.pc_tc, row.na_facility, row.qpp) == ("99", 0, False, False)


def test_the_text_says_the_same_as_the_table(tmp_path: Path) -> None:
    rows = [{"na_nonfacility": "NA"}, {"code": "A1002", "modifier": "26", "endoscopic_base": "A1001"}]
    load("mpfs", pprrvu(tmp_path, *rows, year=2026))
    names = [field.attname for field in RelativeValue._meta.fields if field.attname not in ("id", "release_id")]
    table = list(RelativeValue.objects.order_by("code").values(*names))
    RelativeValue.objects.all().delete()
    Release.objects.all().delete()
    load("mpfs", pprrvu_text(tmp_path, *rows))
    assert list(RelativeValue.objects.order_by("code").values(*names)) == table
    assert len(table) == 2


def test_a_later_release_closes_what_it_changes(tmp_path: Path) -> None:
    load("mpfs", pprrvu(tmp_path, {}, {"modifier": "26"}))
    changed = {"work": "1.40", "total_nonfacility": "2.76", "total_facility": "2.05"}
    load("mpfs", pprrvu(tmp_path, changed, {"modifier": "26"}, month="April"))
    before, after = (RelativeValue.objects.on(day).get(modifier="") for day in (date(2022, 3, 31), date(2022, 4, 1)))
    assert (before.work, after.work) == (Decimal("1.30"), Decimal("1.40"))
    assert RelativeValue.objects.filter(modifier="26").count() == 1


def test_the_two_files_of_2026_stand_beside_each_other(tmp_path: Path) -> None:
    load("mpfs", pprrvu(tmp_path, {"conversion_factor": "33.4009"}, year=2026, name="PPRRVU2026_Jan_nonQPP.csv"))
    qpp = pprrvu(tmp_path, {"conversion_factor": "33.5675"}, year=2026, name="PPRRVU2026_Jan_QPP.csv")
    load("mpfs-qpp", qpp)
    found = dict(RelativeValue.objects.values_list("qpp", "conversion_factor"))
    assert found == {False: Decimal("33.4009"), True: Decimal("33.5675")}
    with pytest.raises(CommandError, match="is the file of qualifying APM participants"):
        load("mpfs", qpp)


def test_dental_codes_are_left_out_with_a_count(tmp_path: Path) -> None:
    lines = load("mpfs", pprrvu(tmp_path, {}, {"code": "D0120"}))
    assert lines[2] == "Left out: dental codes of the American Dental Association, 1."
    assert list(RelativeValue.objects.values_list("code", flat=True)) == ["A1001"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"total_nonfacility": "2.68"}, "NON-FACILITY TOTAL: 2.68 is not the sum of its parts, 2.66"),
        ({"total_facility": "1.93"}, "FACILITY TOTAL: 1.93 is not the sum of its parts, 1.95"),
        ({"work": "many"}, "WORK RVU: 'many' is no number"),
        ({"status": "Z"}, "STATUS CODE: 'Z' is none of A, B, C"),
        ({"global_days": "999"}, "GLOB DAYS: '999' is none of 000, 010"),
        ({"bilateral": "7"}, "BILAT SURG: '7' is none of 0, 1, 2, 3, 9"),
        ({"intraoperative": "0.09"}, "PRE OP, INTRA OP, POST OP: they add up to 0.40"),
        ({"conversion_factor": "33.8872"}, "CONV FACTOR: 33.8872 where the rows before it have 34.6062"),
        ({"code": "no"}, "HCPCS: 'no' is no code"),
        ({"endoscopic_base": "no"}, "ENDO BASE: 'no' is no code"),
    ],
)
def test_a_row_that_contradicts_itself_refuses_the_file(tmp_path: Path, wrong: dict[str, str], reason: str) -> None:
    with pytest.raises(CommandError) as refusal:
        load("mpfs", pprrvu(tmp_path, {}, {"code": "A1002", **wrong}))
    assert f"line 8, {reason}" in str(refusal.value)
    assert not RelativeValue.objects.exists()


def test_a_cent_of_rounding_is_no_contradiction(tmp_path: Path) -> None:
    load("mpfs", pprrvu(tmp_path, {"total_nonfacility": "2.67"}))
    assert RelativeValue.objects.get().total_nonfacility == Decimal("2.67")


def test_another_table_is_refused_with_what_it_lacks(tmp_path: Path) -> None:
    path = pprrvu(tmp_path, {})
    path.write_text(path.read_text().replace("GLOB", "OTHER"))
    with pytest.raises(CommandError, match="has no heading with one column each for global_days"):
        load("mpfs", path)


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of published files is not there")
def test_the_release_of_january_2022_is_read_whole() -> None:
    load("mpfs", SHARED / "mpfs/PPRRVU22_JAN.redacted.csv")
    assert RelativeValue.objects.count() == 16_827
    row = RelativeValue.objects.on(date(2022, 6, 1)).get(code="45385", modifier="")
    assert (row.endoscopic_base, row.total_facility, row.multiple_procedure) == ("45378", Decimal("7.45"), 3)


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of published files is not there")
def test_the_heading_of_july_2026_is_read() -> None:
    load("mpfs", SHARED / "mpfs/PPRRVU2026_Jul_nonQPP.header_sample.redacted.csv")
    assert set(RelativeValue.objects.values_list("conversion_factor", "valid_from")) == {
        (Decimal("33.4009"), date(2026, 7, 1))
    }
