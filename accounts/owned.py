"""What this app itself keeps of a person, to be handed to them and to be forgotten (`accounts.privacy`)."""

from datetime import date, datetime
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from accounts.models import CodeView, Credential, Experience, Meter, Profile, User


def account(user: User) -> dict[str, Any]:
    """The account, and since when."""
    return {
        "name": user.name,
        "email": user.email,
        "time_zone": user.time_zone,
        "joined": iso(user.date_joined),
        "memberships": [
            {"from": iso(each.starts_at), "to": iso(each.ends_at)} for each in user.memberships.order_by("starts_at")
        ],
    }


def profile(user: User) -> dict[str, Any]:
    """The profile as it is stored, with credentials and work history."""
    told = Profile.objects.of(user)
    return {
        **{name: getattr(told, name) for name in ("headline", "city", "state", "years", "specialties", "software")},
        "visibility": told.visibility,
        "blind": told.blind,
        "reminders": told.reminders,
        "credentials": [_credential(held) for held in Credential.objects.of(user)],
        "work_history": [_position(held) for held in Experience.objects.of(user)],
    }


def _credential(held: Credential) -> dict[str, Any]:
    return {
        "abbreviation": held.abbreviation,
        "body": held.kind.body,
        "member_number": held.member_number,
        "earned": iso(held.earned),
        "expires": iso(held.expires),
        "ceu_due": iso(held.ceu_due),
        "ceu_note": held.ceu_note,
    }


def _position(held: Experience) -> dict[str, Any]:
    return {
        "title": held.title,
        "employer": held.employer,
        "from": f"{held.started:%Y-%m}",
        "to": held.ended and f"{held.ended:%Y-%m}",
        "remote": held.remote,
        "coded": held.coded,
    }


def code_pages(user: User) -> list[dict[str, Any]]:
    """Which code pages were opened, and when they were counted."""
    views = CodeView.objects.filter(user=user).order_by("granted_at", "pk")
    return [{"page": view.page, "opened": iso(view.granted_at)} for view in views]


def sign_ins(user: User) -> list[dict[str, Any]]:
    """Where a person is signed in, as it is noted: address, browser, and since when."""
    noted = UserSession.objects.filter(user=user).order_by("created_at", "pk")
    return [
        {"ip": each.ip, "browser": each.user_agent, "since": iso(each.created_at), "seen": iso(each.last_seen_at)}
        for each in noted
    ]


def ways_to_sign_in(user: User) -> dict[str, Any]:
    """Passkeys by name, second steps and linked accounts, without any secret."""
    held = Authenticator.objects.filter(user=user).order_by("created_at", "pk")
    linked = SocialAccount.objects.filter(user=user).order_by("date_joined", "pk")
    return {
        "passkeys_and_second_steps": [
            {"kind": each.type, "name": str(each), "added": iso(each.created_at), "used": iso(each.last_used_at)}
            for each in held
        ],
        "linked_accounts": [
            {"provider": each.provider, "id": each.uid, "linked": iso(each.date_joined), "used": iso(each.last_login)}
            | {"told_us": each.extra_data}
            for each in linked
        ],
    }


def forget(user: User) -> None:
    """Delete the count of code views, and what the admin's history says of this person by address or by row."""
    Meter.objects.of_person(user.pk).delete()
    told = Q(object_repr__icontains=user.email)
    for rows in (User.objects.filter(pk=user.pk), Profile.objects.filter(user=user), user.memberships.all()):
        pks = [str(pk) for pk in rows.values_list("pk", flat=True)]
        told |= Q(content_type=ContentType.objects.get_for_model(rows.model), object_id__in=pks)
    LogEntry.objects.filter(told).update(object_repr="A deleted account", change_message="")


def iso(value: date | datetime | None) -> str | None:
    """A day or a moment as ISO 8601 writes it."""
    return value.isoformat() if value else None
