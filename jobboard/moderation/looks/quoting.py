"""Quoting the words of a posting that a look goes by, unless what stands around them says the opposite."""

import re
from collections.abc import Callable

from jobboard.moderation.looks import Noticed
from jobboard.moderation.models import Signal

_END = re.compile(r"(?<=[.!?])\s|\n")

type Unless = Callable[[str, str, str], object]


def quoted(
    text: str, words: re.Pattern[str], kind: Signal.Kind, sentence: str, unless: Unless | None = None
) -> Noticed | None:
    """What `words` finds, each as it stands; None where it finds nothing.

    `unless` is asked with what stands before the words in their sentence, the words, and what stands after them.
    """
    found = [
        " ".join(match.group().split())
        for match in words.finditer(text)
        if unless is None or not unless(*_in_its_sentence(text, match))
    ]
    return Noticed(kind, sentence, found) if found else None


def _in_its_sentence(text: str, match: re.Match[str]) -> tuple[str, str, str]:
    before = _END.split(text[: match.start()])[-1]
    after = _END.split(text[match.end() :], maxsplit=1)[0]
    return before, match.group(), after
