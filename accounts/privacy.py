"""What the product holds of a person, to be handed to them and to be forgotten.

This app knows its own tables only. A higher app that keeps something of people registers a part when it starts
(`AppConfig.ready`); this one never learns its name.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from accounts.models import User


class Refused(Exception):
    """An account cannot be deleted yet; the message says why and what to do first."""


class Part(NamedTuple):
    """Something kept of a person.

    `export` answers it as JSON can hold it, and nothing that belongs to somebody else. `forget` does, inside the
    transaction that deletes the account, what deleting the rows does not: files (after the commit), postings of an
    employer that would be left alone. It may raise Refused. `leaving` says beforehand what that will be, in sentences.
    """

    export: Callable[["User"], Any] | None = None
    forget: Callable[["User"], None] | None = None
    leaving: Callable[["User"], list[str]] | None = None


_parts: dict[str, Part] = {}


def register(
    name: str,
    *,
    export: Callable[["User"], Any] | None = None,
    forget: Callable[["User"], None] | None = None,
    leaving: Callable[["User"], list[str]] | None = None,
) -> None:
    """Keep a part under a name, which is its key in the export. The same name again replaces it."""
    _parts[name] = Part(export, forget, leaving)


def exported(user: "User") -> dict[str, Any]:
    """Everything that is kept of a person, part by part."""
    return {name: part.export(user) for name, part in _parts.items() if part.export}


def leaving(user: "User") -> list[str]:
    """What else follows when this person's account is deleted, or stands against it, in sentences."""
    return [sentence for part in _parts.values() if part.leaving for sentence in part.leaving(user)]


def forget(user: "User") -> None:
    """Have every part do what must be done before a person's row is deleted. Raises Refused."""
    for part in _parts.values():
        if part.forget:
            part.forget(user)
