"""The commands that load, as a person at a terminal sees them."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from codes.loaders import hcpcs_anweb, icd10cm_package, own_texts
from codes.models import Code, Release
from tests.codes import anweb
from tests.codes.conftest import FIXTURES, LISTING, TABULAR


def run(*arguments: str | Path, **options: object) -> list[str]:
    out = StringIO()
    call_command(*map(str, arguments), stdout=out, **options)
    return out.getvalue().splitlines()


@pytest.fixture
def small(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the project ships is the invented reference."""
    monkeypatch.setattr(icd10cm_package, "package_files", lambda: (TABULAR, LISTING))
    monkeypatch.setattr(own_texts.load, "__defaults__", (FIXTURES / "content",))


def test_load_reference_says_what_it_loaded(small: None) -> None:
    lines = run("load_reference")
    assert lines[0] == "ICD-10-CM: reading ..."
    assert lines[1].startswith("ICD-10-CM: ICD-10-CM, FY2026 April: 8 rows in ")
    assert lines[3].startswith("Our own texts: Codeharbor reference texts, 2026-11-02: 7 rows in ")
    assert Code.objects.count() == 12


def test_load_reference_names_what_else_there_is_by_the_page_of_its_files(small: None, tmp_path: Path) -> None:
    lines = run("load_reference")
    pages = lines[lines.index("Can be loaded too, by manage.py load DATASET FILE:") + 1 :]
    assert len({line.index("https://") for line in pages}) == 1
    assert any(line.split()[:3:2] == ["hcpcs,", f"{hcpcs_anweb.PAGE}"] for line in pages)
    assert any(line.startswith("  icd-10-cm-index, icd-10-cm-eindex, icd-10-cm-neoplasm") for line in pages)
    run("load", "hcpcs", anweb.write(tmp_path))
    assert not any("hcpcs, " in line for line in run("load_reference"))


def test_load_reference_leaves_alone_what_is_loaded(small: None) -> None:
    run("load_reference")
    lines = run("load_reference")
    assert [line.split(": ")[-1] for line in lines[1:4:2]] == ["loaded already", "loaded already"]
    assert Release.objects.count() == 2


def test_load_reference_stops_with_the_reason(small: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(own_texts.load, "__defaults__", (tmp_path,))
    with pytest.raises(CommandError, match=r"Our own texts was not loaded: .* holds no texts"):
        run("load_reference")


def test_load_hcpcs_says_what_was_left_out_and_refused(db: None, tmp_path: Path) -> None:
    path = anweb.write(tmp_path, [*anweb.LINES, anweb.record("J999", "x")])
    with pytest.raises(CommandError, match=r"has bad lines: line 12, HCPC \(1-5\): 'J999' is no code"):
        run("load", "hcpcs", path)
    lines = run("load", "hcpcs", path, "--keep-good", tmp_path / "bad.csv")
    assert lines[0].startswith("HCPCS Level II, October 2026: 4 rows in ")
    assert lines[1:] == [
        "Left out: modifiers of the American Medical Association, 1.",
        "Left out: dental codes of the American Dental Association, 1.",
        "Left out: Level I codes of the American Medical Association, 1.",
        "Refused line 12: HCPC (1-5): 'J999' is no code of HCPCS Level II.",
        f"The refused lines are in {tmp_path / 'bad.csv'}, the reasons in {tmp_path / 'bad.csv.reasons.csv'}.",
        "What they are about stays as it was. Repair them, and load them with --amend.",
    ]
    assert run("load", "hcpcs", path, "--keep-good", tmp_path / "bad.csv") == [
        "HCPCS Level II, October 2026 is loaded already, from the very same content. Nothing was changed."
    ]
    assert Release.objects.get().loaded_by


def test_load_hcpcs_lists_no_more_than_anyone_reads(db: None, tmp_path: Path) -> None:
    bad = [anweb.record(f"J{number}", "x") for number in range(100, 160)]
    path = anweb.write(tmp_path, [*anweb.LINES, *bad])
    lines = run("load", "hcpcs", path, "--keep-good", tmp_path / "bad.csv")
    assert lines[-3] == "... and 10 more lines refused."
    assert len(lines) == 1 + 3 + 50 + 3


def test_load_hcpcs_refuses_with_the_reason(db: None, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"Nothing was loaded. .*none.txt cannot be read"):
        run("load", "hcpcs", tmp_path / "none.txt")
    with pytest.raises(CommandError, match="--effective"):
        run("load", "hcpcs", anweb.write(tmp_path, name="codes.txt"))
    with pytest.raises(CommandError, match="is no date such as"):
        run("load", "hcpcs", anweb.write(tmp_path), "--effective", "tomorrow")


def test_load_hcpcs_takes_the_date_it_is_told(db: None, tmp_path: Path) -> None:
    lines = run("load", "hcpcs", anweb.write(tmp_path, name="codes.txt"), "--effective", "2026-07-01")
    assert lines[0].startswith("HCPCS Level II, July 2026: ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["hcpc", "a.txt"], "there is no dataset 'hcpc'. Did you mean hcpcs"),
        (["weather", "a.txt"], "there is no dataset 'weather'. manage.py load alone lists them."),
        (["hcpcs", "a.txt", "--effective", "2026-13-01"], "'2026-13-01' is no date such as 2026-10-01"),
        (["hcpcs"], "Name the files of HCPCS Level II that you took from https://www.cms.gov/"),
        (["hcpcs", "."], "is a folder. Name the files in it."),
    ],
)
def test_who_never_used_it_is_told_what_to_write(db: None, arguments: list[str], said: str) -> None:
    with pytest.raises(CommandError) as refused:
        call_command("load", *arguments)
    assert said in str(refused.value)
