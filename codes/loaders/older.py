"""Puts a release of codes below one that is loaded already: what only it lists ends where the following one begins.

How a code is listed today stands on the code, and comes from the newest release that lists it. An older release changes
nothing of that: it adds how the code was listed on its own days, to `FormerListing`, and codes that no newer one lists.
A code holds from the first release that lists it to the last one, whatever those between say.
"""

from typing import Any

from psycopg import sql

from codes.loaders.ranges import EVERY, Ranges
from codes.loaders.window import Window
from codes.models import FormerListing, Release

_LISTED_ON = """
CREATE TEMP TABLE {table} ON COMMIT DROP AS
SELECT l.id, coalesce(f.title, l.official_title) AS title, coalesce(f.billable, l.billable) AS billable,
    l.valid_to IS NULL OR l.valid_to = %(ends)s AS open
FROM listed l LEFT JOIN codes_formerlisting f
    ON f.code_id = l.id AND (f.valid_from IS NULL OR f.valid_from <= %({day})s) AND f.valid_to > %({day})s
WHERE (l.valid_from IS NULL OR l.valid_from <= %({day})s) AND (l.valid_to IS NULL OR l.valid_to > %({day})s)
"""
_STATED = """
CREATE TEMP TABLE stated ON COMMIT DROP AS
SELECT id, title, billable, valid_to IS NULL AS open FROM incoming_code
"""
_NOTES_ON = """
CREATE TEMP TABLE notes_{table} ON COMMIT DROP AS
SELECT s.code_id, s.kind, s.text FROM codes_section s JOIN listed l ON l.id = s.code_id
WHERE s.state = 'official' AND (s.valid_from IS NULL OR s.valid_from <= %({day})s)
    AND (s.valid_to IS NULL OR s.valid_to > %({day})s)
"""
_NOTES_STATED = """
CREATE TEMP TABLE notes_stated ON COMMIT DROP AS
SELECT code_id, kind, text FROM incoming_note WHERE code_id IS NOT NULL
"""
_KINDS_OF_CODES = ["added", "renamed", "billable", "ended"]
_FORGET = "DELETE FROM codes_change WHERE release_id = %(following)s AND kind = ANY(%(told)s)"

_TELL_CODES = """
INSERT INTO codes_change (code_id, release_id, kind, note, at)
SELECT told.id, r.id, told.kind, '', CASE WHEN r.id = %(release)s THEN %(at)s ELSE r.loaded_at END
FROM codes_release r, (
    SELECT id, 'added' AS kind FROM {new} WHERE id NOT IN (SELECT id FROM {old})
    UNION ALL
    SELECT id, 'renamed' FROM {new} n JOIN {old} o USING (id) WHERE n.title <> o.title
    UNION ALL
    SELECT id, 'billable' FROM {new} n JOIN {old} o USING (id) WHERE n.billable <> o.billable
    UNION ALL
    SELECT id, 'ended' FROM {old} WHERE open AND %(closes)s AND id NOT IN (SELECT id FROM {new})
) AS told
WHERE r.id = %({release})s AND told.id NOT IN (TABLE incoming_kept)
"""
_TELL_NOTES = """
INSERT INTO codes_change (code_id, release_id, kind, note, at)
SELECT changed.code_id, r.id, 'notes', string_agg(DISTINCT names.heading, ', '),
    CASE WHEN r.id = %(release)s THEN %(at)s ELSE r.loaded_at END
FROM codes_release r, (
    (TABLE notes_{old} EXCEPT TABLE notes_{new}) UNION (TABLE notes_{new} EXCEPT TABLE notes_{old})
) AS changed
JOIN unnest(%(kinds)s::text[], %(headings)s::text[]) AS names (kind, heading) USING (kind)
WHERE r.id = %({release})s AND changed.code_id IN (SELECT id FROM {old}) AND changed.code_id IN (SELECT id FROM {new})
GROUP BY changed.code_id, r.id, r.loaded_at
"""

