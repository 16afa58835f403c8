"""What this app keeps of a person, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from jobboard.talent.models import Block, ContactRequest, Look


def requests(user: User) -> list[dict[str, Any]]:
    """Requests of employers, and what this person made of them."""
    return [
        {
            "employer": each.employer.name,
            "message": each.message,
            **{name: _moment(each, name) for name in ("sent_at", "accepted_at", "declined_at", "taken_back_at")},
        }
        for each in ContactRequest.objects.for_person(user).select_related("employer")
    ]


def looks(user: User) -> list[dict[str, Any]]:
    """Who opened this person's profile with the name."""
    seen = Look.objects.at_person(user).select_related("employer")
    return [{"employer": look.employer.name, "at": look.at.isoformat()} for look in seen]


def blocked(user: User) -> list[dict[str, Any]]:
    """Whom this person blocked."""
    blocks = Block.objects.of(user).select_related("employer")
    return [{"employer": each.employer.name, "at": each.at.isoformat()} for each in blocks]


def _moment(request: ContactRequest, name: str) -> str | None:
    at = getattr(request, name)
    return at.isoformat() if at else None
