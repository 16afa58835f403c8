"""What somebody wrote in answering a mail, without the mail that they answered."""

import re

ABOVE = "Write your answer above this line"  # what our mails say where the quoted part of an answer will begin
_QUOTED = re.compile(r"\s{0,3}>")
_BEGINS = re.compile(r"On\b.{0,300}\bwrote:$|-{2,}\s?(Original Message|Forwarded message)\s?-{2,}", re.IGNORECASE)
_HEAD = re.compile(r"(From|Sent|Date|To|Cc|Subject|Reply-To):\s|_{10,}|\*From:\*\s", re.IGNORECASE)
_SIGNATURE = "-- "  # RFC 3676, 4.3


def own_words(text: str) -> str:
    """The part of a plain-text answer that its writer added; an empty string where they added nothing.

    The quoted mail begins at the line that our mails ask to write above; mail programs put their own line or a few
    headers of the quoted mail before it. Without that line, it begins where a program says who wrote what follows.
    """
    lines = text.splitlines()
    marked = next((number for number, line in enumerate(lines) if ABOVE in line), None)
    end = len(lines) if marked is None else marked
    begins = (number for number, line in enumerate(lines[:end]) if _BEGINS.match(line.strip()) or line == _SIGNATURE)
    kept = [line.rstrip() for line in lines[: next(begins, end)] if not _QUOTED.match(line)]
    while kept and marked is not None and (not kept[-1] or _HEAD.match(kept[-1])):
        kept.pop()
    return "\n".join(_without_attribution(kept)).strip()


def _without_attribution(lines: list[str]) -> list[str]:
    """Without a line "On ... wrote:" at the end that a mail program broke in two."""
    text = "\n".join(lines).rstrip()
    if not text.endswith("wrote:"):
        return lines
    begin = text.rfind("\nOn ")
    return [] if begin < 0 and text.startswith("On ") else text[: begin if begin >= 0 else None].splitlines()
