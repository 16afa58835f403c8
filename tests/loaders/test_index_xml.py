"""The Index of ICD-10-CM and its tables: what they say, where they lead, what is refused."""

from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.models import IndexEntry, Release
from tests.codes.conftest import SHARED
from tests.loaders.conftest import load
from tests.loaders.index_files import GULL, cells, term, write

pytestmark = pytest.mark.django_db
FY2026, FY2027 = date(2025, 10, 1), date(2026, 10, 1)


def leading_to(code: str, on: date = FY2026) -> list[str]:
    return [f"{entry}: {entry.written}" for entry in IndexEntry.objects.on(on).leading_to(code)]


def test_terms_keep_their_path_modifiers_and_references(tmp_path: Path) -> None:
    lines = load("icd-10-cm-index", write(tmp_path, GULL))
    assert lines[0].startswith("ICD-10-CM Alphabetic Index, October 2025: 5 rows in ")
    main = IndexEntry.objects.get(path=["Gull fever NEC"])
    assert (main.terms, main.level, main.code) == ([("Gull fever NEC", "(acute) (beak)")], 0, "A00.0")
    assert (main.see, main.see_also) == ("Fever, of gulls", "Tern")
    itching = IndexEntry.objects.get(path__1="with itching")
    assert (itching.written, itching.manifestation) == ("M54.5-", "H49.8")
    white = IndexEntry.objects.get(path__2="feathers", occurrence=1)
    assert white.terms == [("Gull fever NEC", "(acute) (beak)"), ("without", ""), ("feathers", "(white)")]
    assert (white.written, white.level) == ("D24.-", 2)
    category = IndexEntry.objects.get(path__2="feathers", occurrence=2)
    assert (category.see, category.written) == ("category I01", "I01.-")


def test_a_term_that_is_a_modifier_alone_goes_by_it(tmp_path: Path) -> None:
    load(
        "icd-10-cm-index", write(tmp_path, term("Shock", term("<nemod>(gull)</nemod>", "<code>T75.4</code>", level=1)))
    )
    assert leading_to("T75.4XXA") == ["Shock, (gull): T75.4"]


def test_entries_lead_to_the_codes_that_complete_theirs(tmp_path: Path) -> None:
    load("icd-10-cm-index", write(tmp_path, GULL))
    assert leading_to("M54.50") == ["Gull fever NEC, with itching: M54.5-"]
    assert leading_to("m545") == leading_to("M54.50")
    assert leading_to("D24.1") == ["Gull fever NEC, without, feathers: D24.-"]
    assert leading_to("H49.81") == ["Gull fever NEC, with itching: M54.5-"]  # by its second code
    assert leading_to("A00.0") == ["Gull fever NEC: A00.0"]
    assert leading_to("A00.1") == leading_to("M54") == leading_to("nothing") == []


def test_tables_name_their_columns(tmp_path: Path) -> None:
    drug = term("Seaweed", cells("T51.3X1", "T51.3X2", "--", "", "T51.3X5", "-"), term("dried", level=1))
    load("icd-10-cm-drug", write(tmp_path, drug, kind="drug"))
    wall = term("Neoplasm", cells("C50.-", "-"), term("wall", "<seeAlso>Shore</seeAlso>", cells("D24.-"), level=1))
    load("icd-10-cm-neoplasm", write(tmp_path, wall, kind="neoplasm"))
    found = [(entry.table, entry.get_column_display(), entry.written) for entry in IndexEntry.objects.order_by("pk")]
    assert found == [
        ("drugs", "Poisoning, accidental", "T51.3X1"),
        ("drugs", "Poisoning, intentional self-harm", "T51.3X2"),
        ("drugs", "Adverse effect", "T51.3X5"),
        ("drugs", "Code", ""),
        ("neoplasms", "Malignant, primary", "C50.-"),
        ("neoplasms", "Code", ""),
        ("neoplasms", "Malignant, primary", "D24.-"),
    ]
    assert leading_to("T51.3X1A") == ["Seaweed: T51.3X1"]


def test_a_new_year_closes_what_it_changes_or_drops(tmp_path: Path) -> None:
    old = [term("Gull", "<code>A00.0</code>"), term("Tern", "<code>A00.1</code>"), term("Auk", "<code>A00.2</code>")]
    new = [term("Gull", "<code>A00.0</code>"), term("Tern", "<code>A00.9</code>"), term("Puffin", "<code>A00.2</code>")]
    load("icd-10-cm-index", write(tmp_path, *old))
    path = write(tmp_path, *new, year=2027)
    assert load("icd-10-cm-index", path)[1] == "Rows: 1 added, 1 changed, 1 ended, 1 unchanged."
    assert (leading_to("A00.1"), leading_to("A00.1", FY2027)) == (["Tern: A00.1"], [])
    assert (leading_to("A00.2"), leading_to("A00.2", FY2027)) == (["Auk: A00.2"], ["Puffin: A00.2"])


