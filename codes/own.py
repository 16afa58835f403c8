"""What stands on a code page for one person alone: their note, their star, their folders. Never in what is kept."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Subquery
from django.db.models.functions import JSONObject

from accounts.models import User
from codes.models import Code, Favorite, Folder, PrivateNote, Reading, ReadingOff


@dataclass(frozen=True)
class Own:
    """What one person keeps of one code, and where they could put it."""

    note: str
    edited_at: datetime | None  # None: there is no note
    starred: bool
    folder: int | None  # id of the folder of the star
    folders: list[dict[str, Any]]  # id and name, by name
    remembers: bool  # whether what they read is remembered

    @classmethod
    def on(cls, user: User, code: Code) -> "Own":
        """One query for all of it; `code` needs no more than its system and code."""
        notes, stars = PrivateNote.objects.of(user).on(code), Favorite.objects.of(user).on(code)
        folders = Folder.objects.filter(user=OuterRef("pk")).values(row=JSONObject(pk="pk", name="name"))
        row = (
            User.objects.filter(pk=user.pk)
            .annotate(
                note=Subquery(notes.values("text")),
                edited_at=Subquery(notes.values("edited_at")),
                starred=Exists(stars),
                folder=Subquery(stars.values("folder")),
                folders=ArraySubquery(folders),
                remembers=~Exists(ReadingOff.objects.filter(user=OuterRef("pk"))),
            )
            .values("note", "edited_at", "starred", "folder", "folders", "remembers")
            .get()
        )
        return cls(**row | {"note": row["note"] or ""})


def notes(user: User) -> list[dict[str, Any]]:
    """A person's notes, for their export."""
    rows = PrivateNote.objects.of(user).values("system", "code", "text", "edited_at")
    return [row | {"edited_at": row["edited_at"].isoformat()} for row in rows]


def favorites(user: User) -> list[dict[str, Any]]:
    """A person's favorites with their folders, for their export."""
    rows = Favorite.objects.of(user).values("system", "code", "added_at", in_folder=F("folder__name"))
    return [row | {"added_at": row["added_at"].isoformat()} for row in rows]


def folders(user: User) -> list[str]:
    """A person's folders, the empty ones too, for their export."""
    return list(Folder.objects.of(user).values_list("name", flat=True))


def readings(user: User) -> list[dict[str, Any]]:
    """The codes a person read last, for their export."""
    rows = Reading.objects.of(user).values("system", "code", "at")
    return [row | {"at": row["at"].isoformat()} for row in rows]