# Codes that a newer release lists, and that this one lists otherwise than is known of its first day.
_OTHERWISE = """
CREATE TEMP TABLE incoming_listing ON COMMIT DROP AS
SELECT i.id AS code_id, i.title, i.billable
FROM incoming_code i JOIN listed l USING (id) LEFT JOIN before b USING (id)
WHERE l.stated > %(effective)s AND (l.valid_to IS NULL OR l.valid_to > %(effective)s)
    AND (b.id IS NULL OR b.title <> i.title OR b.billable <> i.billable)
"""
# The listing of today takes part as one that never ends.
_SPREAD = """
INSERT INTO codes_formerlisting (code_id, title, billable, valid_from, valid_to, release_id)
SELECT l.id, l.official_title, l.billable, coalesce(held.since, l.valid_from), 'infinity', l.release_id
FROM listed l JOIN incoming_listing i ON i.code_id = l.id
CROSS JOIN LATERAL (SELECT max(f.valid_to) AS since FROM codes_formerlisting f WHERE f.code_id = l.id) held
"""
_AFTER_LISTINGS = [
    "DELETE FROM codes_formerlisting WHERE valid_to = 'infinity'",
    """
    UPDATE codes_code c SET valid_from = %(since)s FROM incoming_code i JOIN listed l USING (id)
    WHERE c.id = i.id AND l.stated > %(effective)s AND i.valid_from IS NULL AND c.valid_from > %(effective)s
    """,
    """
    UPDATE codes_formerlisting f SET valid_from = c.valid_from FROM codes_code c
    WHERE c.id = f.code_id AND f.valid_from IS NULL AND c.valid_from < f.valid_to
    """,
]
# What was in the oldest release held since nobody knew when; this one, older still, does not list it.
_BEGIN_LATER = [
    """
    UPDATE codes_code c SET valid_from = %(ends)s FROM listed l
    WHERE c.id = l.id AND l.stated > %(effective)s AND c.valid_from IS NULL
        AND (c.valid_to IS NULL OR c.valid_to > %(ends)s) AND %(closes)s AND %(since)s::date IS NULL
        AND c.id NOT IN (SELECT id FROM incoming_code UNION ALL TABLE incoming_kept)
    """,
    """
    UPDATE codes_formerlisting f SET valid_from = c.valid_from FROM codes_code c
    WHERE c.id = f.code_id AND f.valid_from IS NULL AND c.valid_from < f.valid_to
    """,
]
_END = [
    """
    UPDATE codes_code c SET valid_to = greatest(%(effective)s, c.valid_from + 1) FROM listed l
    WHERE c.id = l.id AND l.stated <= %(effective)s AND c.valid_to = %(ends)s AND %(closes)s
        AND c.id NOT IN (SELECT id FROM incoming_code UNION ALL TABLE incoming_kept)
    """,
    """
    DELETE FROM incoming_replacement r USING listed l WHERE r.code_id = l.id AND l.stated > %(effective)s
    """,
    "DELETE FROM incoming_code i USING listed l WHERE i.id = l.id AND l.stated > %(effective)s",
    """
    UPDATE incoming_code SET valid_to = greatest(%(ends)s, coalesce(valid_from, %(effective)s) + 1)
    WHERE valid_to IS NULL
    """,
]


def put_in(cursor: Any, window: Window, release: Release, values: dict[str, Any], *, notes: bool) -> None:
    """Give the codes that newer releases list the listings of these days, and tell what changed on either side.

    Of the staged codes those are left that no newer release lists; they end where the following one begins.
    """
    assert window.following  # noqa: S101 - what the caller asked
    values = values | {"following": window.following.pk}
    cursor.execute("DROP TABLE IF EXISTS before, after, stated, notes_before, notes_after, notes_stated")
    cursor.execute("DROP TABLE IF EXISTS incoming_listing")
    for table, day in (("before", "effective"), ("after", "ends")):
        cursor.execute(_LISTED_ON.format(table=table, day=day), values)
        cursor.execute(_NOTES_ON.format(table=table, day=day), values)
    cursor.execute(_STATED)
    cursor.execute(_NOTES_STATED)
    _tell(cursor, values, changes_too=window.previous is not None, notes=notes)
    cursor.execute(_OTHERWISE, values)
    cursor.execute(_SPREAD, values)
    Ranges(
        cursor,
        FormerListing,
        "incoming_listing",
        key=("code_id",),
        values=("title", "billable"),
        window=window,
        release=release,
        kept=EVERY,
        worded=True,
        scope=sql.SQL("t.release_id IN (SELECT id FROM codes_release WHERE dataset = {})").format(
            sql.Literal(release.dataset)
        ),
    ).bring_in_line()
    for statement in (*_AFTER_LISTINGS, *_BEGIN_LATER, *_END):
        cursor.execute(statement, values)


def _tell(cursor: Any, values: dict[str, Any], *, changes_too: bool, notes: bool) -> None:
    """What the following release changed of this one; and, where an older one is loaded, what this one changed."""
    told = [("stated", "after", "following"), *([("before", "stated", "release")] if changes_too else [])]
    cursor.execute(_FORGET, values | {"told": [*_KINDS_OF_CODES, *(["notes"] if notes else [])]})
    for old, new, release in told:
        cursor.execute(_TELL_CODES.format(old=old, new=new, release=release), values)
        if notes:
            cursor.execute(_TELL_NOTES.format(old=old, new=new, release=release), values)
