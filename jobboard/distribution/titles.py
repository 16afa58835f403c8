"""Titles as other boards want them: the job, and nothing of its pay, place or kind of employment.

Indeed refuses titles that hold these, since they stand in elements of their own. People write them all the same, as
"Remote Coder - Austin, TX ($30/hr, full-time)".
"""

import re

from accounts.vocabulary import STATE_CHOICES
from jobboard.postings.models import Posting

# What says a place or a kind of employment at either end of a title; and what does so only with a part to itself.
_KINDS = r"full[\s-]?time|part[\s-]?time|per[\s-]?diem|prn|temp[\s-]to[\s-](?:hire|perm)"
_ALWAYS = rf"{_KINDS}|(?:100% |fully )?remote|hybrid|on-?site"
_ALONE = r"w-?2|1099|contract(?:or)?|temp(?:orary)?|work from home|wfh|telecommute|usa?|united states|nationwide"
_MONEY = r"(?:up to |from )?(?:usd ?)?\$ ?[\d,.]+ ?k?(?: ?(?:-|\u2013|to) ?\$? ?[\d,.]+ ?k?)?"
_PER = r"(?: ?(?:/|an?|per) ?(?:hour|hr|h|year|yr|annum|chart|encounter|page|day)| ?hourly| ?annually| ?yearly)?"
_PAY = re.compile(rf"{_MONEY}{_PER}\+?(?!\w)", re.IGNORECASE)
_PARTS = re.compile(r"(\s[-\u2013\u2014|/•·]\s|\s*[()\[\]|,;:]\s*)")
_EDGES = " \t-\u2013\u2014|/•·,;:()[]"
_AT_AN_EDGE = re.compile(rf"^(?:(?:{_ALWAYS})[\s,/&-]+)+(?=\w)|(?<=\w)(?:[\s,/&-]+(?:{_ALWAYS}))+$", re.IGNORECASE)
_STATES = "|".join(re.escape(word) for state in STATE_CHOICES for word in state)


def bare(posting: Posting) -> str:
    """The title without what another element says. What would leave nothing stays as it is."""
    city = rf"|{re.escape(posting.city)}" if posting.city else ""
    said = re.compile(rf"(?:\s*(?:{_ALWAYS}|{_ALONE}|{_STATES}{city})\s*[,/&]?)+", re.IGNORECASE)
    pieces = _PARTS.split(_PAY.sub("", posting.title))
    texts, marks = pieces[::2], ["", *pieces[1::2]]
    kept = [mark + text for mark, text in zip(marks, texts, strict=True) if text.strip() and not said.fullmatch(text)]
    title = _AT_AN_EDGE.sub("", "".join(kept).strip(_EDGES)).strip(_EDGES)
    return _whole(title) or posting.title


def _whole(title: str) -> str:
    """With a capital, without spaces in a row, and without a bracket whose partner went."""
    for opening, closing in ("()", "[]"):
        title += closing * (title.count(opening) - title.count(closing))
    return " ".join(title.split())[:1].upper() + " ".join(title.split())[1:]
