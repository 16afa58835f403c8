"""Sessions as Django keeps them in the database, read by one query together with the person who signed in.

Django asks for the session, and then for its person by the id in the session. django-allauth notes whose each session
is, so one query brings both, and whether the person is a member. Who is signed in is still for Django alone to say:
it takes the id from the signed session, and `accounts.backends` gives it the person with that id, or asks as ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

from accounts.models import User
from accounts.models.membership import VALID

_COLUMNS = [field.attname for field in User._meta.concrete_fields]
_READ = f"""
    SELECT
        session_data, EXISTS (SELECT FROM accounts_membership WHERE user_id = person.id AND {VALID}),
        {", ".join(f'person."{column}"' for column in _COLUMNS)}
    FROM django_session
    LEFT JOIN usersessions_usersession AS signed_in USING (session_key)
    LEFT JOIN accounts_user AS person ON person.id = signed_in.user_id
    WHERE session_key = %(key)s AND expire_date > %(at)s
"""  # noqa: S608 - names of columns, and a condition of ours


class SessionStore(db.SessionStore):
    """A session, and the person it is noted for."""

    person: User | None = None  # as read with the session

    def load(self) -> dict[str, Any]:
        """The session's data; empty where there is none or it has expired."""
        with connection.cursor() as cursor:
            cursor.execute(_READ, {"key": self.session_key, "at": timezone.now()})
            row = cursor.fetchone()
        if row is None:
            self._session_key = None
            return {}
        data, is_member, *values = row
        if values[0] is not None:
            self.person = User.from_db(connection.alias, _COLUMNS, values)
            self.person.is_member = is_member
        return self.decode(data)


_asked_for: ContextVar[SessionStore | None] = ContextVar("session", default=None)


@contextmanager
def finding_the_person_of(session: SessionStore) -> Iterator[None]:
    """While this lasts, `person_of_session` is about this session."""
    token = _asked_for.set(session)
    try:
        yield
    finally:
        _asked_for.reset(token)


def person_of_session(pk: int) -> User | None:
    """The person with this id, if they came with the session that is asked about."""
    session = _asked_for.get()
    return session.person if session and session.person and session.person.pk == pk else None
