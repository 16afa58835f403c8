"""What this app keeps of a person, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from jobboard.imports.models import Key, Upload


def uploads(user: User) -> list[dict[str, Any]]:
    """The files of postings a person sent in, by name."""
    sent = Upload.objects.by(user).select_related("employer")
    return [{"employer": each.employer.name, "file": each.name, "at": each.at.isoformat()} for each in sent]


def keys(user: User) -> list[dict[str, Any]]:
    """The API keys a person made, by name: never what opens anything."""
    made = Key.objects.filter(made_by=user).select_related("employer")
    return [{"employer": each.employer.name, "name": each.name, "made": each.made_at.isoformat()} for each in made]
