"""What differs between two texts, word by word."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

MOST_WORDS = 3_000  # of both texts together; beyond, the whole text is shown as replaced

SAME, ADDED, REMOVED = "same", "added", "removed"


@dataclass(frozen=True)
class Piece:
    """A run of words that both texts share, or that only one of them has."""

    kind: str  # same, added or removed
    text: str


type Line = list[Piece]


def words(before: str, after: str) -> Line:
    """Two texts as one line, in which the words that only one of them has are marked.

    >>> [(piece.kind, piece.text) for piece in words("low back pain", "back pain")]
    [('removed', 'low'), ('same', 'back pain')]
    """
    old, new = before.split(), after.split()
    if len(old) + len(new) > MOST_WORDS:
        return _pieces([before], [after])
    return [piece for run in _runs(old, new) for piece in _pieces(*run)]


def lines(before: Sequence[str], after: Sequence[str]) -> list[Line]:
    """Two lists of lines as one: a line that was reworded is marked by its words, others as a whole."""
    told: list[Line] = []
    for old, new in _runs(before, after):
        if old == new:
            told += [[Piece(SAME, line)] for line in old]
        elif len(old) == len(new):
            told += [words(one, other) for one, other in zip(old, new, strict=True)]
        else:
            told += [[Piece(REMOVED, line)] for line in old] + [[Piece(ADDED, line)] for line in new]
    return told


def _runs(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    for _, begin, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        yield old[begin:end], new[first:last]


def _pieces(old: Sequence[str], new: Sequence[str]) -> Line:
    if old == new:
        return [Piece(SAME, " ".join(old))]
    return [Piece(kind, " ".join(run)) for kind, run in ((REMOVED, old), (ADDED, new)) if any(run)]