def test_the_tables_stand_apart(tmp_path: Path) -> None:
    load("icd-10-cm-index", write(tmp_path, GULL))
    load("icd-10-cm-eindex", write(tmp_path, term("Anchor", "<code>X58</code>"), kind="eindex"))
    assert IndexEntry.objects.filter(table="diseases", valid_to=None).count() == 5
    assert leading_to("X58.XXXA") == ["Anchor: X58"]


def test_an_april_update_holds_from_the_day_in_its_name(tmp_path: Path) -> None:
    load("icd-10-cm-index", write(tmp_path, GULL, name="icd10cm-index-April-1-2026.xml"))
    assert Release.objects.get().effective == date(2026, 4, 1)


@pytest.mark.parametrize(
    ("terms", "reason"),
    [
        ([term("Gull", "<code>many</code>")], r"line 7, code: 'many' is no code of ICD-10-CM"),
        ([term("Gull"), term("", "<code>A00</code>")], r"line 10, title: the term has none"),
        ([term("Gull" * 200)], r"line 7, title: it has 800 characters where 600 are allowed"),
        ([term("Gull", "<cell col='9'>A00</cell>")], r"line 7, cell: its column is not one of 2 to 7"),
        ([term("Gull", "<price>7</price>")], r"line 9: the layout has no <price> in a term"),
        (["<diff><new>Gull</new></diff>"], r"line 7: <diff> marks a change, as an addendum does"),
        (["<mainTerm>"], r"is not well-formed XML: line 8, column \d+: mismatched tag"),
    ],
)
def test_a_bad_term_refuses_the_whole_file(tmp_path: Path, terms: list[str], reason: str) -> None:
    with pytest.raises(CommandError, match=reason):
        load("icd-10-cm-index", write(tmp_path, *terms))
    assert not Release.objects.exists()
    assert not IndexEntry.objects.exists()


def test_keep_good_loads_the_other_terms(tmp_path: Path) -> None:
    path = write(tmp_path, term("Gull", "<code>many</code>"), term("Tern", "<code>A00.1</code>"))
    lines = load("icd-10-cm-index", path, "--keep-good", tmp_path / "bad.csv")
    assert lines[2] == "Refused line 7: code: 'many' is no code of ICD-10-CM."
    assert leading_to("A00.1") == ["Tern: A00.1"]


def test_another_table_or_year_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"holds the Table of Drugs and Chemicals, not the Alphabetic Index\."):
        load("icd-10-cm-index", write(tmp_path, term("Seaweed", cells("T51.3X1")), kind="drug"))
    with pytest.raises(CommandError, match=r"holds the Alphabetic Index, not the External Cause"):
        load("icd-10-cm-eindex", write(tmp_path, GULL))
    with pytest.raises(CommandError, match="is of fiscal year 2026, but October 1, 2026 lies in fiscal year 2027"):
        load("icd-10-cm-index", write(tmp_path, GULL), "--effective", "2026-10-01")
    path = tmp_path / "a.xml"
    path.write_text("<ICD10CM.tabular/>")
    with pytest.raises(CommandError, match=r"starts with <ICD10CM.tabular>, where the layout has <ICD10CM.index>"):
        load("icd-10-cm-index", path, "--effective", "2026-10-01")


def test_entities_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path, GULL)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>\n<ICD10CM.index>'
    path.write_text(path.read_text().replace("<ICD10CM.index>", bomb))
    with pytest.raises(CommandError, match="declares entities"):
        load("icd-10-cm-index", path)


def test_an_addendum_is_refused(tmp_path: Path) -> None:
    path = write(tmp_path, GULL)
    path.write_text(path.read_text().replace("<ICD10CM.index>", '<ICD10CM.index isAddenda="true">'))
    with pytest.raises(CommandError, match="is an addendum"):
        load("icd-10-cm-index", path)


@pytest.mark.skipif(not SHARED.exists(), reason="the folder of published files is not there")
@pytest.mark.parametrize(("kind", "count"), [("eindex", 8_064), ("neoplasm", 9_252), ("drug", 40_281)])
def test_the_published_files_of_2025(kind: str, count: int) -> None:
    lines = load(f"icd-10-cm-{kind}", SHARED / f"icd10cm/icd-10-cm-{kind}-2025.xml")
    assert "October 2024" in lines[0]
    assert IndexEntry.objects.count() == count
    leads = {"eindex": "V94.11XA", "neoplasm": "C79.81", "drug": "T51.3X1A"}
    assert IndexEntry.objects.on(date(2024, 10, 1)).leading_to(leads[kind]).exists()
