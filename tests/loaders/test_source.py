"""Hostile and broken files: each a refusal in a sentence, never a crash."""

import zipfile
from pathlib import Path

import pytest
from django.core.management import CommandError

from codes.loaders.outcome import FileRefused
from codes.loaders.source import Source
from codes.models import Release
from tests.loaders.conftest import load

pytestmark = pytest.mark.django_db


def refusal(path: Path) -> str:
    with pytest.raises(CommandError) as refused:
        load("ptp-practitioner", path, "--effective", "2026-07-01")
    assert not Release.objects.exists()
    return str(refused.value)


def archive(path: Path, **members: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_", "."), content)
    return path


def test_no_file(tmp_path: Path) -> None:
    assert "none.txt cannot be read: No such file" in refusal(tmp_path / "none.txt")
    assert "none.zip cannot be read: No such file" in refusal(tmp_path / "none.zip")


@pytest.mark.parametrize("name", ["a.zip", "a.xlsx"])
def test_what_is_no_archive(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"not at all")
    assert f"{name} is no " in refusal(path)


@pytest.mark.parametrize(
    ("head", "said"),
    [
        (b"\x1f\x8b\x08", "packed with gzip: unpack it, and load that"),
        (b"%PDF-1.7", "a PDF document: take the text"),
        (b"\xd0\xcf\x11\xe0", "an old kind of Excel"),
    ],
)
def test_other_kinds_of_files_are_named(tmp_path: Path, head: bytes, said: str) -> None:
    path = tmp_path / "edits.txt"
    path.write_bytes(head + b"\x00" * 100)
    assert said in refusal(path)


def test_an_empty_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    assert "a.txt holds no row of NCCI PTP edits" in refusal(path)


def test_an_archive_that_unpacks_to_too_much(tmp_path: Path) -> None:
    assert "unpacks to 30,000,000 bytes" in refusal(archive(tmp_path / "a.zip", a_txt=b"0" * 30_000_000))


def test_an_archive_with_none_or_several_files(tmp_path: Path) -> None:
    assert "holds no .txt" in refusal(archive(tmp_path / "a.zip", a_pdf=b"x"))
    assert "several data files (a.txt, b.txt)" in refusal(archive(tmp_path / "b.zip", a_txt=b"x", b_txt=b"y"))


def test_a_torn_archive(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", a_txt=bytes(range(256)) * 100)
    content = bytearray(path.read_bytes())
    content[60:90] = b"x" * 30
    path.write_bytes(content)
    assert "a.zip is damaged" in refusal(path)


def test_a_line_without_end(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"x" * 3_000_000)
    assert "line 1: it has 3,000,000 characters" in refusal(path)


def test_an_open_quote_is_no_crash(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b'A1001\tA1002\t"\n' * 20_000)
    assert "Nothing was loaded." in refusal(path)


def test_both_encodings_are_read(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    for encoding in ("utf-8", "utf-8-sig", "cp1252"):
        path.write_bytes("naïve,café\n".encode(encoding))
        assert list(Source(path).rows()) == [(1, ["naïve", "café"])]


def test_cells_over_several_lines_keep_the_number_of_the_first(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b'"one\ntwo",2\n3,4\n')
    assert list(Source(path).rows()) == [(1, ["one\ntwo", "2"]), (3, ["3", "4"])]


def test_a_locked_archive_is_refused(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.zip", a_txt=b"x")
    content = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + offset] |= 1
    path.write_bytes(content)
    with pytest.raises(FileRefused, match="locked with a password"):
        Source(path).size  # noqa: B018 - reading it is the test


def test_an_archive_in_an_archive_is_named(tmp_path: Path) -> None:
    path = archive(tmp_path / "ncd.zip", ncd_csv_zip=b"PK")
    assert "ncd.zip holds another archive, ncd.csv.zip. Unpack it" in refusal(path)
