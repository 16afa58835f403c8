"""Brings a public-domain release into the tables: staged by COPY, merged by sets, in one transaction.

Readers see the old release until the transaction ends, and a load killed at any point leaves nothing behind. What our
own texts state of a code is never touched (`codes.loaders.own_texts` writes that).
"""

from datetime import datetime
from functools import partial
from typing import Any

from django.db import connection, transaction
from psycopg import sql

from codes.loaders.headings import merge_headings, settle
from codes.loaders.modifiers import merge_official_modifiers
from codes.loaders.older import put_in
from codes.loaders.outcome import Outcome
from codes.loaders.ranges import EVERY, Ranges
from codes.loaders.staged import StagedRelease
from codes.loaders.staging import stage
from codes.loaders.window import Window
from codes.models import Descriptor, Release, Section
from codes.sections import SECTION_KINDS

_LISTED = """
CREATE TEMP TABLE listed ON COMMIT DROP AS
SELECT c.id, c.official_title, c.billable, c.valid_from, c.valid_to, c.release_id, r.effective AS stated
FROM codes_code c JOIN codes_release r ON r.id = c.release_id
WHERE c.system = %(system)s AND r.dataset = %(dataset)s
"""

_TELL_CODES = """
INSERT INTO codes_change (code_id, release_id, kind, note, at)
SELECT id, %(release)s, kind, '', %(at)s FROM (
    SELECT i.id, 'added' AS kind FROM incoming_code i WHERE i.id NOT IN (SELECT id FROM listed)
    UNION ALL
    SELECT id, 'renamed' FROM incoming_code i JOIN listed l USING (id) WHERE l.official_title <> i.title
    UNION ALL
    SELECT id, 'billable' FROM incoming_code i JOIN listed l USING (id) WHERE l.billable <> i.billable
    UNION ALL
    SELECT id, CASE WHEN i.valid_to IS NOT NULL THEN 'ended' ELSE 'dated' END
    FROM incoming_code i JOIN listed l USING (id)
    WHERE l.valid_to IS DISTINCT FROM i.valid_to OR l.valid_from <> i.valid_from
    UNION ALL
    SELECT id, 'ended' FROM listed
    WHERE valid_to IS NULL AND %(closes)s AND id NOT IN (SELECT id FROM incoming_code UNION ALL TABLE incoming_kept)
) AS told
"""

_TELL_NOTES = """
WITH old AS (
    SELECT s.code_id, s.kind, s.text FROM codes_section s JOIN incoming_code i ON i.id = s.code_id
    WHERE s.state = 'official' AND s.valid_to IS NULL
), fresh AS (
    SELECT n.code_id, n.kind, n.text FROM incoming_note n JOIN listed l ON l.id = n.code_id
), changed AS (
    (TABLE old EXCEPT TABLE fresh) UNION (TABLE fresh EXCEPT TABLE old)
)
INSERT INTO codes_change (code_id, release_id, kind, note, at)
SELECT code_id, %(release)s, 'notes', string_agg(DISTINCT heading, ', '), %(at)s
FROM changed JOIN unnest(%(kinds)s::text[], %(headings)s::text[]) AS names (kind, heading) USING (kind)
GROUP BY code_id
"""

_CLOSE = """
UPDATE codes_code c SET valid_to = greatest(%(effective)s, c.valid_from + 1) FROM listed
WHERE c.id = listed.id AND c.valid_to IS NULL AND %(closes)s
    AND c.id NOT IN (SELECT id FROM incoming_code UNION ALL TABLE incoming_kept)
"""

_KEEP_LISTINGS = """
INSERT INTO codes_formerlisting (code_id, title, billable, valid_from, valid_to, release_id)
SELECT l.id, l.official_title, l.billable, held.since, %(effective)s, l.release_id
FROM listed l
JOIN incoming_code i USING (id)
CROSS JOIN LATERAL (
    SELECT coalesce(max(f.valid_to), l.valid_from) AS since FROM codes_formerlisting f WHERE f.code_id = l.id
) held
WHERE (l.official_title <> i.title OR l.billable <> i.billable)
    AND %(since)s::date IS NOT NULL AND (held.since IS NULL OR held.since < %(effective)s)
"""

_UPDATE = """
UPDATE codes_code c SET
    official_title = i.title, heading_id = i.heading_id, parent_id = i.parent_id, lineage = i.lineage,
    position = i.position, billable = i.billable, synonyms = i.synonyms,
    flags = array_remove(c.flags, 'header') || CASE WHEN i.billable THEN '{}' ELSE '{header}' END::varchar[],
    valid_from = coalesce(i.valid_from, c.valid_from), valid_to = i.valid_to,
    edition = %(edition)s, release_id = %(release)s,
    changed_at = CASE WHEN c.id IN (SELECT id FROM listed) THEN c.changed_at ELSE %(at)s END
FROM incoming_code i WHERE c.id = i.id
"""

_INSERT = """
INSERT INTO codes_code (
    id, system, code, own_title, official_title, heading_id, parent_id, lineage, position, billable, synonyms, flags,
    valid_from, valid_to, edition, release_id, changed_at, unit, specialties, places, modifiers, gist
)
SELECT
    id, %(system)s, code, '', title, heading_id, parent_id, lineage, position, billable, synonyms,
    CASE WHEN billable THEN '{}' ELSE '{header}' END::varchar[],
    coalesce(valid_from, %(since)s::date), valid_to, %(edition)s, %(release)s, %(at)s, '', '{}', '{}', '{}', ''
FROM incoming_code WHERE id NOT IN (SELECT id FROM codes_code WHERE system = %(system)s)
"""

