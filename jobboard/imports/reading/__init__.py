"""Reading a file of postings: CSV or XML, by what it holds and not by its name."""

from django.conf import settings

from jobboard.imports.reading.csv_file import read_csv
from jobboard.imports.reading.sheet import Refused, Sheet
from jobboard.imports.reading.xml_file import read_xml

__all__ = ["Refused", "Sheet", "read"]


def read(data: bytes) -> Sheet:
    """The lines of a file. Raises Refused, saying what to do about it."""
    most = settings.IMPORT_MAX_LINES
    if not data.strip():
        raise Refused("The file is empty.")
    if data.startswith(b"PK\x03\x04"):
        raise Refused("This is a workbook or an archive. In your spreadsheet, save the sheet as “CSV UTF-8”.")
    return read_xml(data, most) if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else read_csv(data, most)
