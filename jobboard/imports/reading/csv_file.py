"""CSV (RFC 4180) as spreadsheets write it: UTF-8, with commas, semicolons or tabs."""

import csv
import io
from collections.abc import Iterator

from jobboard.cells import unguarded
from jobboard.imports.columns import columns
from jobboard.imports.plan import Row
from jobboard.imports.reading.sheet import BECAUSE, Refused, Sheet, known, normal, too_many

DELIMITERS = ",;\t|"
LONGEST_CELL = 200_000  # characters, far beyond any column: the form says at each cell what is too long


def read_csv(data: bytes, most: int) -> Sheet:
    """The lines of a CSV file. Raises Refused."""
    text = _decoded(data)
    records = _records(text)
    header = next(records, (0, []))[1]
    names = known(header)
    rows: list[Row] = []
    for number, cells in records:
        if len(rows) >= most:
            raise too_many(most)
        rows.append(_row(number, names, cells))
    if not rows:
        raise Refused("The file has a header and no line under it.")
    return Sheet([name for name in names if name != BECAUSE], rows)


def _row(number: int, names: list[str], cells: list[str]) -> Row:
    """A line by the names of its columns. One that is short lacks its last cells, as spreadsheets write it."""
    if any(cell.strip() for cell in cells[len(names) :]):
        raise Refused(
            f"Line {number} has {len(cells)} cells, and the header {len(names)}. Is a quote or a comma astray?"
        )
    padded = cells + [""] * (len(names) - len(cells))
    pairs = zip(names, padded[: len(names)], strict=True)
    return Row(number, {name: columns()[name].value(unguarded(cell)) for name, cell in pairs if name != BECAUSE})


def _records(text: str) -> Iterator[tuple[int, list[str]]]:
    """The records that hold something, each by the number that a spreadsheet shows beside it."""
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    number = 0
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Refused(f"Line {number} cannot be read as CSV: {error}.") from None
        if any(cell.strip() for cell in cells):
            yield number, cells


def _delimiter(text: str) -> str:
    """The one that parts the header into the most columns we know."""
    header = text.lstrip().partition("\n")[0]
    return max(DELIMITERS, key=lambda each: sum(normal(name.strip('" ')) in columns() for name in header.split(each)))


def _decoded(data: bytes) -> str:
    """The text of a file. Raises Refused with the place where it is no UTF-8."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Refused("The file is in UTF-16. Save it as “CSV UTF-8”.")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = _looks_like(data, error.start, line)
        raise Refused(f"{what} Save the file as “CSV UTF-8” and send it again.") from None
    if "\x00" in text:
        line = text.count("\n", 0, text.index("\x00")) + 1
        raise Refused(f"Line {line} holds a NUL character: this is no text file.")
    return text


def _looks_like(data: bytes, place: int, line: int) -> str:
    """What is wrong with the letters of a file, with the letter that shows it."""
    letter = data[place : place + 1].decode("cp1252", "replace")
    if letter == "\ufffd":
        return f"Line {line} holds bytes that are no UTF-8 text."
    return f"Line {line} is not in UTF-8: it looks like Windows-1252, where its first odd letter is “{letter}”."
