"""How a coder's profile meets what a posting asks, line by line, in words and never as a score.

Pure: everything it knows is in its arguments. It claims nothing that the two do not say. What a profile leaves open, or
has no place for, is unknown; what it lists without the thing asked for is not met.
"""

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from accounts.vocabulary import CREDENTIALS, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import Apprentice, Workplace
from jobboard.postings.words import counted, listing, where

# The full credential of each apprentice one, by AAPC's own names: CPC-A becomes CPC.
FULL = {each: each.removesuffix("-A") for each, kind in CREDENTIALS.items() if kind.apprentice}
_STATES = dict(STATE_CHOICES)


class Verdict(enum.StrEnum):
    """What can be said of one thing that is asked."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class Weight(enum.StrEnum):
    """How much the posting makes of it."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    WORK = "part of the work"


class Field(enum.StrEnum):
    """The part of the profile that says it, or could."""

    CREDENTIALS = "credentials"
    YEARS = "years"
    SPECIALTIES = "specialties"
    SOFTWARE = "software"
    STATE = "state"
    CITY = "city"
    NONE = ""  # a profile has no place for it


@dataclass(frozen=True)
class Held:
    """A credential on a profile."""

    abbreviation: str
    expires: date | None = None


@dataclass(frozen=True)
class Coder:
    """What a profile says; empty or None is untold."""

    credentials: tuple[Held, ...] = ()
    years: int | None = None
    specialties: tuple[str, ...] = ()
    software: tuple[str, ...] = ()
    city: str = ""
    state: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether it says nothing that a posting could ask."""
        return self == Coder()


@dataclass(frozen=True)
class Line:
    """One thing a posting asks, what the profile says about it, and what follows."""

    asks: str
    says: str
    verdict: Verdict
    weight: Weight
    field: Field


def match(posting: Posting, coder: Coder, on: date) -> list[Line]:
    """Everything a posting asks, in the order of its page. `on` is the day on which credentials must be valid."""
    return [
        *_required(posting, coder, on),
        *_preferred(posting, coder, on),
        *_years(posting, coder),
        *_residence(posting, coder),
        *_each("Specialty", posting.specialties, coder.specialties, SPECIALTY_CHOICES, Field.SPECIALTIES),
        *_each("Software", posting.software, coder.software, SOFTWARE_CHOICES, Field.SOFTWARE),
        *_untold(posting),
    ]


def _required(posting: Posting, coder: Coder, on: date) -> Iterable[Line]:
    if posting.credentials_required:
        asks = listing(posting.credentials_required)
        verdict, says = _holds(posting.credentials_required, posting.apprentice, coder, on)
        yield Line(asks, says, verdict, Weight.REQUIRED, Field.CREDENTIALS)
    elif posting.apprentice == Apprentice.NO:
        verdict, says = _no_apprentice(coder, on)
        yield Line("A full credential, not an apprentice one", says, verdict, Weight.REQUIRED, Field.CREDENTIALS)


def _preferred(posting: Posting, coder: Coder, on: date) -> Iterable[Line]:
    if posting.credentials_preferred:
        verdict, says = _holds(posting.credentials_preferred, posting.apprentice, coder, on)
        yield Line(listing(posting.credentials_preferred), says, verdict, Weight.PREFERRED, Field.CREDENTIALS)


def _holds(wanted: list[str], policy: str, coder: Coder, on: date) -> tuple[Verdict, str]:
    """Whether any one of the credentials asked for is held and valid, an apprentice's by the posting's own policy."""
    if not coder.credentials:
        return Verdict.UNKNOWN, "Your profile lists no credential."
    valid, lapsed = _by_validity(coder, on)
    if found := [each for each in valid if each in wanted or _outranks(each, wanted)]:
        return Verdict.MET, f"You hold {listing(found, 'and')}."
    if apprentice := [each for each in valid if FULL.get(each) in wanted]:
        return _apprentice(apprentice[0], policy)
    if expired := [f"{held.abbreviation} expired on {_day(held)}" for held in lapsed if held.abbreviation in wanted]:
        return Verdict.UNMET, f"Your {listing(expired, 'and')}."
    return Verdict.UNMET, f"Your profile lists {listing([held.abbreviation for held in coder.credentials], 'and')}."


def _outranks(held: str, wanted: list[str]) -> bool:
    """Whether a full credential is held where only its apprentice form is named."""
    return f"{held}-A" in FULL and f"{held}-A" in wanted


def _apprentice(held: str, policy: str) -> tuple[Verdict, str]:
    match policy:
        case Apprentice.WELCOME:
            return Verdict.MET, f"You hold {held}, and apprentices are welcome."
        case Apprentice.WITH_EXPERIENCE:
            return (
                Verdict.UNKNOWN,
                f"You hold {held}. Apprentices with experience are considered; how much is not said.",
            )
        case Apprentice.NO:
            return Verdict.UNMET, f"You hold {held}, and the full credential is required."
    return Verdict.UNKNOWN, f"You hold {held}. The posting does not say whether an apprentice counts."


def _no_apprentice(coder: Coder, on: date) -> tuple[Verdict, str]:
    """Where a posting refuses apprentices without naming what it wants instead."""
    if not coder.credentials:
        return Verdict.UNKNOWN, "Your profile lists no credential."
    valid, _ = _by_validity(coder, on)
    if found := [each for each in valid if each in FULL.values()]:
        return Verdict.MET, f"You hold {listing(found, 'and')}."
    if apprentice := [each for each in valid if each in FULL]:
        return Verdict.UNMET, f"You hold {listing(apprentice, 'and')}."
    names = listing([held.abbreviation for held in coder.credentials], "and")
    return Verdict.UNKNOWN, f"Your profile lists {names}. The posting does not say which credential it means."


def _by_validity(coder: Coder, on: date) -> tuple[list[str], list[Held]]:
    """What is valid on a day, and what has expired by then. One without an expiry date does not expire."""
    lapsed = [held for held in coder.credentials if held.expires is not None and held.expires < on]
    return [held.abbreviation for held in coder.credentials if held not in lapsed], lapsed


def _day(held: Held) -> str:
    return f"{held.expires:%B} {held.expires.day}, {held.expires.year}" if held.expires else ""


def _years(posting: Posting, coder: Coder) -> Iterable[Line]:
    if posting.years_min is None:
        return
    if posting.years_min == 0:
        yield Line("No experience needed", "Any number of years will do.", Verdict.MET, Weight.REQUIRED, Field.YEARS)
        return
    asks = f"{_count(posting.years_min)} of experience or more"
    if coder.years is None:
        yield Line(asks, "Your profile does not say how long.", Verdict.UNKNOWN, Weight.REQUIRED, Field.YEARS)
        return
    verdict = Verdict.MET if coder.years >= posting.years_min else Verdict.UNMET
    yield Line(asks, f"Your profile says {_count(coder.years)} of coding.", verdict, Weight.REQUIRED, Field.YEARS)


def _count(years: int) -> str:
    return f"{years} year{'' if years == 1 else 's'}"


def _residence(posting: Posting, coder: Coder) -> Iterable[Line]:
    if not posting.workplace:
        return
    asks = where(posting)
    if posting.workplace == Workplace.REMOTE:
        verdict, says = _lives_in(posting.remote_states, coder)
        yield Line(asks, says, verdict, Weight.REQUIRED, Field.STATE)
    else:
        verdict, says = _lives_at(posting, coder)
        yield Line(asks, says, verdict, Weight.REQUIRED, Field.CITY)


def _lives_in(states: list[str], coder: Coder) -> tuple[Verdict, str]:
    """Whether a remote coder's state is one of those named; none named means all."""
    if not coder.state:
        return Verdict.UNKNOWN, "Your profile does not say in which state you live."
    verdict = Verdict.MET if not states or coder.state in states else Verdict.UNMET
    return verdict, f"You live in {_STATES.get(coder.state, coder.state)}."


