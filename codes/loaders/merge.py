"""Brings a public-domain release into the tables: staged by COPY, merged by sets, in one transaction.

Readers see the old release until the transaction ends, and a load killed at any point leaves nothing behind. What our
own texts state of a code is never touched (`codes.loaders.own_texts` writes that).
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from codes.loaders.headings import merge_headings, settle
from codes.loaders.modifiers import merge_official_modifiers
from codes.loaders.outcome import FileRefused, Outcome
from codes.loaders.staged import StagedCode, StagedRelease
from codes.models import Code, Release
from codes.sections import SECTION_KINDS
from codes.systems import System

_SMALLEST_SHARE = 0.8  # a release with fewer codes than this share of the one before it is taken for a torn file

_STAGING = [
    "DROP TABLE IF EXISTS incoming_code, incoming_note, incoming_descriptor, incoming_replacement",
    """
    CREATE TEMP TABLE incoming_code (
        id bigint, code text, title text, heading_id bigint, parent_id bigint, lineage bigint[], position int,
        billable boolean, synonyms text, valid_from date, valid_to date
    ) ON COMMIT DROP
    """,
    """
    CREATE TEMP TABLE incoming_note (
        code_id bigint, heading_id bigint, kind text, text text, html text
    ) ON COMMIT DROP
    """,
    "CREATE TEMP TABLE incoming_descriptor (code_id bigint, kind text, text text) ON COMMIT DROP",
    """
    CREATE TEMP TABLE incoming_replacement (
        code_id bigint, target_system text, target_code text, position int
    ) ON COMMIT DROP
    """,
]

_LISTED = """
CREATE TEMP TABLE listed ON COMMIT DROP AS
SELECT c.id, c.official_title, c.billable, c.valid_from, c.valid_to, c.release_id
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
    SELECT id, 'ended' FROM listed WHERE valid_to IS NULL AND id NOT IN (SELECT id FROM incoming_code)
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
WHERE c.id = listed.id AND c.valid_to IS NULL AND c.id NOT IN (SELECT id FROM incoming_code)
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

# What the release does not say in the same words ends where it takes effect; what began that very day, as in a release
# that corrects another, never held. What it does say in the same words stays, with the dates it has, and is now its.
_BRING_IN_LINE = [
    """
    DELETE FROM {stored} s
    WHERE {open} AND (s.valid_from IS NOT DISTINCT FROM %(since)s::date OR s.valid_from >= %(effective)s) AND {gone}
    """,
    "UPDATE {stored} s SET valid_to = %(effective)s WHERE {open} AND {gone}",
    "UPDATE {stored} s SET release_id = %(release)s FROM {incoming} i WHERE {open} AND {same}",
    "DELETE FROM {incoming} i USING {stored} s WHERE {open} AND {same}",
]
_OPEN = "s.valid_to IS NULL AND s.release_id IN (SELECT id FROM codes_release WHERE dataset = %(dataset)s)"


def _in_line(stored: str, incoming: str, same: str) -> list[str]:
    gone = f"NOT EXISTS (SELECT FROM {incoming} i WHERE {same})"
    return [
        statement.format(stored=stored, incoming=incoming, open=_OPEN, gone=gone, same=same)
        for statement in _BRING_IN_LINE
    ]


_SAME_NOTE = """
    coalesce(s.code_id, 0) = coalesce(i.code_id, 0) AND coalesce(s.heading_id, 0) = coalesce(i.heading_id, 0)
    AND s.kind = i.kind AND s.text = i.text
"""
_NOTES = [
    f"""
    UPDATE codes_section s SET html = i.html FROM incoming_note i
    WHERE {_OPEN} AND {_SAME_NOTE} AND s.html <> i.html
    """,  # noqa: S608 - of constants
    *_in_line("codes_section", "incoming_note", _SAME_NOTE),
    """
    INSERT INTO codes_section (
        code_id, heading_id, kind, text, html, author, written, reviewer, reviewed, state, release_id, valid_from
    )
    SELECT code_id, heading_id, kind, text, html, '', NULL, '', NULL, 'official', %(release)s, %(since)s
    FROM incoming_note
    """,
]

