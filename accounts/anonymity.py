"""Whether a text tells who wrote it. What employers read before a person agreed to be named must not."""

import re
from collections.abc import Iterable

_CONTACT = re.compile(r"@|https?:|www\.|(?:\d[\s().-]*){7,}", re.IGNORECASE)


def tells(text: str, name: str, employers: Iterable[str] = ()) -> str:
    """Why a text would tell who somebody is, as a sentence to its writer; an empty string where it would not.

    By a way to reach them, their last name, two other words of their name, or the name of an employer of theirs.
    """
    if _CONTACT.search(text):
        return "Leave addresses and phone numbers out: employers read this before you agree to be reached."
    said, named = _words(text), _words(name)
    if named and (named[-1] in said or len(set(named) & set(said)) > 1):
        return "Leave your name out: employers read this before you agree to be named."
    if employer := next((each for each in employers if each and each.casefold() in text.casefold()), ""):
        return f"Leave {employer} out: employers read this before you agree to be named."
    return ""


def _words(text: str) -> list[str]:
    return [word for word in re.findall(r"[^\W\d_]+", text.casefold()) if len(word) > 1]
