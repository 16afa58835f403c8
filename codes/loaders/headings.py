"""Chapters and blocks: written by every loader, then numbered and counted again."""

from collections.abc import Iterable, Sequence

from django.db import connection
from django.utils.text import slugify

from codes.loaders.staged import StagedHeading
from codes.models import Heading, Release
from codes.systems import System


def path_slug(path: Sequence[str]) -> str:
    """The slug of a heading that is known by its path of names, top first."""
    return slugify(" ".join(path))[:80].strip("-")


def merge_headings(
    system: System, staged: Iterable[StagedHeading], release: Release, *, older: bool = False
) -> dict[str, int]:
    """Store headings in their order; answers the id of each slug. A heading must come after the one above it.

    Those of an `older` release are added where no newer one has them, each after the one that it follows.
    """
    known = {heading.slug: heading for heading in Heading.objects.filter(system=system)}
    stood, before = set(known), 0
    for position, row in enumerate(staged):
        if older and row.slug in stood:
            before = known[row.slug].position
            continue
        above = known[row.parent] if row.parent else None
        heading = known.setdefault(row.slug, Heading(system=system, slug=row.slug))
        heading.label, heading.title = row.label, row.title
        heading.parent = above
        heading.lineage = [*above.lineage, above.pk] if above else []
        heading.position, heading.release = before if older else position, release
        heading.save()
    return {slug: heading.pk for slug, heading in known.items()}


# The Tabular List has an order of its own (C7A stands before C76), which its release states; the others count up.
_AS_STATED = {System.ICD10CM}

# Codes that end in a letter (of CPT: categories II and III, laboratory analyses) are counted apart, after the numbers.
IN_ORDER = """ (translate(right({code}, 1), '0123456789', '') || {code}) COLLATE "C" """

# Codes that the newest release no longer lists stand after the one that comes before them.
_PLACE_FORMER = """
WITH newest AS (
    SELECT id FROM codes_release WHERE dataset = %(system)s ORDER BY effective DESC, partial, loaded_at DESC LIMIT 1
), marked AS (
    SELECT id, position, release_id = (TABLE newest) AS listed,
        count(*) FILTER (WHERE release_id = (TABLE newest)) OVER (ORDER BY code COLLATE "C") AS block
    FROM codes_code WHERE system = %(system)s
), placed AS (
    SELECT id, listed, max(position) FILTER (WHERE listed) OVER (PARTITION BY block) AS place FROM marked
)
UPDATE codes_code c SET position = coalesce(placed.place, 0) FROM placed WHERE placed.id = c.id AND NOT placed.listed
"""

_NUMBER_HEADINGS = """
UPDATE codes_heading h SET position = numbered.place FROM (
    SELECT top.id, row_number() OVER (ORDER BY min({order}), cardinality(top.lineage)) AS place
    FROM codes_heading top
    JOIN codes_heading below ON below.id = top.id OR top.id = ANY(below.lineage)
    JOIN codes_code c ON c.heading_id = below.id
    WHERE top.system = %(system)s GROUP BY top.id
) AS numbered
WHERE numbered.id = h.id AND h.position <> numbered.place
"""

_NUMBER = """
UPDATE codes_code SET position = numbered.place FROM (
    SELECT id, row_number() OVER (ORDER BY {order}) AS place FROM codes_code WHERE system = %(system)s
) AS numbered
WHERE numbered.id = codes_code.id AND codes_code.position <> numbered.place
"""

_PRUNE = """
WITH used AS (
    SELECT unnest(lineage || id) AS id FROM codes_heading
    WHERE id IN (SELECT DISTINCT heading_id FROM codes_code WHERE system = %(system)s)
), barren AS (
    SELECT id FROM codes_heading WHERE system = %(system)s AND id NOT IN (TABLE used)
), bare AS (
    DELETE FROM codes_section WHERE heading_id IN (TABLE barren)
)
DELETE FROM codes_heading WHERE id IN (TABLE barren)
"""

# Each step is materialized: of a table that has just been filled, the planner knows too little to choose their order.
_COUNT = """
WITH direct AS MATERIALIZED (
    SELECT heading_id, count(*) AS billable FROM codes_code
    WHERE system = %(system)s AND billable AND valid_to IS NULL GROUP BY heading_id
), total AS MATERIALIZED (
    SELECT above.id, sum(direct.billable) AS billable
    FROM direct JOIN codes_heading h ON h.id = direct.heading_id CROSS JOIN unnest(h.lineage || h.id) AS above (id)
    GROUP BY above.id
)
UPDATE codes_heading h SET billable_codes = counted.billable FROM (
    SELECT each.id, coalesce(total.billable, 0) AS billable
    FROM codes_heading each LEFT JOIN total ON total.id = each.id WHERE each.system = %(system)s
) AS counted
WHERE counted.id = h.id AND h.billable_codes <> counted.billable
"""


def settle(system: System) -> None:
    """After a load: number the codes of a system from 1, drop headings that hold none, and count the rest."""
    values = {"system": system.value}
    order = 'position, code COLLATE "C"' if system in _AS_STATED else IN_ORDER.format(code="code")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE codes_code")  # what follows reads all of it, and it may have just been filled
        if system in _AS_STATED:
            cursor.execute(_PLACE_FORMER, values)
        cursor.execute(_NUMBER.format(order=order), values)
        cursor.execute(_PRUNE, values)
        if system not in _AS_STATED:
            cursor.execute(_NUMBER_HEADINGS.format(order=IN_ORDER.format(code="c.code")), values)
        cursor.execute(_COUNT, values)
        cursor.execute("ANALYZE codes_section")
