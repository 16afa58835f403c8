"""The vocabularies that a search narrows by: their names in an address, their choices, and where a posting holds them.

Each says the same thing twice, since it is asked in two places: as SQL, for alerts, and by the values that one posting
has, for the board in memory (board.py).
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import Q
from django.db.models.functions import Now

from accounts.vocabulary import CREDENTIAL_CHOICES, SOFTWARE_CHOICES, SPECIALTY_CHOICES, STATE_CHOICES
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import (
    BENEFIT_CHOICES,
    ROLE_CHOICES,
    SETTING_CHOICES,
    Apprentice,
    EmploymentType,
    Equipment,
    Schedule,
    SoftwareCodes,
    Workplace,
    WorkStays,
)

type Choices = Sequence[tuple[str, str]]

APPRENTICE_CHOICES = [
    (Apprentice.WELCOME.value, "Apprentices welcome"),
    (Apprentice.WITH_EXPERIENCE.value, "Apprentices with experience"),
]
STATES = [value for value, _ in STATE_CHOICES]


class Facet(NamedTuple):
    """A vocabulary. A posting has the values of all its columns, each of which holds one value or several."""

    name: str
    label: str
    choices: Choices
    columns: tuple[str, ...]

    def having(self, values: list[str]) -> Q:
        """SQL for the postings that have any of these values."""
        return reduce(or_, (Q(**{f"{column}__{_any_of(column)}": values}) for column in self.columns))

    def held(self, *stored: Any) -> Iterable[str]:
        """The values of a posting, given what its columns hold, in their order."""
        return {value for each in stored for value in ([each] if isinstance(each, str) else each)}


class StateFacet(Facet):
    """The states in which one may live, or must be, to do the work."""

    def having(self, values: list[str]) -> Q:
        """Remote work that people living there may do, and other work done there."""
        remote = Q(remote_states=[]) | Q(remote_states__overlap=values)
        return remote & Q(workplace=Workplace.REMOTE) | Q(state__in=values) & ~Q(workplace=Workplace.REMOTE)

    def held(self, *stored: Any) -> Iterable[str]:
        """One state for work at a place; those named, or else all, for remote work."""
        workplace, state, remote_states = stored
        return (remote_states or STATES) if workplace == Workplace.REMOTE else [str(state)]


class ExperienceFacet(Facet):
    """The most years of experience that a posting asks for; one that states no minimum asks for none."""

    def having(self, values: list[str]) -> Q:
        """Those that ask for no more than the most of these years."""
        return Q(years_min=None) | Q(years_min__lte=max(map(int, values)))

    def held(self, *stored: Any) -> Iterable[str]:
        """Each number of years that is enough."""
        return [value for value, _ in self.choices if int(value) >= (stored[0] or 0)]


class PostedFacet(Facet):
    """The days within which a posting was published: no column holds them, since they pass with the clock."""

    def having(self, values: list[str]) -> Q:
        """Those published within the most of these days, as of the statement."""
        return Q(published_at__gt=Now() - self.reach(values))

    def reach(self, values: Iterable[str]) -> timedelta:
        """How far back the widest of these values goes."""
        return timedelta(days=max(map(int, values)))


def _any_of(column: str) -> str:
    return "overlap" if isinstance(Posting._meta.get_field(column), ArrayField) else "in"


def _by_label(choices: Choices) -> Choices:
    return sorted(choices, key=lambda choice: choice[1].casefold())


STATE = StateFacet("state", "Where you live or work", STATE_CHOICES, ("workplace", "state", "remote_states"))
POSTED = PostedFacet(
    "posted",
    "Posted",
    [("1", "In the last day"), *((str(days), f"In the last {days} days") for days in (3, 7, 14))],
    (),
)
EXPERIENCE = ExperienceFacet(
    "experience",
    "Experience asked",
    [
        ("0", "None, or no minimum stated"),
        ("1", "1 year at most"),
        *((str(years), f"{years} years at most") for years in (2, 3, 5)),
    ],
    ("years_min",),
)

FACETS = [  # in the order of the page
    STATE,
    Facet("workplace", "Workplace", Workplace.choices, ("workplace",)),
    Facet("apprentice", "CPC-A and COC-A", APPRENTICE_CHOICES, ("apprentice",)),
    POSTED,
    Facet("credential", "Credential", CREDENTIAL_CHOICES, ("credentials_required", "credentials_preferred")),
    EXPERIENCE,
    Facet("specialty", "Specialty", _by_label(SPECIALTY_CHOICES), ("specialties",)),
    Facet("role", "Role", _by_label(ROLE_CHOICES), ("roles",)),
    Facet("setting", "Setting", _by_label(SETTING_CHOICES), ("setting",)),
    Facet("type", "Employment", EmploymentType.choices, ("employment_type",)),
    Facet("schedule", "Schedule", Schedule.choices, ("schedule",)),
    Facet("software", "EHR, encoder, CAC", _by_label(SOFTWARE_CHOICES), ("software",)),
    Facet("benefit", "Benefits", BENEFIT_CHOICES, ("benefits",)),
    Facet("equipment", "Computer", Equipment.choices, ("equipment",)),
    Facet("stays", "Where the charts are coded", WorkStays.choices, ("work_stays",)),
    Facet("ai", "AI-assisted coding", SoftwareCodes.choices, ("software_codes",)),
]
BY_NAME = {facet.name: facet for facet in FACETS}
LABELS = (
    {facet.name: dict(facet.choices) for facet in FACETS}
    | {
        "credential": {value: value for value, _ in CREDENTIAL_CHOICES},  # as coders say them, without the body
        "posted": {value: f"Posted {label[0].lower()}{label[1:]}" for value, label in POSTED.choices},
        "experience": {value: f"Experience: {label[0].lower()}{label[1:]}" for value, label in EXPERIENCE.choices},
    }
)
