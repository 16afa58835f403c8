"""The people of the demo data: accounts with verified addresses and one password, profiles, credentials."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import identify_hasher, make_password

from accounts.models import Credential, Experience, Membership, Profile, User

_PROFILE = ("headline", "city", "state", "years", "specialties", "software")
_USER = ("email", "name", "time_zone", "is_staff", "is_superuser")


def add_people(people: Iterable[dict[str, Any]], password: str, at: datetime) -> set[str]:
    """Store those who have no account yet, and give everybody this password. Returns the addresses that are new."""
    facts = {person["email"]: person for person in people}
    known = dict(User.objects.filter(email__in=facts).values_list("email", "password"))
    User.objects.filter(email__in=facts, is_active=False).update(is_active=True)  # shut out while demo mode was off
    valid = _valid(set(known.values()), password)
    stale = [email for email, encoded in known.items() if encoded not in valid]
    new = [person for email, person in facts.items() if email not in known]
    if new or stale:
        encoded = make_password(password)  # one for all: a hash costs half a second, and the password is public
        User.objects.filter(email__in=stale).update(password=encoded)
        for person in new:
            _add(person, encoded, at)
    return {person["email"] for person in new}


def _valid(encoded: set[str], password: str) -> set[str]:
    """Those of some password hashes that are of this password; each costs half a second, and there is one as a rule."""
    return {each for each in encoded if identify_hasher(each).verify(password, each)}


def _add(person: dict[str, Any], encoded: str, at: datetime) -> None:
    user = User.objects.create(password=encoded, **{name: person[name] for name in _USER if name in person})
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    if person.get("member"):
        Membership.objects.create(user=user, starts_at=at, note="Demo data")
    if "headline" in person:
        seen = {"visibility": person.get("visibility", Profile.Visibility.HIDDEN)}
        profile = Profile.objects.create(user=user, **seen, **{name: person[name] for name in _PROFILE})
        Experience.objects.bulk_create(_position(profile, held, at) for held in person.get("work", []))
        Credential.objects.bulk_create(_credential(profile, held, at) for held in person["credentials"])


def _position(profile: Profile, held: dict[str, Any], at: datetime) -> Experience:
    return Experience(
        profile=profile,
        title=held["title"],
        employer=held["employer"],
        started=_month_before(at.date(), held["from_months_ago"]),
        ended=_month_before(at.date(), held["to_months_ago"]) if "to_months_ago" in held else None,
        remote=held.get("remote", False),
        coded=held.get("coded", ""),
    )


def _month_before(day: date, months: int) -> date:
    """The first day of the month so many months earlier."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, 1)


def _credential(profile: Profile, held: dict[str, Any], at: datetime) -> Credential:
    return Credential(
        profile=profile,
        abbreviation=held["abbreviation"],
        member_number=held.get("member_number", ""),
        earned=at.date() - timedelta(days=held["earned_days_ago"]),
        expires=at.date() + timedelta(days=held["expires_in_days"]),
        ceu_due=at.date() + timedelta(days=held["ceu_due_in_days"]) if "ceu_due_in_days" in held else None,
        ceu_note=held.get("ceu_note", ""),
    )
