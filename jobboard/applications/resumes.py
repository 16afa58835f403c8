"""Resumes: what a file must be to be sent, whatever its name says, and how it is handed out again."""

import re
import zipfile
import zlib
from io import BytesIO
from pathlib import PurePath
from threading import BoundedSemaphore
from typing import NamedTuple

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models.fields.files import FieldFile
from django.http import FileResponse, Http404

from jobboard.applications import pdf
from jobboard.sizes import megabytes

PDF, DOCX = ".pdf", ".docx"
CONTENT_TYPES = {
    PDF: "application/pdf",
    DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}
MOST_ENTRIES = 2_000  # parts in a Word document; a long one with pictures has some hundreds
MOST_UNPACKED = 100_000_000  # bytes that a Word document may say it unpacks to
MOST_CONTENT_TYPES = 1_000_000  # bytes of [Content_Types].xml, the only part that is unpacked here
WORD_MAIN = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_MACROS = b"application/vnd.ms-word.document.macroEnabled.main+xml"
PDF_START_WITHIN = 1024  # bytes before which "%PDF-" must stand, as readers accept it (ISO 32000-1, annex H.3.4.1)
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # [MS-CFB]: Word before 2007, and Word files with a password

MOST_CHECKS = 2  # PDFs that one web process has looked at at the same time: each may take a gigabyte and some seconds
LONGEST_WAIT = 10  # seconds for one of these places

NEITHER = "This is neither a PDF nor a Word document (.docx). Save your resume as one of these and choose it again."
UNREADABLE_PDF = "This PDF cannot be read: it is damaged or incomplete. Save it again as PDF and choose the new file."
LOCKED_PDF = "This PDF is locked with a password. Save a copy without the password, so that the employer can open it."
NO_PAGES = "This PDF has no pages. Choose the file with your resume."
OLD_WORD = "This is an old Word file (.doc) or one with a password. Save it as .docx without a password, or as PDF."
NO_WORD = "This is a compressed file, but not a Word document. Save your resume as PDF or .docx and choose it again."
MACROS = "This Word document holds macros. Save it as a plain .docx or as PDF."
TOO_MUCH = "This Word document unpacks to far more than a resume. Save it as PDF and choose that."
UNREADABLE_WORD = "This Word document cannot be read: it is damaged. Save it again, or save it as PDF."
BUSY = "Many files are being checked at the moment. Choose yours again and send it in a minute."
UNCHECKED = "Your file could not be checked just now, for want of time. Choose it again and send it in a minute."

_places = BoundedSemaphore(MOST_CHECKS)


class Resume(NamedTuple):
    """A file that was checked: its content, and a harmless name whose ending says what it is."""

    content: ContentFile
    name: str


def checked(upload: UploadedFile) -> Resume:
    """Take a file for a resume, by its content alone. Raises ValidationError saying what is wrong and what to do."""
    if not upload.size:
        raise ValidationError("This file is empty. Choose the file with your resume.")
    if upload.size > settings.RESUME_MAX_BYTES:
        most, size = megabytes(settings.RESUME_MAX_BYTES), megabytes(upload.size)
        raise ValidationError(
            f"This file has {size}, and a resume may have {most}. Save a smaller one, without photos."
        )
    data = upload.read()
    ending = kind_of(data)
    return Resume(ContentFile(data), harmless_name(upload.name or "", ending))


def kind_of(data: bytes) -> str:
    """PDF or DOCX, for any bytes whatever. Raises ValidationError for all else, and for those nobody could open."""
    if b"%PDF-" in data[:PDF_START_WITHIN]:
        _check_pdf(data)
        return PDF
    if data.startswith(b"PK"):
        _check_docx(data)
        return DOCX
    raise ValidationError(OLD_WORD if data.startswith(OLE_START) else NEITHER)


def _check_pdf(data: bytes) -> None:
    refusals = {
        pdf.Verdict.LOCKED: LOCKED_PDF,
        pdf.Verdict.NO_PAGES: NO_PAGES,
        pdf.Verdict.UNREADABLE: UNREADABLE_PDF,
        pdf.Verdict.UNCHECKED: UNCHECKED,
    }
    if not _places.acquire(timeout=LONGEST_WAIT):
        raise ValidationError(BUSY)
    try:
        verdict = pdf.verdict_apart(data)
    finally:
        _places.release()
    if refusal := refusals.get(verdict):
        raise ValidationError(refusal)


def _check_docx(data: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
                raise ValidationError(TOO_MUCH)
            if not {"[Content_Types].xml", "word/document.xml"} <= {entry.filename for entry in entries}:
                raise ValidationError(NO_WORD)
            with archive.open("[Content_Types].xml") as part:
                kinds = part.read(MOST_CONTENT_TYPES)  # no further, whatever size the archive states
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError) as error:
        # RuntimeError: a part has a password. NotImplementedError: a method of compression that no Word file uses.
        raise ValidationError(UNREADABLE_WORD) from error
    if WORD_MACROS in kinds:
        raise ValidationError(MACROS)
    if WORD_MAIN not in kinds:
        raise ValidationError(NO_WORD)


def harmless_name(name: str, ending: str) -> str:
    """The sender's file name without folders and characters that mean something to systems, and with a true ending."""
    stem = PurePath(name.replace("\\", "/")).name
    if stem.lower().endswith((PDF, DOCX)):
        stem = stem.rpartition(".")[0]
    plain = " ".join(re.sub(r"[^\w .()-]", "_", stem).split()).strip(". ")
    return f"{plain[:80].rstrip('. ') or 'resume'}{ending}"


def download(resume: FieldFile, name: str) -> FileResponse:
    """Hand out a stored resume as a file to keep, never as a page to show. Raises Http404 where it is gone."""
    try:
        file = resume.open("rb")
    except FileNotFoundError as error:
        raise Http404("This resume is no longer stored.") from error
    response = FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[PurePath(name).suffix])
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
