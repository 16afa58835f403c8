"""Bad lines that are left out: what they are about stays, and they can be repaired and loaded."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.models import Code, Mue, PtpEdit, Release
from tests.codes import anweb
from tests.loaders.conftest import JULY as PTP_JULY
from tests.loaders.conftest import OCTOBER as PTP_OCTOBER
from tests.loaders.conftest import TITLES, edit, load
from tests.loaders.test_mue_and_add_on import HEAD, JULY, OCTOBER, mue

pytestmark = pytest.mark.django_db
LINES = ["A1001,1,1 Line Edit,Data", "A1002,2,1 Line Edit,Data", "A1003,3,1 Line Edit,Data"]
Q4 = date(2026, 10, 1)


def units(day: date = Q4) -> dict[str, int]:
    return dict(Mue.objects.on(day).values_list("code", "units"))


def test_what_a_bad_line_is_about_stays_and_what_is_gone_ends(tmp_path: Path) -> None:
    load("mue-practitioner", mue(tmp_path, *LINES, "A1004,4,1 Line Edit,Data", "A1005,5,1 Line Edit,Data"))
    path = mue(tmp_path, *LINES, "A1004,many,1 Line Edit,Data", name=OCTOBER)
    said = load("mue-practitioner", path, "--keep-good", tmp_path / "bad.csv")
    assert said[1] == "Rows: 0 added, 0 changed, 1 ended, 3 unchanged."
    assert units() == {"A1001": 1, "A1002": 2, "A1003": 3, "A1004": 4}


def test_nothing_ends_where_a_bad_line_does_not_say_what_it_is_about(tmp_path: Path) -> None:
    load("mue-practitioner", mue(tmp_path, *LINES, "A1004,4,1 Line Edit,Data"))
    path = mue(tmp_path, *LINES, "A1OO4,4,1 Line Edit,Data", name=OCTOBER)
    load("mue-practitioner", path, "--keep-good", tmp_path / "bad.csv")
    assert units()["A1004"] == 4


def test_the_bad_lines_are_written_under_their_head_and_load_once_they_are_repaired(tmp_path: Path) -> None:
    load("mue-practitioner", mue(tmp_path, *LINES, "A1004,4,1 Line Edit,Data"))
    bad = tmp_path / "bad.csv"
    path = mue(tmp_path, *LINES, "A1004,many,1 Line Edit,Data", name=OCTOBER)
    load("mue-practitioner", path, "--keep-good", bad)
    assert bad.read_text() == f"{HEAD}A1004,many,1 Line Edit,Data\n"
    reasons = (tmp_path / "bad.csv.reasons.csv").read_text().splitlines()
    assert "MUE Values" in reasons[1]
    assert "'many' is no whole number" in reasons[1]
    bad.write_text(bad.read_text().replace("many", "7"))
    load("mue-practitioner", bad, "--effective", "2026-10-01", "--amend")
    assert units() == {"A1001": 1, "A1002": 2, "A1003": 3, "A1004": 7}
    assert Release.objects.current("mue-practitioner").file_name == OCTOBER  # type: ignore[union-attr]


def test_a_pair_whose_line_is_bad_stays(tmp_path: Path) -> None:
    def write(*lines: str, name: str) -> Path:
        path = tmp_path / name
        path.write_text("\n".join([*TITLES, *lines]) + "\n")
        return path

    same = [edit("A1001", f"B100{number}") for number in range(8)]
    load("ptp-practitioner", write(*same, edit("A1001", "C1000"), edit("A1001", "C1001"), name=PTP_JULY))
    path = write(*same, edit("A1001", "C1000", modifier="7"), name=PTP_OCTOBER)
    load("ptp-practitioner", path, "--keep-good", tmp_path / "bad.txt")
    ended = PtpEdit.objects.filter(valid_to=Q4).values_list("column2", flat=True)
    assert list(ended) == ["C1001"]
    assert (tmp_path / "bad.txt").read_text().splitlines()[-1] == edit("A1001", "C1000", modifier="7")


def test_a_code_whose_line_is_bad_stays(tmp_path: Path) -> None:
    load("hcpcs", anweb.write(tmp_path))
    open_before = set(Code.objects.filter(system="hcpcs", valid_to=None).values_list("code", flat=True))
    *lines, seaweed, gone = anweb.LINES
    path = anweb.write(tmp_path, [*lines, seaweed[:100], gone], "HCPC2027_JAN_ANWEB.txt")
    load("hcpcs", path, "--keep-good", tmp_path / "bad.txt")
    assert set(Code.objects.filter(system="hcpcs", valid_to=None).values_list("code", flat=True)) == open_before
    assert (tmp_path / "bad.txt").read_text().splitlines()[-1] == seaweed[:100]


def test_another_dataset_s_file_is_refused_as_that_whatever_its_year(tmp_path: Path) -> None:
    gpci = tmp_path / "GPCI2026.csv"
    gpci.write_text("mac,state,locality,locality_name,gpci_work,gpci_pe,gpci_mp\n02102,ZZ,01,GULL ISLAND,1,1,1\n")
    load("gpci", gpci)
    path = anweb.write(tmp_path, name="HCPC2019_CONTR_ANWEB.txt")
    with pytest.raises(CommandError, match="is text without headings"):
        load("gpci", path)


def test_a_date_that_is_none_is_called_that() -> None:
    with pytest.raises(CommandError, match="'31/12/2025' is no date such as 2026-10-01"):
        load("gpci", "GPCI2026.csv", "--effective", "31/12/2025")


def test_units_of_an_older_year_are_those_of_its_days(tmp_path: Path) -> None:
    load("mue-practitioner", mue(tmp_path, *LINES, name=OCTOBER))
    older = [*LINES[:2], "A1003,9,1 Line Edit,Data", "A1009,9,1 Line Edit,Data"]
    load("mue-practitioner", mue(tmp_path, *older, name=JULY))
    assert units(date(2026, 9, 30)) == {"A1001": 1, "A1002": 2, "A1003": 9, "A1009": 9}
    assert units() == {"A1001": 1, "A1002": 2, "A1003": 3}
    assert Release.objects.current("mue-practitioner").effective == Q4  # type: ignore[union-attr]
    assert load("mue-practitioner", mue(tmp_path, *older, name=JULY))[0].endswith("Nothing was changed.")
