"""Files as their owners publish them: text, CSV, XLSX, or one of these inside a zip archive, read as a stream.

What a loader sees is always the same: rows of stripped cells with the number of their line. A file is hostile until it
has been read: archives that unpack to more than they should, torn files and wrong encodings are refused in a sentence.
"""

import codecs
import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import IO, Any

from openpyxl import load_workbook

from codes.loaders.outcome import FileRefused

MOST_UNPACKED = 4 << 30  # bytes of one file inside an archive
MOST_RATIO = 200  # unpacked to packed; published files reach about 20
LONGEST_LINE = 1 << 20  # characters; no published layout comes near
LONGEST_CELL = 4 << 20  # characters; coverage determinations hold whole documents in a cell
_DATA = (".txt", ".csv", ".xlsx", ".xml")
_CHUNK = 1 << 20
_FOREIGN = {  # how files begin that people take for the one inside or beside them
    b"\x1f\x8b": "packed with gzip: unpack it",
    b"7z\xbc\xaf": "packed with 7-Zip: unpack it",
    b"Rar!": "packed with RAR: unpack it",
    b"%PDF": "a PDF document: take the text, CSV or XLSX file",
    b"\xd0\xcf\x11\xe0": "of an old kind of Excel or Word: take the text, CSV or XLSX file",
}

type Rows = Iterator[tuple[int, list[str]]]


