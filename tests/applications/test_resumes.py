"""What is taken for a resume: its content decides, and every refusal says what to do."""

import subprocess
import sys
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jobboard.applications import pdf, resumes
from tests.applications import files

PDF, DOCX = files.pdf(), files.docx()

HOSTILE = {
    "nothing": (b"", "is empty"),
    "text": (b"My resume: ten years of coding", "neither a PDF nor"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "neither a PDF nor"),
    "html": (b"<!doctype html><script>alert(1)</script>", "neither a PDF nor"),
    "a program": (b"MZ\x90\x00" + bytes(200), "neither a PDF nor"),
    "old word": (resumes.OLE_START + bytes(600), "old Word file"),
    "a PDF's first line": (b"%PDF-1.7\n", "cannot be read"),
    "half a PDF": (PDF[: len(PDF) // 2], "cannot be read"),
    "a PDF with a password": (files.pdf(password="secret"), "locked with a password"),
    "a PDF without pages": (files.pdf(pages=0), "has no pages"),
    "a PDF that sends its reader searching": (
        b"%PDF-1.5\n" + b"1 0 obj<<>>endobj\n" * 20_000 + b"trailer<</Root 1 0 R/Size 9999999>>\nstartxref\n0\n%%EOF",
        "cannot be read",
    ),
    "a PDF that unpacks without end": (files.chained_pdf(), "cannot be read"),
    "a PDF signature too late": (b"x" * 2000 + PDF, "neither a PDF nor"),
    "an archive": (files.zipped({"resume.txt": "hello"}), "not a Word document"),
    "an empty archive": (b"PK\x05\x06" + bytes(18), "not a Word document"),
    "half a Word document": (DOCX[: len(DOCX) // 2], "cannot be read"),
    "a spreadsheet": (files.docx(kind=files.SHEET), "not a Word document"),
    "macros": (files.docx(kind=files.WORD_MACROS), "holds macros"),
    "a bomb": (files.bomb(), "unpacks to far more"),
    "thousands of parts": (files.docx(**{f"p{number}": "" for number in range(2001)}), "unpacks to far more"),
    "a Word document with a password inside": (files.encrypted_part(), "cannot be read"),
}


def upload(data: bytes, name: str = "resume.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


@pytest.mark.parametrize(("data", "said"), HOSTILE.values(), ids=HOSTILE)
def test_what_is_no_resume_is_refused_with_a_reason(data, said, monkeypatch):
    monkeypatch.setattr(pdf, "MOST_WAIT", 300)  # work is what ends it, however slow the machine
    with pytest.raises(ValidationError, match=said):
        resumes.checked(upload(data))


def test_reading_a_pdf_takes_nothing_of_the_site():
    """The process that reads it starts for each upload: the site's settings would make it slow, and know secrets."""
    program = f"import runpy, sys; runpy.run_path({pdf.__file__!r}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-I", "-c", program], capture_output=True, check=True, text=True).stdout
    assert "pypdf" in loaded.split()
    assert not {"django", "jobboard", "celery"} & set(loaded.split())


@pytest.mark.parametrize("program", ["raise SystemExit(1)", "print('perhaps')", "import os; os.abort()"])
def test_a_reader_of_pdfs_that_fails_refuses_the_file(program, tmp_path, monkeypatch):
    (tmp_path / "failing.py").write_text(program)
    monkeypatch.setattr(pdf, "__file__", str(tmp_path / "failing.py"))
    with pytest.raises(ValidationError, match="cannot be read"):
        resumes.checked(upload(PDF))


def test_a_reader_of_pdfs_that_hangs_is_ended(tmp_path, monkeypatch):
    (tmp_path / "hanging.py").write_text("import time; time.sleep(600)")
    monkeypatch.setattr(pdf, "__file__", str(tmp_path / "hanging.py"))
    monkeypatch.setattr(pdf, "MOST_WAIT", 0.5)
    with pytest.raises(ValidationError, match="could not be checked just now"):
        resumes.checked(upload(PDF))


@pytest.mark.parametrize(("data", "ending"), [(PDF, ".pdf"), (DOCX, ".docx"), (b"\n\n" + PDF, ".pdf")])
@pytest.mark.parametrize("name", ["resume.pdf", "resume.docx", "resume.exe", ""])
def test_the_content_decides_and_the_name_follows(data, ending, name):
    resume = resumes.checked(SimpleUploadedFile(name or "x", data))
    assert resume.content.read() == data
    assert resume.name.endswith(ending)


def test_a_file_over_the_limit_is_refused_before_it_is_read(settings):
    settings.RESUME_MAX_BYTES = len(PDF)
    assert resumes.checked(upload(PDF))
    settings.RESUME_MAX_BYTES -= 1
    with pytest.raises(ValidationError, match="a resume may have"):
        resumes.checked(upload(PDF))


@pytest.mark.parametrize(
    ("name", "harmless"),
    [
        ("Résumé / Nora · Vance.pdf", "Nora _ Vance.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\nora\\cv.docx", "cv.pdf"),
        ('a"b;\r\nX-Evil: 1.pdf', "a_b___X-Evil_ 1.pdf"),
        ("photo.pdf.exe", "photo.pdf.exe.pdf"),
        (".pdf", "resume.pdf"),
        ("...", "resume.pdf"),
        ("\u202efdp.exe", "_fdp.exe.pdf"),
        ("x" * 500 + ".pdf", "x" * 80 + ".pdf"),
    ],
)
def test_the_name_offered_for_download_is_harmless(name, harmless):
    assert resumes.harmless_name(name, ".pdf") == harmless


def mutations(whole: bytes) -> st.SearchStrategy[bytes]:
    """A good file with some bytes changed, and cut off somewhere."""
    changes = st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=12)

    def spoil(change: tuple[list[tuple[int, int]], int]) -> bytes:
        data = bytearray(whole)
        for at, byte in change[0]:
            data[at] = byte
        return bytes(data[: change[1]])

    return st.tuples(changes, st.integers(0, len(whole))).map(spoil)


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.one_of(
        st.binary(max_size=2000),
        st.binary(max_size=500).map(lambda tail: b"%PDF-1.4\n" + tail),
        st.binary(max_size=500).map(lambda tail: b"PK\x03\x04" + tail),
        mutations(PDF),
        mutations(DOCX),
    )
)
def test_any_bytes_are_taken_or_refused_in_words(data):
    try:
        with mock.patch.object(pdf, "verdict_apart", pdf.verdict):  # no process for each of the examples
            answer = resumes.kind_of(data)
    except ValidationError as refusal:
        answer = refusal.messages[0]
    assert answer in resumes.CONTENT_TYPES or answer.endswith(".")
