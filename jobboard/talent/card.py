"""What an employer reads of a person: only what it may read ever leaves this module, so no template can tell more."""

from datetime import date
from enum import IntEnum
from typing import NamedTuple

from accounts.models import Credential, Experience, Profile
from accounts.models.experience import lasting
from accounts.vocabulary import CredentialKind


class Level(IntEnum):
    """How much is read: without the name, with it, or all that a person agreed to."""

    BLIND = 0
    NAMED = 1
    AGREED = 2


class Held(NamedTuple):
    """A credential; the member number is empty below `AGREED`."""

    abbreviation: str
    kind: CredentialKind
    expires: date | None
    has_expired: bool
    member_number: str


class Position(NamedTuple):
    """A position; the employer and what was coded are empty in the blind view."""

    title: str
    started: date
    ended: date | None
    lasted: str
    remote: bool
    employer: str
    coded: str


class Card(NamedTuple):
    """One person as an employer reads them. `name` and `email` are empty where they are not told."""

    pk: int
    level: Level
    name: str
    email: str
    headline: str
    place: str
    years: int | None
    specialties: list[str]
    software: list[str]
    credentials: list[Held]
    work: list[Position]

    @property
    def label(self) -> str:
        """What the person is called on pages: the name, or a phrase that does not tell it."""
        held = ", ".join(each.abbreviation for each in self.credentials[:3] if not each.has_expired)
        return self.name or held or "A coder"


def of(profile: Profile, level: Level, today: date) -> Card:
    """A card of a profile with its user, credentials and experience fetched."""
    named, agreed = level >= Level.NAMED, level >= Level.AGREED
    return Card(
        pk=profile.pk,
        level=level,
        name=(profile.user.name or "No name given") if named else "",
        email=profile.user.email if agreed else "",
        headline=profile.headline,
        place=profile.place if named else profile.get_state_display(),
        years=profile.years,
        specialties=profile.specialty_labels,
        software=profile.software_labels,
        credentials=[_held(each, today, agreed=agreed) for each in profile.credentials.all()],
        work=[_position(each, today, named=named) for each in profile.experience.all()],
    )


def _held(held: Credential, today: date, *, agreed: bool) -> Held:
    number = held.member_number if agreed else ""
    return Held(held.abbreviation, held.kind, held.expires, held.has_expired(today), number)


def _position(held: Experience, today: date, *, named: bool) -> Position:
    lasted = lasting(held.months(today))
    told = (held.employer, held.coded) if named else ("", "")
    return Position(held.title, held.started, held.ended, lasted, held.remote, *told)
