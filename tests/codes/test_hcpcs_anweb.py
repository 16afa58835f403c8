"""HCPCS Level II in the ANWEB layout: both shapes, what is left out, what is refused."""

from datetime import date
from pathlib import Path

import pytest

from codes.loaders import hcpcs_anweb
from codes.loaders.hcpcs_anweb import load
from codes.loaders.outcome import FileRefused, Order, Outcome
from codes.models import Code, Descriptor, HcpcsIndicators, Heading, Modifier, Relation, Release
from tests.codes import anweb
from tests.codes.conftest import AT, SHARED

HEADINGS = (
    "HCPC,SEQNUM,RECID,LONG DESCRIPTION,SHORT DESCRIPTION,PRICE1,COV,ADD DT,ACT EFF DT,TERM DT,ACTION CD"  # a few of 48
)


@pytest.fixture
def hcpcs(db: None, tmp_path: Path) -> Outcome:
    return load(anweb.write(tmp_path), Order(AT))


def code(name: str) -> Code:
    return Code.objects.get(system="hcpcs", code=name)


def test_codes_and_modifiers(hcpcs: Outcome) -> None:
    assert list(Code.objects.order_by("position").values_list("code", flat=True)) == ["A9990", "J9998", "V9990"]
    assert code("J9998").title == "Seaweed inj"
    assert code("J9998").heading.title == "Drugs administered other than orally (J codes)"
    left = Modifier.objects.get()
    assert (left.code, left.system, left.title, left.descriptor) == (
        "LT",
        "hcpcs",
        "Port side",
        "Port side of the boat",
    )
    assert (hcpcs.release.version, hcpcs.release.effective, hcpcs.release.rows) == (
        "October 2026",
        date(2026, 10, 1),
        4,
    )


def test_continuation_lines_are_joined(hcpcs: Outcome) -> None:
    long = Descriptor.objects.get(code__code="A9990", kind="long")
    assert long.text == "Anchor, made of iron, with a chain whose length in feet is a multiple of twelve, each"
    assert Descriptor.objects.get(code__code="A9990", kind="short").text == "Anchor, iron"


def test_what_belongs_to_others_is_left_out_and_counted(hcpcs: Outcome) -> None:
    assert hcpcs.left_out == {
        "modifiers of the American Medical Association": 1,
        "dental codes of the American Dental Association": 1,
        "Level I codes of the American Medical Association": 1,
    }
    assert hcpcs.release.left_out == 3
    assert not Code.objects.filter(code__in=["D9990", "99990"]).exists()


def test_dates_are_first_day_and_the_day_after_the_last(hcpcs: Outcome) -> None:
    gone = code("V9990")
    assert (gone.valid_from, gone.valid_to) == (date(2010, 1, 1), date(2022, 1, 1))
    assert (gone.status(date(2021, 12, 31)), gone.status(date(2022, 1, 1))) == ("active", "deleted")


def test_a_new_wording_ends_the_old_one(hcpcs: Outcome, tmp_path: Path) -> None:
    mirror = anweb.record("V9990", "Mirror, gone since 2022", "Looking glass", added="20100101", last_day="20211231")
    load(anweb.write(tmp_path, [*anweb.LINES[:-1], mirror], "HCPC2027_JAN_ANWEB.txt"), Order(AT))
    held = Descriptor.objects.filter(code__code="V9990", kind="long").order_by("valid_to")
    assert list(held.values_list("text", "valid_from", "valid_to")) == [
        ("Looking glass, gone since 2022", None, date(2027, 1, 1)),
        ("Mirror, gone since 2022", date(2027, 1, 1), None),
    ]
    assert Descriptor.objects.filter(code__code="J9998", kind="long").count() == 1  # the same words as before


