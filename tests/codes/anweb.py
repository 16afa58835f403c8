"""Lines in the fixed-width ANWEB layout, put together from fields; positions as in the CMS record layout, 1-based."""

from pathlib import Path

DISCLAIMER = "***Disclaimers\t\t\t\n*Invented, for tests\n\n"


def record(
    code: str,
    long: str,
    short: str = "",
    *,
    kind: str = "3",
    sequence: int = 100,
    added: str = "20200101",
    last_day: str = "",
    fields: dict[int, str] | None = None,
) -> str:
    """One line of 320 characters. `kind` is the record id: 3 and 4 are codes, 7 and 8 modifiers.

    `fields` are further values by the position they begin at, 1-based.
    """
    line = f"{code:>5}{sequence:05}{kind}{long:<80}{short:<28}"
    line = f"{line:<268}{added:<8}{'20200101':<8}{last_day:<8}N".ljust(320)
    for begin, value in (fields or {}).items():
        line = line[: begin - 1] + value + line[begin - 1 + len(value) :]
    return line


LINES = [
    record("LT", "Port side of the boat", "Port side", kind="7"),
    record("P1", "A healthy passenger", "Healthy", kind="7"),
    record("A9990", "Anchor, made of iron, with a chain whose length in feet is a multiple of", "Anchor, iron"),
    record("A9990", "twelve, each", kind="4", sequence=200),
    record("D9990", "A thing for teeth", "Teeth"),
    record("99990", "What belongs to others", "Others"),
    record("J9998", "Seaweed, official wording sentinelofficial, 10 mg", "Seaweed inj"),
    record("V9990", "Looking glass, gone since 2022", "Looking glass", added="20100101", last_day="20211231"),
]


def write(folder: Path, lines: list[str] | None = None, name: str = "HCPC2026_OCT_ANWEB.txt") -> Path:
    """A file of these lines under the disclaimer, with the line ends of Windows."""
    path = folder / name
    text = DISCLAIMER + "\n".join(LINES if lines is None else lines) + "\n"
    path.write_bytes(text.replace("\n", "\r\n").encode("latin-1"))
    return path


def write_notes(folder: Path, *notes: str, name: str = "proc_notes_2026.txt") -> Path:
    """A file of processing notes, numbered from 0088 on in steps of one, each line in its frame of asterisks."""
    lines = [
        f"{'':10}{number:04}--{note:<70}*\n{'':16}{'ONCE.':<70}*\n{'':86}*" for number, note in enumerate(notes, 88)
    ]
    path = folder / name
    path.write_text("\n".join(["PROCESSING NOTES", "_" * 80, "", *lines]) + "\n")
    return path
