"""What stands on a code page for one person alone: their note, their star, their folders. Never in what is kept."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import F
from django.utils import timezone

from accounts.models import User
from codes.models import Code, Favorite, Folder, License, PrivateNote, Reading
from codes.models.licensed import TERMS
from codes.systems import System


@dataclass(frozen=True)
class Own:
    """What one person keeps of one code, and where they could put it."""

    note: str
    edited_at: datetime | None  # None: there is no note
    starred: bool
    folder: int | None  # id of the folder of the star
    folders: list[dict[str, Any]]  # id and name, by name
    remembers: bool  # whether what they read is remembered

    @property
    def since(self) -> str:
        """When the note was last edited, as a form sends it along; empty: there is no note."""
        return self.edited_at.isoformat() if self.edited_at else ""

    @classmethod
    def on(cls, user: User, code: Code) -> "Own":
        """What a signed-in person keeps of a code, in the reference or not."""
        own = Found.of(user, System(code.system), code.code).own
        assert own is not None  # noqa: S101 - the user has an account
        return own


@dataclass(frozen=True)
class Found:
    """What is asked anew for each request of a code page."""

    code: Code | None  # knowing no more than its name and title; None: the reference does not list it
    loaded_at: datetime | None  # when anything was last loaded into the reference
    license: License | None  # the edition of CPT whose wordings are licensed here today, with its holder
    accepted: bool  # whether the reader accepted the terms in force for it
    own: Own | None  # None for guests

    @classmethod
    def of(cls, user: User | AnonymousUser, system: System, code: str) -> "Found":
        """By one query. `code` is in its one form."""
        with connection.cursor() as cursor:
            asked = {"user": user.pk, "system": system.value, "code": code}
            cursor.execute(_FIND, asked | {"today": timezone.localdate(), "terms": TERMS})
            pk, title, loaded_at, licensed, accepted, *kept = cursor.fetchone()
        note, edited_at, starred, folder, folders, remembers = kept
        listed = Code(pk=pk, system=system, code=code) if pk else None
        if listed:
            listed.title = title
        own = Own(note or "", edited_at, starred, folder, json.loads(folders), remembers)
        edition = License(**json.loads(licensed)) if licensed else None
        return cls(listed, loaded_at, edition, accepted, own if user.pk else None)


# Every code page asks it, and Django takes longer to write it than PostgreSQL to answer it.
_FIND = """
    SELECT
        listed.id, listed.title, (SELECT max(loaded_at) FROM codes_release),
        licensed.edition,
        EXISTS (
            SELECT FROM codes_licenseacceptance
            WHERE license_id = licensed.id AND reader = asked.user_id AND terms = %(terms)s
        ),
        note.text, note.edited_at, star.id IS NOT NULL, star.folder_id,
        (
            SELECT coalesce(json_agg(json_build_object('pk', id, 'name', name) ORDER BY lower(name)), '[]')::text
            FROM codes_folder WHERE user_id = asked.user_id
        ),
        NOT EXISTS (SELECT FROM codes_readingoff WHERE user_id = asked.user_id)
    FROM (VALUES (%(user)s::bigint, %(system)s, %(code)s)) AS asked (user_id, system, code)
    LEFT JOIN codes_code AS listed USING (system, code)
    LEFT JOIN codes_privatenote AS note USING (user_id, system, code)
    LEFT JOIN codes_favorite AS star USING (user_id, system, code)
    LEFT JOIN (
        SELECT id, json_build_object('pk', id, 'edition', edition, 'holder', holder)::text AS edition
        FROM codes_license WHERE expires >= %(today)s ORDER BY codes_license.edition DESC LIMIT 1
    ) AS licensed ON true
"""


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