# Notes that say the same are shown as the newest release has them: its codes are those that they link to.
_LINK_NOTES = """
UPDATE codes_section s SET html = i.html FROM incoming_note i
WHERE s.valid_to IS NULL AND s.release_id IN (SELECT id FROM codes_release WHERE dataset = %(dataset)s)
    AND coalesce(s.code_id, 0) = coalesce(i.code_id, 0) AND coalesce(s.heading_id, 0) = coalesce(i.heading_id, 0)
    AND s.kind = i.kind AND s.text = i.text AND s.html <> i.html
"""
_OFFICIAL = {"author": "", "written": None, "reviewer": "", "reviewed": None, "state": "official"}

_REPLACEMENTS = [
    "DELETE FROM codes_relation r USING incoming_code i WHERE r.code_id = i.id AND r.kind = 'replacement'",
    """
    INSERT INTO codes_relation (code_id, kind, target_system, target_code, position)
    SELECT code_id, 'replacement', target_system, target_code, position FROM incoming_replacement
    """,
]

_DATE_CHANGED = """
UPDATE codes_code SET changed_at = %(at)s
WHERE id IN (SELECT code_id FROM codes_change WHERE release_id = %(release)s AND at = %(at)s)
"""


@transaction.atomic
def merge(staged: StagedRelease, at: datetime, by: str = "") -> Outcome:
    """Bring a release in. The same content again changes nothing. `by` is who loads it.

    It may be newer or older than those that are loaded: it speaks of the days from its own until the next one's. Codes
    that the release before listed and this one does not are closed on its effective date, not deleted, and so
    are texts, official wordings, titles and whether a code is billable where this release says otherwise. Raises
    FileRefused for one that holds so few codes that the file must be torn.
    """
    with connection.cursor() as cursor:
        # Two loads of one dataset at once would both find it missing: the second waits here for the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"codes.load:{staged.dataset}"])
        if loaded := Release.objects.standing(staged.dataset, staged.checksum, staged.effective):
            return Outcome(loaded, fresh=False)
        window = Window.of(staged.dataset, staged.effective)
        if not staged.partial:
            window.refuse_torn(staged.file_name, len(staged.codes) + len(staged.modifiers) + staged.refused)
        release = _record(staged, at, by)
        older = window.following is not None
        stage(cursor, staged, merge_headings(staged.system, staged.headings, release, older=older))
        values = _values(staged, release, window, at)
        cursor.execute("DROP TABLE IF EXISTS listed")
        cursor.execute(_LISTED, values)
        if older:
            put_in(cursor, window, release, values, notes=not staged.keeps_notes)
        else:
            if window.previous or window.corrected:
                cursor.execute(_TELL_CODES, values)
                if not staged.keeps_notes:
                    cursor.execute(_TELL_NOTES, values)
            cursor.execute(_CLOSE, values)
        for statement in (_KEEP_LISTINGS, _UPDATE, _INSERT):
            cursor.execute(statement, values)
        if not older and not staged.keeps_notes:
            cursor.execute(_LINK_NOTES, values)
        _bring_in_words(cursor, staged, window, release)
        for statement in (*_REPLACEMENTS, _DATE_CHANGED):
            cursor.execute(statement, values)
    merge_official_modifiers(staged, release, window)
    settle(staged.system)
    return Outcome(release, fresh=True)


def _values(staged: StagedRelease, release: Release, window: Window, at: datetime) -> dict[str, Any]:
    """What the statements name."""
    return {
        "system": staged.system.value,
        "dataset": staged.dataset,
        "release": release.pk,
        "effective": release.effective,
        "edition": release.edition,
        "since": window.since,
        "ends": window.ends,
        "closes": staged.closes,
        "at": at,
        "kinds": list(SECTION_KINDS),
        "headings": [kind.heading for kind in SECTION_KINDS.values()],
    }


def _bring_in_words(cursor: Any, staged: StagedRelease, window: Window, release: Release) -> None:
    """Notes and official wordings, with the dates for which they hold."""
    scope = sql.SQL("t.release_id IN (SELECT id FROM codes_release WHERE dataset = {})").format(
        sql.Literal(staged.dataset)
    )
    kept = sql.SQL("(t.code_id IS NOT NULL AND t.code_id IN (TABLE incoming_kept))") if staged.closes else EVERY
    words = partial(Ranges, cursor, window=window, release=release, scope=scope, kept=kept, worded=True)
    if not staged.keeps_notes:
        words(
            model=Section,
            incoming="incoming_note",
            key=("code_id", "heading_id", "kind"),
            may_be_empty=("code_id", "heading_id"),
            values=("text",),
            carried=("html",),
            constants=_OFFICIAL,
        ).bring_in_line()
    words(
        model=Descriptor,
        incoming="incoming_descriptor",
        key=("code_id", "kind"),
        values=("text",),
        constants={"licensed": False},
    ).bring_in_line()


def _record(staged: StagedRelease, at: datetime, by: str) -> Release:
    release, _ = Release.objects.update_or_create(
        dataset=staged.dataset,
        checksum=staged.checksum,
        effective=staged.effective,
        defaults={
            "version": staged.version,
            "title": staged.title,
            "owner": staged.owner,
            "last_day": staged.last_day,
            "file_name": staged.file_name,
            "rows": len(staged.codes) + len(staged.modifiers),
            "left_out": staged.left_out,
            "refused": staged.refused,
            "partial": staged.partial,
            "loaded_at": at,
            "loaded_by": by,
        },
    )
    return release
