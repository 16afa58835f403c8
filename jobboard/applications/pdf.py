"""PDFs: whether one can be opened, found out in a process of its own that may not take long.

A file of a few kilobytes can keep a parser busy for minutes, and its thread would hold up all others of the web
process. So this file is also the program that the web process starts: it imports nothing of the site, reads the PDF on
its standard input and writes one word.
"""

import contextlib
import subprocess
import sys
from enum import StrEnum
from io import BytesIO
from typing import cast

from pypdf import PdfReader

MOST_SEARCHES = 20  # times a damaged PDF is searched from end to end for its root
MOST_CPU = 3  # seconds; a resume takes 0.2, most of it the start of the process
MOST_MEMORY = 1_000_000_000  # bytes of address space
MOST_WAIT = 30  # seconds by the clock, on a machine that has much else to do, or a platform without limits


class Verdict(StrEnum):
    """What a PDF turned out to be; the value is the word that the process writes."""

    GOOD = "good"
    LOCKED = "locked"
    NO_PAGES = "no-pages"
    UNREADABLE = "unreadable"
    UNCHECKED = "unchecked"  # for want of time on this machine, which says nothing of the file


def verdict(data: bytes) -> Verdict:
    """Judge a PDF here and now, for any bytes whatever. Only for those known to be small and harmless."""
    try:
        reader = PdfReader(BytesIO(data), root_object_recovery_limit=MOST_SEARCHES)
        if reader.is_encrypted:
            return Verdict.LOCKED
        # The stated count: walking the tree of pages takes far longer, and says no more about the file.
        pages = int(cast("dict[str, int]", reader.root_object["/Pages"])["/Count"])
    except Exception:  # noqa: BLE001 - pypdf says of itself that "broken PDF files might cause other Exceptions"
        return Verdict.LOCKED if b"/Encrypt" in data else Verdict.UNREADABLE
    return Verdict.GOOD if pages > 0 else Verdict.NO_PAGES


def verdict_apart(data: bytes) -> Verdict:
    """Judge a PDF from a stranger, in a process with limits. What takes too much work or memory is unreadable."""
    try:
        answer = subprocess.run(
            [sys.executable, "-I", __file__],
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=MOST_WAIT,  # it is killed then
            check=True,
        )
        return Verdict(answer.stdout.decode("ascii").strip())
    except subprocess.TimeoutExpired:
        return Verdict.UNCHECKED
    except (subprocess.CalledProcessError, ValueError):  # ValueError: no word, or another
        return Verdict.UNREADABLE


def _limit_this_process() -> None:
    try:
        import resource
    except ImportError:  # Windows, where only the clock limits it
        return
    limits = {resource.RLIMIT_CPU: MOST_CPU, resource.RLIMIT_AS: MOST_MEMORY, resource.RLIMIT_CORE: 0}
    for limit, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # it is lower already, or macOS, which refuses RLIMIT_AS
            resource.setrlimit(limit, (most, most))


if __name__ == "__main__":
    _limit_this_process()
    sys.stdout.write(verdict(sys.stdin.buffer.read()))
