"""What a search asks, in words: its parts one by one, and why a posting matched each.

`asked` is always the cleaned data of the search form: values by the name of the field, empty ones included.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from jobboard.places.sphere import miles_between
from jobboard.postings import families
from jobboard.postings.facets import BY_NAME, LABELS
from jobboard.postings.models import Posting
from jobboard.postings.models.pay import CENT, dollars
from jobboard.postings.vocabulary import HOURS_PER_YEAR, Workplace
from jobboard.postings.words import listing, where

PAY_UNITS = [("hour", "an hour"), ("year", "a year")]
USUAL_MILES = 50


def part(asked: dict[str, Any], name: str, value: Any) -> str:
    """One thing a search asks, as a chip says it; empty for what is said with another part."""
    match name:
        case "q":
            return f"“{value}”"
        case "pay":
            return f"At least {pay(asked)}"
        case "near":
            return f"Within {miles(asked)} miles of {value}"
        case "remote":
            return f"Or remote from {LABELS['state'][asked['near'].state]}" if asked.get("near") else ""
        case "pay_unit" | "within":
            return ""
        case "code":
            return f"Needs {families.written([*value])}"
        case "employer":
            return value.name
    return LABELS[name][value]


def pay(asked: dict[str, Any]) -> str:
    """The least pay asked for, such as "$30 an hour"."""
    return f"{dollars(asked['pay'])} {dict(PAY_UNITS)[asked.get('pay_unit') or 'hour']}"


def miles(asked: dict[str, Any]) -> int:
    """How far from the place asked for the work may be; the usual where that is not said, or cannot be read."""
    return int(asked.get("within") or USUAL_MILES)


def hourly(asked: dict[str, Any]) -> Decimal:
    """The least pay asked for in dollars an hour, to the cent as the stored equivalents are."""
    amount = asked["pay"] / HOURS_PER_YEAR if asked.get("pay_unit") == "year" else asked["pay"]
    return amount.quantize(CENT, ROUND_HALF_UP)


def reasons(asked: dict[str, Any], posting: Posting) -> list[str]:
    """Why a posting that the search found matched, one phrase for each thing asked."""
    phrases = [reason(asked, posting) for name, reason in _REASONS.items() if asked.get(name)]
    return list(dict.fromkeys(phrases))  # state and workplace are answered by one phrase


def _words(asked: dict[str, Any], _posting: Posting) -> str:
    return f"Has your words: {asked['q']}"


def _place(asked: dict[str, Any], posting: Posting) -> str:
    """Where the work is, and what that has to do with the state asked for."""
    if posting.workplace != Workplace.REMOTE or not asked.get("state"):
        return where(posting)
    others = "" if posting.remote_states else " and every other state"
    return f"Remote, open to people in {LABELS['state'][asked['state']]}{others}"


def _apprentice(_asked: dict[str, Any], posting: Posting) -> str:
    return posting.get_apprentice_display()


def _pay(asked: dict[str, Any], posting: Posting) -> str:
    comparable = f", {posting.pay_comparable} by our estimate" if posting.pay_comparable else ""
    lowest = posting.pay_hourly_min
    reach = "at least" if lowest is not None and lowest >= hourly(asked) else "reaching"
    return f"Pays {posting.pay_text}{comparable}, {reach} your {pay(asked)}"


def _credential(asked: dict[str, Any], posting: Posting) -> str:
    accepted = [each for each in posting.credentials_required if each in asked["credential"]]
    preferred = [each for each in posting.credentials_preferred if each in asked["credential"]]
    return f"Accepts {listing(accepted)}" if accepted else f"Prefers {listing(preferred)}"


def _posted(asked: dict[str, Any], _posting: Posting) -> str:
    return LABELS["posted"][max(asked["posted"], key=int)]


def _experience(_asked: dict[str, Any], posting: Posting) -> str:
    years = posting.years_min
    if years is None:
        return "States no minimum of experience"
    return f"Asks {years} year{'' if years == 1 else 's'} of experience" if years else "Asks no experience"


def _type(_asked: dict[str, Any], posting: Posting) -> str:
    return posting.get_employment_type_display()


def _employer(_asked: dict[str, Any], posting: Posting) -> str:
    return f"Is at {posting.employer.name}"


def _code(asked: dict[str, Any], _posting: Posting) -> str:
    return f"Needs {families.written([*asked['code']])}"


def _near(asked: dict[str, Any], posting: Posting) -> str:
    """How far it is, or that it is done from home there."""
    place = asked["near"]
    if posting.latitude is None or posting.longitude is None:
        return _place({"state": place.state}, posting)
    miles = miles_between(place.latitude, place.longitude, posting.latitude, posting.longitude)
    return f"{where(posting)}, {distance(miles)} from {place}"


def distance(miles: float) -> str:
    """How far, in whole miles: "about 12 miles", "under a mile"."""
    return f"about {miles:,.0f} mile{'' if round(miles) == 1 else 's'}" if miles >= 0.5 else "under a mile"


def _shared(name: str) -> Callable[[dict[str, Any], Posting], str]:
    """The reason of a vocabulary: its name, and which of the values asked for the posting has."""
    facet = BY_NAME[name]

    def reason(asked: dict[str, Any], posting: Posting) -> str:
        held = facet.held(*(getattr(posting, column) for column in facet.columns))
        return f"{facet.label}: {listing([LABELS[name][each] for each in asked[name] if each in held], 'and')}"

    return reason


_REASONS: dict[str, Callable[[dict[str, Any], Posting], str]] = {
    "q": _words,
    "near": _near,
    "state": _place,
    "workplace": _place,
    "apprentice": _apprentice,
    "posted": _posted,
    "pay": _pay,
    "experience": _experience,
    "credential": _credential,
    "specialty": _shared("specialty"),
    "type": _type,
    **{name: _shared(name) for name in ("schedule", "role", "setting", "software", "benefit", "equipment")},
    **{name: _shared(name) for name in ("stays", "ai")},
    "code": _code,
    "employer": _employer,
}
