"""Cells on their way into a spreadsheet and back. A text that it would run as a formula is kept from that."""

STARTS = ("=", "+", "-", "@", "\t", "\r")  # what spreadsheets take for the start of a formula (OWASP, CSV injection)


def guarded(text: str) -> str:
    """A cell that stays text: an apostrophe goes before what looks like a formula."""
    return f"'{text}" if text.startswith(STARTS) else text


def unguarded(text: str) -> str:
    """A cell without the apostrophe that `guarded` has put before it."""
    return text[1:] if text.startswith("'") and text[1:].startswith(STARTS) else text
