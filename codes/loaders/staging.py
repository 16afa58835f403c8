"""The rows of a release of codes as temporary tables, filled by COPY, with the ids that codes have or will have."""

from collections.abc import Iterable, Iterator
from typing import Any

from codes.loaders.staged import StagedCode, StagedRelease
from codes.models import Code
from codes.systems import System

_STAGING = [
    "DROP TABLE IF EXISTS incoming_code, incoming_note, incoming_descriptor, incoming_replacement, incoming_kept",
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
    "CREATE TEMP TABLE incoming_kept (id bigint) ON COMMIT DROP",  # codes of which it says nothing that can be read
]


def stage(cursor: Any, staged: StagedRelease, headings: dict[str, int]) -> None:
    """COPY everything into temporary tables, with the ids that codes have or will have."""
    for statement in _STAGING:
        cursor.execute(statement)
    known = dict(Code.objects.filter(system=staged.system).values_list("code", "pk"))
    ids = known | _new_ids(cursor, [row.code for row in staged.codes if row.code not in known])
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
    with cursor.copy("COPY incoming_kept FROM STDIN") as copy:
        for code in staged.kept:
            if code in known:
                copy.write_row((known[code],))
    cursor.execute("DELETE FROM incoming_code WHERE id IN (SELECT id FROM incoming_kept)")
    for table in ("incoming_code", "incoming_note", "incoming_descriptor", "incoming_replacement", "incoming_kept"):
        cursor.execute(f"ANALYZE {table}")


def _new_ids(cursor: Any, codes: list[str]) -> dict[str, int]:
    """The next free id for each code."""
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence('codes_code', 'id')) FROM generate_series(1, %s)", [len(codes)]
    )
    return dict(zip(codes, (key for (key,) in cursor.fetchall()), strict=True))


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
