"""Place names as people write them, made comparable."""

import re
from typing import NamedTuple

from accounts.vocabulary import STATE_CHOICES

_STATES = {name.casefold(): code for code, name in STATE_CHOICES} | {code.casefold(): code for code, _ in STATE_CHOICES}
_SHORT = {"saint": "st", "sainte": "ste", "fort": "ft", "mount": "mt", "north": "n", "south": "s", "east": "e"} | {
    "west": "w"
}
_AMONG = re.compile(  # longest first, so that West Virginia is not Virginia
    rf"(?<![\w-])(?:(?:in|from|near)\s+)?(?P<state>{'|'.join(sorted(dict(STATE_CHOICES).values(), key=len)[::-1])})"
    r"\b(?!,?\s+(?:city|beach|d\.?c)\b)",
    re.IGNORECASE,
)
_ZIP = re.compile(r"(\d{5})(-\d{4})?")
_NICKNAMES = {
    "nyc": "new york",
    "new york city": "new york",
    "la": "los angeles",
    "philly": "philadelphia",
    "vegas": "las vegas",
    "dc": "washington",
}


class Written(NamedTuple):
    """A place as somebody wrote it: a ZIP code, or the key of a city and its state; what is absent is empty."""

    zip_code: str = ""
    city: str = ""
    state: str = ""


def key(city: str) -> str:
    """A city's name as it is compared: "Saint Louis" and "St. Louis" are one, "Fort Worth" and "Ft Worth" are one."""
    words = re.sub(r"[^a-z0-9]+", " ", city.casefold().replace("'", "")).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def state(text: str) -> str:
    """The state that is written, by name or code; empty where it is none, or the name of a city too."""
    written = " ".join(text.casefold().split())
    return "" if written in ("new york", "washington", "dc") else _STATES.get(written, "")


class Named(NamedTuple):
    """A state that stands among words, by its code, and the words without it."""

    state: str
    rest: str


def state_among(text: str) -> Named | None:
    """The one state that words name in full, as in "coder in Texas"; its code counts where it is all that is written.

    None where several are named, where quotes hold words together, or where the name is that of a city.
    """
    written = " ".join(text.split())
    if code := _STATES.get(written.casefold()):
        return Named(code, "")
    found = list(_AMONG.finditer(written)) if '"' not in written else []
    if len(found) != 1:
        return None
    rest = f"{written[: found[0].start()]} {written[found[0].end() :]}"
    return Named(_STATES[found[0]["state"].casefold()], " ".join(rest.split()))


def read(text: str) -> Written:
    """What somebody wrote: "78701", "Austin, TX", "austin texas", "Austin"."""
    if found := _ZIP.fullmatch(text.strip()):
        return Written(zip_code=found[1])
    city, comma, state = text.rpartition(",")
    if comma and (code := _STATES.get(" ".join(state.casefold().split()).rstrip("."))):
        return Written(city=_city(city), state=code)
    words = text.replace(",", " ").split()
    for many in (3, 2, 1):  # "Washington District of Columbia", "Fargo North Dakota", "Austin TX"
        code = _STATES.get(" ".join(words[-many:]).casefold())
        if code and len(words) > many:
            return Written(city=_city(" ".join(words[:-many])), state=code)
    return Written(city=_city(text))


def _city(text: str) -> str:
    written = key(text)
    return key(_NICKNAMES.get(written, written))