_SAME_DESCRIPTOR = "s.code_id = i.code_id AND s.kind = i.kind AND s.text = i.text"
_DESCRIPTORS = [
    *_in_line("codes_descriptor", "incoming_descriptor", _SAME_DESCRIPTOR),
    """
    INSERT INTO codes_descriptor (code_id, kind, text, licensed, release_id, valid_from)
    SELECT code_id, kind, text, false, %(release)s, %(since)s FROM incoming_descriptor
    """,
]

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
    """Make a release the one that readers see. The same content again changes nothing. `by` is who loads it.

    Codes that the release before listed and this one does not are closed on its effective date, not deleted, and so
    are texts, official wordings, titles and whether a code is billable where this release says otherwise. Raises
    FileRefused for a release that is older than the loaded one, or holds so few codes that the file must be torn.
    """
    with connection.cursor() as cursor:
        # Two loads of one dataset at once would both find it missing: the second waits here for the first.
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"codes.load:{staged.dataset}"])
        current = Release.objects.current(staged.dataset)
        if current and current.checksum == staged.checksum:
            return Outcome(current, fresh=False)
        _refuse_stale(staged, current)
        release = _record(staged, at, by)
        values: dict[str, Any] = {
            "system": staged.system.value,
            "dataset": staged.dataset,
            "release": release.pk,
            "effective": release.effective,
            "edition": release.edition,
            "since": release.effective if _follows(release) else None,
            "at": at,
            "kinds": list(SECTION_KINDS),
            "headings": [kind.heading for kind in SECTION_KINDS.values()],
        }
        _stage(cursor, staged, merge_headings(staged.system, staged.headings, release))
        cursor.execute("DROP TABLE IF EXISTS listed")
        cursor.execute(_LISTED, values)
        if current:
            cursor.execute(_TELL_CODES, values)
            if not staged.keeps_notes:
                cursor.execute(_TELL_NOTES, values)
        codes = (_CLOSE, _KEEP_LISTINGS, _UPDATE, _INSERT)
        notes = () if staged.keeps_notes else _NOTES
        for statement in (*codes, *notes, *_DESCRIPTORS, *_REPLACEMENTS, _DATE_CHANGED):
            cursor.execute(statement, values)
    merge_official_modifiers(staged.modifiers, release)
    settle(staged.system)
    return Outcome(release, fresh=True)


def _record(staged: StagedRelease, at: datetime, by: str) -> Release:
    release, _ = Release.objects.update_or_create(
        dataset=staged.dataset,
        checksum=staged.checksum,
        defaults={
            "version": staged.version,
            "title": staged.title,
            "owner": staged.owner,
            "effective": staged.effective,
            "last_day": staged.last_day,
            "file_name": staged.file_name,
            "rows": len(staged.codes) + len(staged.modifiers),
            "left_out": staged.left_out,
            "refused": staged.refused,
            "loaded_at": at,
            "loaded_by": by,
        },
    )
    return release


def _follows(release: Release) -> bool:
    """Whether an older release was loaded: without one, nobody here knows since when its words hold."""
    return Release.objects.filter(dataset=release.dataset, effective__lt=release.effective).exists()


def _refuse_stale(staged: StagedRelease, current: Release | None) -> None:
    if current is None:
        return
    if staged.effective < current.effective:
        raise FileRefused(
            f"{staged.title}, {staged.version} holds from {staged.effective:%B %-d, %Y}, but {current}, "
            f"which holds from {current.effective:%B %-d, %Y}, is loaded already. Load releases in their order."
        )
    rows = len(staged.codes) + len(staged.modifiers)
    if rows < current.rows * _SMALLEST_SHARE:
        raise FileRefused(
            f"{staged.file_name} holds {rows:,} rows where {current} held {current.rows:,}: it looks cut off."
        )


def _stage(cursor: Any, staged: StagedRelease, headings: dict[str, int]) -> None:
    """COPY everything into temporary tables, with the ids that codes have or will have."""
    for statement in _STAGING:
        cursor.execute(statement)
    ids = _ids(cursor, staged)
    with cursor.copy("COPY incoming_code FROM STDIN") as copy:
        for row in _code_rows(staged.codes, ids, headings):
            copy.write_row(row)
    with cursor.copy("COPY incoming_note FROM STDIN") as copy:
        for note in staged.notes:
            place = (ids[note.code], None) if note.code else (None, headings[note.heading or ""])
            copy.write_row((*place, note.kind, note.text, note.html))
    with cursor.copy("COPY incoming_descriptor FROM STDIN") as copy:
        for descriptor in staged.descriptors:
            copy.write_row((ids[descriptor.code], descriptor.kind, descriptor.text))
    with cursor.copy("COPY incoming_replacement FROM STDIN") as copy:
        for position, (code, other) in enumerate(staged.replacements):
            if target := next((system for system in System if system.normalize(other) == other), None):
                copy.write_row((ids[code], target.value, other, position))
    for table in ("incoming_code", "incoming_note", "incoming_descriptor", "incoming_replacement"):
        cursor.execute(f"ANALYZE {table}")


def _ids(cursor: Any, staged: StagedRelease) -> dict[str, int]:
    """The id of each code: the one it has, or the next free one."""
    ids = dict(Code.objects.filter(system=staged.system).values_list("code", "pk"))
    fresh = [row.code for row in staged.codes if row.code not in ids]
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence('codes_code', 'id')) FROM generate_series(1, %s)", [len(fresh)]
    )
    ids.update(zip(fresh, (key for (key,) in cursor.fetchall()), strict=True))
    return ids


def _code_rows(codes: Iterable[StagedCode], ids: dict[str, int], headings: dict[str, int]) -> Iterator[tuple[Any, ...]]:
    lineages: dict[str | None, list[int]] = {None: []}
    for position, row in enumerate(codes, start=1):
        lineage = lineages[row.parent] + ([ids[row.parent]] if row.parent else [])
        lineages[row.code] = lineage
        yield (
            ids[row.code],
            row.code,
            row.title,
            headings[row.heading],
            ids[row.parent] if row.parent else None,
            lineage,
            position,
            row.billable,
            row.synonyms,
            row.valid_from,
            row.valid_to,
        )
