"""Resumes good and bad, made by hand so that every byte is known."""

import zipfile
import zlib
from io import BytesIO

from pypdf import PdfWriter

TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="/word/document.xml" ContentType="{kind}"/></Types>'
)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
WORD_MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def pdf(pages: int = 1, password: str = "") -> bytes:
    """A PDF with blank pages, locked with a password if one is given."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(612, 792)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    data = BytesIO()
    writer.write(data)
    return data.getvalue()


def chained_pdf(tables: int = 20, rows: int = 5_000_000) -> bytes:
    """A PDF of some 200 kB whose chained cross-reference tables keep a parser busy for minutes."""
    packed = zlib.compress(b"\x02\x01" * rows, 9)  # each row: the PNG filter "up", and one byte
    data = (
        b"%PDF-1.5\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Count 1/Kids[]>>\nendobj\n"
    )
    previous = b""
    for number in range(3, 3 + tables):
        start = len(data)
        data += b"%d 0 obj\n<</Type/XRef/Root 1 0 R/Filter/FlateDecode/Length %d/Size 5/W[1 1 1]" % (
            number,
            len(packed),
        )
        data += b"/DecodeParms<</Predictor 12/Columns 1>>%b>>\nstream\n%b\nendstream\nendobj\n" % (previous, packed)
        previous = b"/Prev %d" % start
    return data + b"startxref\n%d\n%%%%EOF" % start


def zipped(parts: dict[str, bytes | str]) -> bytes:
    """An archive of these parts."""
    data = BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return data.getvalue()


def docx(kind: str = WORD, **parts: bytes | str) -> bytes:
    """A Word document, or what calls itself one; more parts as `word__media__photo`."""
    more = {name.replace("__", "/"): content for name, content in parts.items()}
    return zipped({"[Content_Types].xml": TYPES.format(kind=kind), "word/document.xml": "<w:document/>"} | more)


def bomb(parts: int = 4) -> bytes:
    """A Word document of a few hundred kilobytes that unpacks to much more than a resume."""
    return docx(**{f"word__media__{number}": bytes(40_000_000) for number in range(parts)})


def encrypted_part() -> bytes:
    """A Word document whose parts say that they are locked with a password."""
    data = bytearray(docx())
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = 0
        while (at := data.find(signature, at)) >= 0:
            data[at + flags] |= 1
            at += 4
    return bytes(data)
