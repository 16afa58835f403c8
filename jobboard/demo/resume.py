"""A resume as a PDF of one page, made from plain lines: enough of ISO 32000-1 for any reader, and no more."""

import textwrap

_WIDTH = 92  # characters of a line at 10 points
_PAGE = "/MediaBox [0 0 612 792]"  # US Letter, in points
_MARGIN, _TOP = 62, 730  # points from the left and from the bottom


def make_pdf(name: str, lines: list[str]) -> bytes:
    """A page with a name on top and lines below, wrapped; a line that starts with "## " is set as a heading.

    Takes what Windows-1252 can write; other characters become question marks.
    """
    drawn = [f"BT /F2 18 Tf {_MARGIN} {_TOP} Td 0 -26 TD {_string(name)} Tj"]
    for line in lines:
        if line.startswith("## "):
            drawn.append(f"/F2 12 Tf 0 -24 TD {_string(line[3:])} Tj")
            continue
        drawn.extend(f"/F1 10 Tf 0 -14 TD {_string(part)} Tj" for part in textwrap.wrap(line, _WIDTH) or [""])
    content = "\n".join([*drawn, "ET"]).encode("cp1252", "replace")
    return _file(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R {_PAGE} /Contents 6 0 R "
        "/Resources << /Font << /F1 4 0 R /F2 5 0 R >> >> >>".encode(),
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    )


def _string(text: str) -> str:
    """A literal string: its parentheses and backslashes are escaped."""
    return "(" + text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def _font(name: str) -> bytes:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>".encode()


def _file(*objects: bytes) -> bytes:
    """The objects, numbered from 1 and the first of them the catalog, with their table of places."""
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (size, table, size, len(out))
    )