def test_cross_references_are_kept_until_a_release_says_otherwise(db: None, tmp_path: Path) -> None:
    gone = anweb.record("V9990", "Looking glass", last_day="20211231", fields={205: "V9991A9990D9990"})
    load(anweb.write(tmp_path, [*anweb.LINES[:-1], gone]), Order(AT))
    named = Relation.objects.filter(code__code="V9990", kind="replacement")
    assert list(named.values_list("target_system", "target_code")) == [("hcpcs", "V9991"), ("hcpcs", "A9990")]
    other = anweb.record("V9992", "Spectacles", "Spectacles")
    load(anweb.write(tmp_path, [*anweb.LINES[:-1], other], "HCPC2027_JAN_ANWEB.txt"), Order(AT))
    assert named.count() == 2


def test_the_same_file_again_changes_nothing(hcpcs: Outcome, tmp_path: Path) -> None:
    again = load(anweb.write(tmp_path), Order(AT))
    assert not again.fresh
    assert Release.objects.count() == 1


def test_a_modifier_that_is_gone_is_closed(hcpcs: Outcome, tmp_path: Path) -> None:
    lines = [anweb.record("RT", "Starboard", kind="7"), *anweb.LINES[1:]]
    load(anweb.write(tmp_path, lines, "HCPC2027_JAN_ANWEB.txt"), Order(AT))
    assert dict(Modifier.objects.values_list("code", "valid_to")) == {"LT": date(2027, 1, 1), "RT": None}


def test_indicators_are_stored_with_their_meaning(db: None, tmp_path: Path) -> None:
    fields = {120: "5100", 128: "A", 171: "1861(s)", 205: "J9997J9996", 230: "D", 231: "YY20080101", 253: "0088"}
    more = {257: "O1E", 261: "1P", 266: "007", 277: "20210101", 293: "P"}
    load(anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields=fields | more)]), Order(AT))
    row = HcpcsIndicators.objects.get()
    assert (row.pricing, row.statute) == (["51", "00"], "1861(s)")
    assert (row.asc_since, row.anesthesia_units, row.processing_note) == (date(2008, 1, 1), 7, "0088")
    assert (row.action_since, row.types_of_service) == (date(2021, 1, 1), ["1", "P"])
    meanings = {(indicator.name, indicator.value): indicator.meaning for indicator in row.meanings}
    assert meanings["Medicare coverage", "D"] == "Special coverage instructions apply"
    assert meanings["Pricing", "51"] == "Drugs"
    assert meanings["BETOS category", "O1E"] == "Other drugs"
    assert meanings["Type of service", "P"].startswith("Lump-sum purchase")
    assert meanings["Change in this release", "P"] == "Payment changed"
    assert [(name, len(values)) for name, values in row.rows if len(values) > 1] == [
        ("Pricing", 2),
        ("Type of service", 2),
    ]


def test_indicators_hold_for_the_dates_of_their_releases(db: None, tmp_path: Path) -> None:
    load(anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields={230: "C"})]), Order(AT))
    path = anweb.write(tmp_path, [anweb.record("J9998", "Seaweed", fields={230: "I"})], "HCPC2027_JAN_ANWEB.txt")
    load(path, Order(AT))
    found = [HcpcsIndicators.objects.on(day).get().coverage for day in (date(2026, 12, 31), date(2027, 1, 1))]
    assert found == ["C", "I"]