@dataclass
class Source:
    """One file of a release. `told` is called with the bytes read since the last call, for a progress bar."""

    path: Path
    told: Callable[[int], None] = field(default=lambda _: None)

    @property
    def name(self) -> str:
        """The file's name, without its folder."""
        return self.path.name

    @cached_property
    def member(self) -> str:
        """The data file inside a zip archive; empty for a plain file. Text is preferred to the same data in XLSX."""
        if not self._zipped:
            return ""
        with self._archive() as archive:
            everything = [each.filename for each in archive.infolist()]
        names = [name for name in everything if name.lower().endswith(_DATA)]
        for kind in _DATA:
            found = [name for name in names if name.lower().endswith(kind)]
            if len(found) == 1:
                return found[0]
            if found:
                raise FileRefused(
                    f"{self.name} holds several data files ({', '.join(sorted(found)[:4])}). "
                    "Unpack it, and name the ones to load."
                )
        if packed := next((name for name in everything if name.lower().endswith(".zip")), None):
            raise FileRefused(f"{self.name} holds another archive, {packed}. Unpack it, and name what is inside.")
        raise FileRefused(f"{self.name} holds no .txt, .csv, .xlsx or .xml file.")

    @property
    def kind(self) -> str:
        """What kind of file the data are in: .txt, .csv, .xlsx or .xml."""
        return Path(self.member or self.name).suffix.lower()

    @cached_property
    def size(self) -> int:
        """Bytes to be read, unpacked."""
        try:
            if not self.member:
                return self.path.stat().st_size
            with self._archive() as archive:
                return archive.getinfo(self.member).file_size
        except OSError as error:
            raise self._unreadable(error) from None

    @cached_property
    def checksum(self) -> str:
        """SHA-256 of the data, and of those alone: the same file in an archive is the same file."""
        digest = hashlib.sha256()
        with self.open() as stream:
            while chunk := stream.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    @contextmanager
    def open(self) -> Iterator[IO[bytes]]:
        """The data as bytes."""
        try:
            if self.member:
                with self._archive() as archive, archive.open(self.member) as stream:
                    yield stream
            else:
                with self.path.open("rb") as stream:
                    self._refuse_foreign(stream)
                    yield stream
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
            raise FileRefused(f"{self.name} is damaged: {error}.") from None
        except OSError as error:
            raise self._unreadable(error) from None

    def _unreadable(self, error: OSError) -> FileRefused:
        if self.path.is_dir():
            return FileRefused(f"{self.path} is a folder. Name the files in it.")
        return FileRefused(f"{self.path} cannot be read: {error.strerror}.")

    def _refuse_foreign(self, stream: IO[bytes]) -> None:
        """Refuse what is no table and no text, before its bytes are taken for characters."""
        head = stream.read(4)
        for begins, what in _FOREIGN.items():
            if head.startswith(begins):
                raise FileRefused(f"{self.name} is {what}, and load that.")
        stream.seek(0)

    def lines(self) -> Iterator[tuple[int, str]]:
        """The lines of a text file, counted from 1, without their ends."""
        number = 0
        try:
            with self.open() as stream, io.TextIOWrapper(stream, self.encoding, newline=None) as text:
                for number, line in enumerate(text, 1):
                    if len(line) > LONGEST_LINE:
                        raise FileRefused(f"{self.name}, line {number}: it has {len(line):,} characters.")
                    self.told(len(line) + 1)
                    yield number, line.rstrip("\n")
        except UnicodeDecodeError as error:
            byte = error.object[error.start]
            raise FileRefused(f"{self.name}, after line {number}: byte {byte:#x} belongs to no character.") from None

    def rows(self, delimiter: str = ",") -> Rows:
        """The rows of a table, their cells stripped, numbered by the line they start in."""
        return self._sheet() if self.kind == ".xlsx" else self._separated(delimiter)

    @cached_property
    def encoding(self) -> str:
        """UTF-8 where the whole file is valid UTF-8, else what CMS wrote before: Windows' code page 1252."""
        decoder = codecs.getincrementaldecoder("utf-8-sig")()
        with self.open() as stream:
            try:
                while chunk := stream.read(_CHUNK):
                    decoder.decode(chunk)
                decoder.decode(b"", final=True)
            except UnicodeDecodeError:
                return "cp1252"
        return "utf-8-sig"

    def _separated(self, delimiter: str) -> Rows:
        numbers: list[int] = [0]

        def texts() -> Iterator[str]:
            for number, line in self.lines():
                numbers[0] = number
                yield line + "\n"

        reader = csv.reader(texts(), delimiter=delimiter, quoting=csv.QUOTE_MINIMAL)
        csv.field_size_limit(LONGEST_CELL)  # of the whole process
        try:
            before = 0
            for row in reader:
                yield before + 1, [cell.strip() for cell in row]
                before = numbers[0]
        except csv.Error as error:
            raise FileRefused(f"{self.name}, line {numbers[0]}: {error}.") from None

    def _sheet(self) -> Rows:
        with self.open() as stream:
            content: IO[bytes] = io.BytesIO(stream.read()) if self.member else stream
            _refuse_bomb(self.name, content)
            try:
                book = load_workbook(content, read_only=True, data_only=True)
                sheet = book.worksheets[0]
                share = max(self.size // max(sheet.max_row or 1, 1), 1)
                for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
                    self.told(share)
                    yield number, [_cell(value) for value in row]
            except FileRefused:
                raise
            except Exception as error:  # noqa: BLE001 - openpyxl raises whatever a broken part makes it
                raise FileRefused(f"{self.name} is no readable workbook: {error}.") from None

    @cached_property
    def _zipped(self) -> bool:
        return self.path.suffix.lower() == ".zip"

    @contextmanager
    def _archive(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                _refuse_large(self.name, archive)
                yield archive
        except zipfile.BadZipFile:
            raise FileRefused(f"{self.name} is no zip archive, or is damaged.") from None
        except OSError as error:
            raise self._unreadable(error) from None


def _refuse_bomb(name: str, content: IO[bytes]) -> None:
    """A workbook is an archive too."""
    try:
        with zipfile.ZipFile(content) as archive:
            _refuse_large(name, archive)
    except zipfile.BadZipFile:
        raise FileRefused(f"{name} is no workbook, or is damaged.") from None
    content.seek(0)


def _refuse_large(name: str, archive: zipfile.ZipFile) -> None:
    for each in archive.infolist():
        if each.file_size > MOST_UNPACKED or each.file_size > (each.compress_size + 1024) * MOST_RATIO:
            raise FileRefused(f"{name}: {each.filename} unpacks to {each.file_size:,} bytes, which no release does.")
        if each.flag_bits & 1:
            raise FileRefused(f"{name}: {each.filename} is locked with a password.")


def _cell(value: Any) -> str:
    """A cell of a workbook as a text file would hold it: whole numbers without a point, dates as YYYYMMDD."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return f"{value:%Y%m%d}" if hasattr(value, "strftime") else str(value).strip()
