"""A posting's columns in words, as cards, pages, feeds and mails say them."""

import re
from datetime import datetime
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from django.db.models import Q
from django.utils import timezone

from accounts.vocabulary import CREDENTIALS, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from codes.models import Code
from codes.systems import System
from jobboard.postings import families
from jobboard.postings.vocabulary import (
    BENEFIT_CHOICES,
    ROLE_CHOICES,
    UNPAID_CHOICES,
    PayUnit,
    SoftwareCodes,
    Workplace,
    WorkStays,
)

if TYPE_CHECKING:
    from jobboard.postings.models import Posting

_LABELS = {
    "roles": dict(ROLE_CHOICES),
    "specialties": dict(SPECIALTY_CHOICES),
    "software": dict(SOFTWARE_CHOICES),
    "benefits": dict(BENEFIT_CHOICES),
    "unpaid": dict(UNPAID_CHOICES),
    "remote_states": dict(STATE_CHOICES),
}
COUNTED = (PayUnit.CHART, PayUnit.ENCOUNTER, PayUnit.PAGE)
HIM = "health information management"  # in full, since PostgreSQL's English takes "him" for a pronoun and drops it
_SAYS_HIM = re.compile(r"\bHIM\b")
STATES_ON_A_CARD = 5  # more than these are counted, not listed


class Family(NamedTuple):
    """A family of codes that the work needs; `url` is the page of the one code it names, if it names one we have."""

    label: str
    title: str
    url: str | None


def labels(posting: "Posting", column: str) -> list[str]:
    """A column of several values in words: `labels(posting, "specialties")` is ["Orthopedics", "Urology"]."""
    return [_LABELS[column].get(value, value) for value in getattr(posting, column)]


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


def where(posting: "Posting") -> str:
    """Workplace and place together: "Remote, open to people living in Texas", "Hybrid in Austin, Texas"."""
    workplace, there = posting.get_workplace_display(), open_to(posting)
    if posting.workplace == Workplace.REMOTE:
        return f"{workplace}, open to {there}"
    return f"{workplace} in {there}" if there else workplace


def posted(posting: "Posting") -> datetime | None:
    """When it was published, in the site's own zone: the day that its page names to a guest."""
    return posting.published_at and timezone.localtime(posting.published_at, timezone.get_default_timezone())


def credentials(posting: "Posting") -> str:
    """The credentials it asks for, or failing that prefers; an empty string where it names none."""
    if posting.credentials_required:
        return f"{listing(posting.credentials_required)} required"
    return f"{listing(posting.credentials_preferred)} preferred" if posting.credentials_preferred else ""


def shared(posting: "Posting") -> str:
    """What a link to it says under its title: where, how employed, and the pay as stated."""
    return " · ".join(filter(None, [where(posting), posting.get_employment_type_display(), posting.pay_text]))


def counted(posting: "Posting") -> str:
    """What its productivity standard counts: "charts", "encounters" or "pages"."""
    return f"{posting.pay_unit}s" if posting.pay_unit in COUNTED else "charts"


def apply_host(posting: "Posting") -> str:
    """The site that its link to apply leads to, such as "jobs.example.org"."""
    return urlsplit(posting.apply_url).hostname or posting.apply_url


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
            posting.tax_form,
            families.systems(posting.code_families),
            "US only onshore" if posting.work_stays == WorkStays.US_ONLY else "",
            HIM
            if _SAYS_HIM.search(" ".join([posting.title, posting.description_text, *labels(posting, "roles")]))
            else "",
            "AI-assisted coding CAC" if posting.software_codes not in ("", SoftwareCodes.NONE) else "",
        ]
    )


def _says_him(posting: "Posting") -> bool:
    return any(map(_SAYS_HIM.search, [posting.title, posting.description_text, *labels(posting, "roles")]))


def needed_codes(posting: "Posting") -> list[Family]:
    """The code families it needs, those that name one code of ours with the way to its page. One query, or none."""
    keys = {family: _key(family) for family in posting.code_families}
    wanted = reduce(or_, (Q(system=system, code=code) for system, code in keys.values() if code), Q())
    found = Code.objects.filter(wanted).only("system", "code", "title") if wanted else []
    codes = {(code.system, code.code): code for code in found}
    return [_family(family, whole=bool(key[1]), code=codes.get(key)) for family, key in keys.items()]


def _family(family: str, *, whole: bool, code: Code | None) -> Family:
    label = families.written([family]) if whole else f"{families.written([family])}…"
    return Family(label, code.title, code.get_absolute_url()) if code else Family(label, "", None)


def _key(family: str) -> tuple[str, str]:
    """A stored family, such as "icd-10-cm:M5450", as a system and the one code that its start is; "" if it is none."""
    system, _, start = family.partition(":")
    return system, System(system).normalize(start) or ""