def test_csv_of_2026(db: None, tmp_path: Path) -> None:
    path = tmp_path / "HCPC2026_JUL_ANWEB.csv"
    path.write_text(
        f"{HEADINGS}\n"
        '   LT,0010,7,"Port side, of the boat",Port side,,,20200101,20200101,,N\n'
        'J9998,0010,3,"Seaweed, per 10 mg",Seaweed inj,51,D,20200101,20200101,20270630,N\n'
        "J9998,0020,4,and more of it,,,,,,,\n"
    )
    outcome = load(path, Order(AT))
    assert (outcome.release.version, outcome.refused) == ("July 2026", [])
    assert Descriptor.objects.get(kind="long").text == "Seaweed, per 10 mg and more of it"
    assert code("J9998").valid_to == date(2027, 7, 1)
    assert Modifier.objects.get().descriptor == "Port side, of the boat"
    drug = HcpcsIndicators.objects.get(code="J9998")
    assert (drug.pricing, drug.coverage, drug.action) == (["51"], "D", "N")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (anweb.record("J999", "Too short"), "HCPC (1-5): 'J999' is no code of HCPCS Level II"),
        (anweb.record("J9997", "x", kind="9"), "RECID (11): it is '9', which must be 3, 4, 7 or 8"),
        (anweb.record("J9997", ""), "LONG DESCRIPTION (12-91): J9997 has none"),
        (anweb.record("J9997", "x", added="20201301"), "ADD DT (269-276): '20201301' is no date"),
        (anweb.record("J9997", "x", last_day="2020"), "TERM DT (285-292): it is '2020', which must be YYYYMMDD"),
        (anweb.record("J9997", "x", fields={230: "?"}), "COV (230): '?' is no value of this field"),
        (anweb.record("J9997", "x", fields={266: "1x"}), "ANEST_BU (266-268): '1x' is no whole number from 0 to 999"),
        (anweb.record("J9997", "x")[:200], "the whole line: it has 200 characters where the layout has 293"),
        (
            anweb.record("J9997", "x", added="20200101", last_day="20190101"),
            "TERM DT (285-292): it ends on 2019-01-01, before it starts on 2020-01-01",
        ),
        (anweb.record("J9998", "Twice"), "HCPC (1-5): J9998 is stated twice, first in line 10"),
        (
            anweb.record("J9996", "x", kind="4", sequence=200),
            "RECID (11): it continues J9996, whose first line is missing",
        ),
        (anweb.record("A9990", "x", kind="4", sequence=200), "SEQNUM (6-10): it continues A9990 out of order"),
        (anweb.record("?!", "x", kind="7"), "HCPC (1-5): '?!' is no modifier of HCPCS Level II"),
    ],
)
def test_a_bad_line_refuses_the_whole_file(db: None, tmp_path: Path, line: str, reason: str) -> None:
    path = anweb.write(tmp_path, [*anweb.LINES, line])
    with pytest.raises(FileRefused) as refusal:
        load(path, Order(AT))
    assert str(refusal.value) == f"{path.name} has bad lines: line 12, {reason}. --keep-good FILE loads the others."
    assert not Release.objects.exists()
    assert not Code.objects.exists()


