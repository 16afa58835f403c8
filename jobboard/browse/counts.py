"""How many live postings there are for each topic in each place. One query; kept for minutes where they are many."""

from collections import defaultdict
from datetime import datetime

from django.db import connection

from jobboard.browse.topics import BY_VALUE, PLACES, REMOTE, Place, Topic
from jobboard.postings.kept import kept
from jobboard.postings.models import Posting

KEPT_SECONDS = 600
OPEN = "*"  # remote work that is open to every state

type Row = tuple[str, str, str, int]  # kind, value, place, postings

_SQL = """
    SELECT kind, value, place, count(*)
    FROM ({live}) AS posting,
    LATERAL (
        SELECT '' AS kind, '' AS value
        UNION ALL (SELECT DISTINCT 'credential', unnest(credentials_required || credentials_preferred))
        UNION ALL SELECT 'specialty', unnest(specialties)
        UNION ALL SELECT 'apprentice', apprentice
    ) AS topic,
    LATERAL (
        SELECT '' AS place
        UNION ALL SELECT 'remote' WHERE workplace = 'remote'
        UNION ALL SELECT '*' WHERE workplace = 'remote' AND remote_states = '{}'
        UNION ALL SELECT unnest(CASE workplace WHEN 'remote' THEN remote_states ELSE ARRAY[state] END)
        UNION ALL SELECT 'remote ' || unnest(remote_states) WHERE workplace = 'remote'
    ) AS place
    GROUP BY kind, value, place
"""


class Counts:
    """Postings by topic and place, of which a posting may have several."""

    def __init__(self, rows: list[Row]) -> None:
        self._postings: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
        for kind, value, place, count in rows:
            self._postings[kind, value][place] = count

    def __getitem__(self, asked: tuple[Topic, Place]) -> int:
        """How many a topic has in a place, as the search counts them: in a state, with remote work open to all states.

        Nothing where no posting names the state, so that there are not fifty pages of the same remote jobs.
        """
        topic, place = asked
        found = self._postings[topic.kind, topic.value]
        if place.state and place.state not in found:
            return 0
        return found.get(_key(place), 0) + (found.get(OPEN, 0) if place.state else 0)

    def naming(self, topic: Topic, place: Place) -> int:
        """How many name the state themselves."""
        return self._postings[topic.kind, topic.value].get(_key(place), 0)

    def in_state(self, state: str) -> int:
        """How many of any topic name a state."""
        return self._postings["", ""].get(state, 0)

    @property
    def remote(self) -> int:
        """How many of any topic are remote."""
        return self._postings["", ""].get(REMOTE, 0)

    def topics(self, place: Place, kind: str = "") -> list[tuple[Topic, int]]:
        """The topics that have postings in a place, with how many; in the order of the vocabulary."""
        found = ((topic, self[topic, place]) for topic in BY_VALUE.values() if kind in ("", topic.kind))
        return [(topic, count) for topic, count in found if count]

    def places(self, topic: Topic) -> list[tuple[Place, int]]:
        """The places in which a topic has postings, with how many; remote first, then the states by name."""
        found = ((place, self[topic, place]) for place in PLACES.values())
        return [(place, count) for place, count in found if count]


def _key(place: Place) -> str:
    """What a row calls a place: "remote TX"."""
    return " ".join(filter(None, [REMOTE if place.remote else "", place.state]))


def counts(at: datetime) -> Counts:
    """What is live at a moment."""
    rows = kept("browse", lambda: _rows(at), lambda rows: sum(count for *_, count in rows[:1]), KEPT_SECONDS)
    return Counts(rows)


def _rows(at: datetime) -> list[Row]:
    """The whole board first."""
    columns = ("credentials_required", "credentials_preferred", "specialties", "apprentice")
    live = Posting.objects.live(at).order_by().values(*columns, "workplace", "state", "remote_states")
    sql, values = live.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_SQL.replace("{live}", sql), values)
        return sorted(cursor.fetchall())
