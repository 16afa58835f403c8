"""What somebody may have meant by words that no job has."""

import re

from jobboard.postings.models import Word

_WORD = re.compile(r"[^\W\d_]{4,40}")


def corrected(text: str) -> str:
    """The same search with its unknown words put right; empty where there is nothing to put right. One query."""
    written = list({word.casefold() for word in _WORD.findall(text)})
    known = Word.objects.corrections(written) if written else {}
    better = _WORD.sub(lambda word: known.get(word[0].casefold(), word[0]), text)
    return "" if better == text else better