def test_keep_good_leaves_out_a_code_with_a_bad_line(db: None, tmp_path: Path) -> None:
    bad = [anweb.record("A9990", "x", kind="4", sequence=200), anweb.record("V9990", "Twice")]
    kept = tmp_path / "bad.csv"
    outcome = load(anweb.write(tmp_path, [*anweb.LINES, *bad]), Order(AT, keep_good=kept, by="Ann"))
    assert [refused.line for refused in outcome.refused] == [12, 13]
    written = kept.read_text().splitlines()
    assert written[-4:] == [anweb.LINES[2], anweb.LINES[3], *bad]  # with the lines that are of no use without it
    assert written[:2] == anweb.DISCLAIMER.splitlines()[:2]
    reasons = (tmp_path / "bad.csv.reasons.csv").read_text().splitlines()
    assert reasons[1] == "12,SEQNUM (6-10),it continues A9990 out of order"
    assert list(Code.objects.order_by("code").values_list("code", flat=True)) == ["J9998", "V9990"]  # A9990 is torn
    assert (outcome.release.refused, outcome.release.loaded_by) == (2, "Ann")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("HCPC2026_OCT_ANWEB.zip", b"PK\x03\x04whatever", "is no zip archive, or is damaged"),
        ("HCPC2026_OCT_ANWEB.txt", b"\x00\x01\x02" * 100, "is not a text file"),
        ("HCPC2026_OCT_ANWEB.txt", b"", "none of its lines is a record of that layout"),
        ("HCPC2026_OCT_ANWEB.txt", b"Dear CMS,\n\nplease send the file.\n", "none of its lines is a record"),
        ("HCPC2026_OCT_ANWEB.csv", b"HCPC,SEQNUM,LONG DESCRIPTION\nJ9998,0010,x\n", "has no column RECID"),
        (
            "HCPC2026_OCT_ANWEB.csv",
            f"{HEADINGS}\n".encode() + b'"' + (b"x" * 999 + b"\n") * 5_000,
            "field larger than field limit",
        ),
    ],
)
def test_a_file_that_is_something_else_is_refused_whole(
    db: None, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(FileRefused, match=reason):
        load(path, Order(AT))
    assert not Release.objects.exists()


def test_a_file_that_does_not_exist_is_refused(db: None, tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="cannot be read: No such file"):
        load(tmp_path / "none.txt", Order(AT))


def test_a_name_without_a_date_asks_for_one(db: None, tmp_path: Path) -> None:
    path = anweb.write(tmp_path, name="codes.txt")
    with pytest.raises(FileRefused, match="Say when it takes effect: --effective 2026-10-01"):
        load(path, Order(AT))
    assert load(path, Order(AT, effective=date(2026, 4, 1))).release.version == "April 2026"


def test_our_own_words_and_the_official_ones_stand_side_by_side(own: Outcome, tmp_path: Path) -> None:
    own_only = code("J9998")
    assert own_only.release.own
    load(anweb.write(tmp_path), Order(AT))
    both = code("J9998")
    assert both.pk == own_only.pk
    assert (both.title, both.own_title, both.official_title) == ("Seaweed", "Seaweed", "Seaweed inj")
    assert not both.release.own
    assert both.unit == "10 mg"
    assert both.sections.count() == 2
    assert set(both.descriptors.values_list("kind", flat=True)) == {"long", "short"}
    left = Modifier.objects.get(code="LT")
    assert (left.title, left.text, left.descriptor) == ("Port side", "The left of the boat.", "Port side of the boat")
    assert list(Heading.objects.filter(system="hcpcs").order_by("position").values_list("slug", flat=True)) == [
        "a",
        "j",
        "v",
    ]


def published(name: str) -> Path:
    path = SHARED / "hcpcs" / name
    if not path.exists():
        pytest.skip(f"{path} is not on this machine")
    return path


def test_the_published_release_of_2019(db: None) -> None:
    outcome = load(published("HCPC2019_CONTR_ANWEB.txt"), Order(AT))
    assert outcome.refused == []
    assert outcome.left_out == {"modifiers of the American Medical Association": 6}
    assert (Code.objects.count(), Modifier.objects.count()) == (6_440, 354)
    assert all(indicator.meaning for row in HcpcsIndicators.objects.all() for indicator in row.meanings)
    assert Descriptor.objects.get(code__code="E0470", kind="long").text.startswith(
        "Respiratory assist device, bi-level"
    )
    assert Code.objects.exclude(valid_to=None).count() == Code.objects.filter(valid_to__lt="2030-01-01").count() > 400


def test_the_published_csv_of_2026(db: None) -> None:
    outcome = load(published("HCPC2026_OCT_ANWEB.header_sample.csv"), Order(AT))
    assert outcome.refused == []
    assert list(Modifier.objects.values_list("code", flat=True)) == ["A1", "AA", "AC", "CP"]
    assert HcpcsIndicators.objects.get(code="AA").coverage == "D"


@pytest.mark.parametrize("name", ["HCPCS2019_recordlayout.txt", "proc_notes_2019.txt", "hcpcs_2025q4_rebuilt.csv"])
def test_other_files_of_the_release_are_refused(db: None, name: str) -> None:
    with pytest.raises(FileRefused, match="no ANWEB file"):
        load(published(name), Order(AT))


def test_the_groups_are_our_own_words_for_any_letter() -> None:
    assert hcpcs_anweb.hcpcs_heading("W").title == "Other codes (W codes)"
