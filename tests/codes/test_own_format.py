"""The files of our own texts: whatever is wrong with one is said with its name and line."""

import contextlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from codes.loaders.outcome import FileRefused
from codes.loaders.own_format import read_code, read_modifiers
from codes.systems import System
from tests.codes.conftest import FIXTURES

GOOD = (FIXTURES / "content/cpt/99990.md").read_text()


def read(folder: Path, text: str | bytes, name: str = "99990.md") -> None:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    read_code(path, System.CPT)


def test_a_good_file(tmp_path: Path) -> None:
    read(tmp_path, GOOD)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ("+++\ncode", "code", r"line 1: it must start with a line of \+\+\+"),
        ('unreviewed"\n+++', 'unreviewed"', r"line 4\d: the front matter does not end"),
        ('title = "Gull counting"', "title = Gull counting", "line 3: not TOML"),
        ('title = "Gull counting"\n', "", "line 1: the front matter needs title"),
        ('title = "Gull counting"', f'title = "{"x" * 121}"', "line 3: the title is longer than 120 characters"),
        ('code = "99990"', 'code = "99999"', "line 2: 99999 is no CPT® code, or the file is named otherwise"),
        ('code = "99990"', 'code = "J9999"', "line 2: J9999 is no CPT® code"),
        ("edition = 2026", 'edition = "2026"', "line 5: edition must be a int"),
        ('status = "active"', 'status = "retired"', 'line 6: status is "active", or "deleted" with valid_to'),
        ('status = "active"', 'status = "deleted"', 'line 6: status is "active", or "deleted" with valid_to'),
        ('flags = ["separate-procedure", "time-based"]', 'flags = ["header"]', "line 8: there is no flag header"),
        ('places = ["11", "22"]', 'places = ["11", "office"]', "line 11: office has not two characters"),
        ('places = ["11", "22"]', "places = [11]", "line 11: places must be a list of words"),
        ('crosswalk = ["A00.0", "B20"]', 'crosswalk = ["a00"]', "line 13: a00 is no code that can stand here"),
        ('related = ["99991", "99999"]', 'related = ["A00.0"]', "line 9: A00.0 is no code that can stand here"),
        ("written = 2026-11-01", 'written = "November"', "line 15: written must be a date"),
        ('state = "unreviewed"', 'state = "perfect"', "line 16: state is unreviewed or reviewed"),
        ('state = "unreviewed"', 'state = "reviewed"', "line 16: a reviewed text names its reviewer"),
        ('author = "Reference desk"', 'author = "Reference desk"\nfee = 12', "line 15: there is no key fee"),
        ("## In simple words", "## In plain words", "line 21: there is no section 'In plain words'"),
        ("## In simple words", "## Excludes 1", "line 21: there is no section 'Excludes 1'"),
        ("## In simple words", "## Examples", "line 24: What the clinician does stands twice, or not in its order"),
        ("## Common-language description", "Hello\n## Common-language description", "line 18: text stands before"),
        ("## Common-language description", "## In simple words", "In simple words stands twice"),
        ("Somebody counts the gulls, sentinelsimple.", "", "line 23: nothing stands under In simple words"),
        ("Nine gulls", "Nine \x00 gulls", "line 34: it holds a NUL character"),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, before: str, after: str, reason: str) -> None:
    assert before in GOOD
    with pytest.raises(FileRefused, match=reason) as refusal:
        read(tmp_path, GOOD.replace(before, after, 1))
    assert "99990.md, line" in str(refusal.value)


def test_a_text_needs_its_description(tmp_path: Path) -> None:
    start, _, rest = GOOD.partition("## Common-language description")
    with pytest.raises(FileRefused, match="it needs a Common-language description"):
        read(tmp_path, start + rest[rest.index("## In simple words") :])


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="it is not UTF-8"):
        read(tmp_path, GOOD.replace("Nine", "Neun Möwen").encode("latin-1"))


def test_a_hcpcs_code_stands_under_its_letter(tmp_path: Path) -> None:
    text = (FIXTURES / "content/hcpcs/J9998.md").read_text().replace("(J codes)", "(K codes)")
    (tmp_path / "J9998.md").write_text(text)
    with pytest.raises(FileRefused, match="line 4: a code that starts with J stands under Drugs"):
        read_code(tmp_path / "J9998.md", System.HCPCS)


@pytest.mark.parametrize(
    ("before", "after", "reason"),
    [
        ('code = "LT"', 'code = "left"', "line 8: a modifier has two characters"),
        ('code = "LT"', 'code = "59"', "line 8: modifier 59 stands twice"),
        (
            'system = "hcpcs"',
            'system = "icd-10-cm"',
            "line 8: a modifier has two characters and belongs to cpt or hcpcs",
        ),
        ('title = "Port side"', 'title = ""', "line 8: a modifier needs title"),
        ('title = "Port side"', 'name = "Port side"', "line 8: a modifier needs title"),
        ("ncci = true", "ncci = perhaps", "line 6: not TOML"),
        ("ncci = true", "ncci = true\nfee = 1", "line 1: there is no key fee"),
        ('title = "Port side"', f'title = "{"x" * 81}"', "line 8: its title is longer than 80 characters"),
    ],
)
def test_a_bad_modifier_is_refused_with_its_line(tmp_path: Path, before: str, after: str, reason: str) -> None:
    good = (FIXTURES / "content/modifiers.toml").read_text()
    path = tmp_path / "modifiers.toml"
    path.write_text(good.replace(before, after, 1))
    with pytest.raises(FileRefused, match=f"modifiers.toml, {reason}"):
        read_modifiers(path)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=st.integers(0, len(GOOD)), cut=st.integers(0, 300), put=st.text(max_size=12))
def test_any_damage_is_refused_or_harmless(tmp_path: Path, at: int, cut: int, put: str) -> None:
    text = GOOD[:at] + put + GOOD[at + cut :]
    with contextlib.suppress(FileRefused):
        read(tmp_path, text.encode("utf-8", "surrogatepass"))