def _lives_at(posting: Posting, coder: Coder) -> tuple[Verdict, str]:
    """Whether a coder lives in the city itself. Any other distance, and who would travel or move, nobody knows here."""
    if not coder.city or not coder.state:
        return Verdict.UNKNOWN, "Your profile does not say where you live."
    here = f"{coder.city}, {coder.state}"
    if coder.state == posting.state and coder.city.casefold().strip() == posting.city.casefold().strip():
        return Verdict.MET, f"You live in {here}."
    return Verdict.UNKNOWN, f"You live in {here}. Whether that is near enough is yours to say."


def _each(
    name: str, wanted: list[str], has: tuple[str, ...], choices: list[tuple[str, str]], field: Field
) -> Iterable[Line]:
    """What of a list is on the profile, and what is not, each as one line."""
    labels = dict(choices)
    for verdict, says, values in (
        (Verdict.MET, "On your profile.", [each for each in wanted if each in has]),
        (Verdict.UNMET, "Not on your profile.", [each for each in wanted if has and each not in has]),
        (Verdict.UNKNOWN, "Your profile lists none.", [each for each in wanted if not has]),
    ):
        if values:
            words = listing([labels.get(each, each) for each in values], "and")
            yield Line(f"{name}: {words}", says, verdict, Weight.WORK, field)


def _untold(posting: Posting) -> Iterable[Line]:
    """What a posting says that no profile can answer."""
    standard = [
        f"{posting.units_per_hour.normalize():f} {counted(posting)} an hour" if posting.units_per_hour else "",
        f"{posting.accuracy_percent}% accuracy" if posting.accuracy_percent else "",
    ]
    employment = posting.get_employment_type_display() if posting.employment_type else ""
    schedule = posting.get_schedule_display() if posting.schedule else ""
    for asks in (employment, schedule, ", ".join(filter(None, standard))):
        if asks:
            yield Line(asks, "A profile does not say this.", Verdict.UNKNOWN, Weight.WORK, Field.NONE)
