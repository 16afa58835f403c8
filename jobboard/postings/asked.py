"""What a search asks, in words: its parts one by one, and why a posting matched each.

`asked` is always the cleaned data of the search form: values by the name of the field, empty ones included.
"""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from accounts.vocabulary import CREDENTIAL_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.postings import families
from jobboard.postings.models import Posting
from jobboard.postings.models.pay import CENT, dollars
from jobboard.postings.vocabulary import (
    HOURS_PER_YEAR,
    ROLE_CHOICES,
    SETTING_CHOICES,
    Apprentice,
    EmploymentType,
    Workplace,
)
from jobboard.postings.words import listing, where

PAY_UNITS = [("hour", "an hour"), ("year", "a year")]
APPRENTICE_CHOICES = [
    (Apprentice.WELCOME.value, "Apprentices welcome"),
    (Apprentice.WITH_EXPERIENCE.value, "Apprentices with experience"),
]
LABELS = {
    "state": dict(STATE_CHOICES),
    "workplace": dict(Workplace.choices),
    "apprentice": dict(APPRENTICE_CHOICES),
    "credential": {value: value for value, _ in CREDENTIAL_CHOICES},
    "specialty": dict(SPECIALTY_CHOICES),
    "role": dict(ROLE_CHOICES),
    "setting": dict(SETTING_CHOICES),
    "type": dict(EmploymentType.choices),
}


def part(asked: dict[str, Any], name: str, value: Any) -> str:
    """One thing a search asks, as a chip says it; empty for what is said with another part."""
    match name:
        case "q":
            return f"“{value}”"
        case "pay":
            return f"At least {pay(asked)}"
        case "pay_unit":
            return ""
        case "code":
            return f"Needs {families.written([*value])}"
        case "employer":
            return value.name
    return LABELS[name][value]


def pay(asked: dict[str, Any]) -> str:
    """The least pay asked for, such as "$30 an hour"."""
    return f"{dollars(asked['pay'])} {dict(PAY_UNITS)[asked.get('pay_unit') or 'hour']}"


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


def _specialty(asked: dict[str, Any], posting: Posting) -> str:
    return f"Specialty: {_shared('specialty', posting.specialties, asked)}"


def _role(asked: dict[str, Any], posting: Posting) -> str:
    return f"Role: {_shared('role', posting.roles, asked)}"


def _setting(_asked: dict[str, Any], posting: Posting) -> str:
    return f"Setting: {posting.get_setting_display()}"


def _type(_asked: dict[str, Any], posting: Posting) -> str:
    return posting.get_employment_type_display()


def _employer(_asked: dict[str, Any], posting: Posting) -> str:
    return f"Is at {posting.employer.name}"


def _code(asked: dict[str, Any], _posting: Posting) -> str:
    return f"Needs {families.written([*asked['code']])}"


_REASONS: dict[str, Callable[[dict[str, Any], Posting], str]] = {
    "q": _words,
    "state": _place,
    "workplace": _place,
    "apprentice": _apprentice,
    "pay": _pay,
    "credential": _credential,
    "specialty": _specialty,
    "role": _role,
    "setting": _setting,
    "type": _type,
    "code": _code,
    "employer": _employer,
}


def _shared(name: str, has: list[str], asked: dict[str, Any]) -> str:
    """Which of the values asked for a posting has, in words."""
    return listing([LABELS[name][each] for each in asked[name] if each in has], "and")
