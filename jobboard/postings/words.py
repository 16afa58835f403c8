"""A posting's columns in words, as cards, pages, feeds and mails say them."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q

from accounts.vocabulary import CREDENTIALS
from codes.models import Code
from codes.systems import System
from jobboard.postings.vocabulary import Workplace

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

STATES_ON_A_CARD = 5  # more than these are counted, not listed


class Family(NamedTuple):
    """A family of codes that the work needs; `url` is the page of the one code it names, if it names one we have."""

    label: str
    title: str
    url: str | None


def labels(posting: "Posting", column: str) -> list[str]:
    """A column of several values in words: `labels(posting, "specialties")` is ["Orthopedics", "Urology"]."""
    words = dict(posting._meta.get_field(column).base_field.choices)
    return [words.get(value, value) for value in getattr(posting, column)]


def listing(words: list[str], last: str = "or") -> str:
    """Several words as one phrase: "CPC, COC or CCS"."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def place(posting: "Posting") -> str:
    """Where the work is done or may be done from, briefly: "Austin, TX", "TX, FL, GA", "14 states"."""
    if posting.workplace != Workplace.REMOTE:
        return ", ".join(part for part in (posting.city, posting.state) if part)
    states = posting.remote_states
    if not states:
        return "anywhere in the US"
    return ", ".join(sorted(states)) if len(states) <= STATES_ON_A_CARD else f"{len(states)} states"


def open_to(posting: "Posting") -> str:
    """Where the work is done or may be done from, in full: "people living in Florida, Georgia or Texas"."""
    if posting.workplace != Workplace.REMOTE:
        return ", ".join(part for part in (posting.city, posting.get_state_display()) if part)
    states = sorted(labels(posting, "remote_states"))
    return f"people living in {listing(states)}" if states else "people living anywhere in the United States"


def credentials(posting: "Posting") -> str:
    """The credentials it asks for, or failing that prefers; an empty string where it names none."""
    if posting.credentials_required:
        return f"{listing(posting.credentials_required)} required"
    return f"{listing(posting.credentials_preferred)} preferred" if posting.credentials_preferred else ""


def keywords(posting: "Posting") -> str:
    """What a coder may type to find it though its text never says it: employer, credentials, places, kinds of work."""
    named = [*posting.credentials_required, *posting.credentials_preferred]
    return " ".join(
        [
            posting.employer.name,
            *named,
            *(CREDENTIALS[each].name for each in named if each in CREDENTIALS),
            *(word for column in ("roles", "specialties", "software") for word in labels(posting, column)),
            posting.get_setting_display(),
            posting.get_employment_type_display(),
            posting.get_workplace_display(),
            *(posting.city, posting.state, posting.get_state_display()),
            *labels(posting, "remote_states"),
        ]
    )


def families(posting: "Posting") -> list[Family]:
    """The code families it needs, those that name one code of ours with a way to its page. One query, or none."""
    written = [_parse(family) for family in posting.code_families]
    exact = [(system, code) for system, start in written if (code := system.normalize(start))]
    if not exact:
        return [Family(f"{system.label} {start}…", "", None) for system, start in written]
    wanted = Q()
    for system, code in exact:
        wanted |= Q(system=system, code=code)
    found = {(code.system, code.code): code for code in Code.objects.filter(wanted).only("system", "code", "title")}
    return [_family(system, start, found.get((system, system.normalize(start) or ""))) for system, start in written]


def _family(system: System, start: str, code: Code | None) -> Family:
    if code is None:
        return Family(f"{system.label} {start}…", "", None)
    return Family(f"{system.label} {code.code}", code.title, code.get_absolute_url())


def _parse(family: str) -> tuple[System, str]:
    """A stored family, such as "icd-10-cm:M54", as its system and the start of its codes."""
    system, _, start = family.partition(":")
    return System(system), start
