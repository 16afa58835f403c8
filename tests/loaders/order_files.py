"""Files in the layout of the ICD-10 order file, put together from invented titles."""

from pathlib import Path


def line(number: int, code: str, flag: int, short: str, long: str | None = None) -> str:
    """One line: order number 1-5, code 7-13, flag 15, short title 17-76, long title from 78 on."""
    return f"{number:05} {code:<7} {flag} {short:<60} {short if long is None else long}"


def write(folder: Path, *lines: str, name: str) -> Path:
    """A file of these lines, with the line ends of Windows."""
    path = folder / name
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode())
    return path
