"""The codes of CPT that a public file names: each has a page, even where nothing of ours is written of it.

A load writes down which codes its data set names, and from when to when (`Mention`). A code that our texts do not
describe is in the reference as long as a mention is: without a title, and without dates of its own, since no public
file states since when a code of CPT holds. Codes of HCPCS Level II have a title in the public domain, and are made by
the file of their owner alone.
"""

from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from codes.cpt_headings import path_of
from codes.loaders.headings import IN_ORDER, merge_headings, path_slug, settle
from codes.loaders.staged import StagedHeading
from codes.models import Code, Heading, Mention, Release
from codes.systems import System

Dataset = Release.Dataset

_PTP = """
SELECT column1 AS code, valid_from, valid_to FROM codes_ptpedit WHERE setting = '{0}'
UNION ALL SELECT column2, valid_from, valid_to FROM codes_ptpedit WHERE setting = '{0}'
"""
_MUE = "SELECT code, valid_from, valid_to FROM codes_mue WHERE setting = '{0}'"
_COVERAGE = "SELECT code, valid_from, valid_to FROM codes_coveragecode WHERE kind = '{0}'"
_VALUES = "SELECT code, valid_from, valid_to FROM codes_relativevalue WHERE {0}"

_NAMED: dict[str, str] = {
    # An edition of CPT is a whole list: what only an older one holds was listed through that year.
    Dataset.CPT: """
        SELECT code, valid_from, CASE
            WHEN edition < max(edition) OVER () THEN make_date(edition + 1, 1, 1) ELSE valid_to
        END AS valid_to FROM codes_licenseddescriptor
    """,
    Dataset.MPFS: _VALUES.format("NOT qpp"),
    Dataset.MPFS_QPP: _VALUES.format("qpp"),
    Dataset.PFALL: "SELECT code, valid_from, valid_to FROM codes_localityamount",
    Dataset.MUE_PRACTITIONER: _MUE.format("practitioner"),
    Dataset.MUE_HOSPITAL: _MUE.format("hospital"),
    Dataset.MUE_DME: _MUE.format("dme"),
    Dataset.ADD_ON: """
        SELECT add_on AS code, valid_from, valid_to FROM codes_addonedit
        UNION ALL SELECT "primary", valid_from, valid_to FROM codes_addonedit
    """,
    Dataset.PTP_PRACTITIONER: _PTP.format("practitioner"),
    Dataset.PTP_HOSPITAL: _PTP.format("hospital"),
    Dataset.COVERAGE_NCD: _COVERAGE.format("ncd"),
    Dataset.COVERAGE_LCD: _COVERAGE.format("lcd"),
    Dataset.COVERAGE_ARTICLE: _COVERAGE.format("article"),
}

_MENTION = """
INSERT INTO codes_mention (code, dataset, valid_from, valid_to, release_id)
SELECT code, %(dataset)s, min(valid_from), nullif(max(coalesce(valid_to, 'infinity')), 'infinity'), %(release)s
FROM ({source}) AS named (code, valid_from, valid_to) GROUP BY code HAVING code ~ '^[0-9]{{4}}[0-9A-Z]$'
"""

# Numbered as `settle` will number them, which then has few rows to write again.
_INSERT = f"""
INSERT INTO codes_code (
    system, code, heading_id, release_id, edition, position, changed_at, own_title, official_title, lineage, billable,
    flags, unit, specialties, places, modifiers, synonyms, gist
)
SELECT
    'cpt', code, heading, release, edition, place, %s, '', '', '{{}}', true, '{{}}', '', '{{}}', '{{}}', '{{}}', '', ''
FROM (
    SELECT *, row_number() OVER (ORDER BY {IN_ORDER.format(code="code")}) AS place
    FROM (
        SELECT code, NULL::bigint, NULL::bigint, NULL::smallint FROM codes_code WHERE system = 'cpt'
        UNION ALL SELECT * FROM unnest(%s::text[], %s::bigint[], %s::bigint[], %s::smallint[])
    ) AS every_code (code, heading, release, edition)
) AS numbered
WHERE heading IS NOT NULL
"""  # noqa: S608 - of constants

# The mention that a code without a title is listed by: one that still holds, by the order of `Mention.SOURCES`.
_LIST = """
UPDATE codes_code c SET
    release_id = best.release_id, edition = extract(year FROM best.effective), introduced = NULL,
    valid_from = NULL, valid_to = NULL
FROM (
    SELECT DISTINCT ON (m.code) m.code, m.release_id, r.effective
    FROM codes_mention m JOIN codes_release r ON r.id = m.release_id
    ORDER BY m.code, m.valid_to IS NULL DESC, array_position(%(datasets)s::varchar[], m.dataset)
) AS best
WHERE c.system = 'cpt' AND c.title = '' AND c.code = best.code AND c.release_id <> best.release_id
"""


@transaction.atomic
def record(release: Release) -> None:
    """Write down which codes the data set of a release names now, and bring the codes without a text in line."""
    if release.dataset not in Mention.SOURCES:
        return
    with connection.cursor() as cursor:
        _lock(cursor)
        Mention.objects.filter(dataset=release.dataset).delete()
        values: dict[str, Any] = {"dataset": release.dataset, "release": release.pk}
        cursor.execute(_MENTION.format(source=_NAMED[release.dataset]), values)
    follow()


def catch_up() -> list[Release]:
    """Do so for what was loaded before codes were made of it. Answers the releases that were new to this."""
    known = set(Mention.objects.values_list("dataset", flat=True).distinct())
    late = [release for dataset, release in Release.objects.newest().items() if dataset in {*Mention.SOURCES} - known]
    for release in late:
        record(release)
    return late


@transaction.atomic
def follow() -> None:
    """Make the codes of CPT that are mentioned and missing, and take away those that nothing names or describes."""
    with connection.cursor() as cursor:
        _lock(cursor)
        mentioned = Mention.objects.filter(code=OuterRef("code"))
        gone, _ = Code.objects.filter(~Exists(mentioned), system=System.CPT, title="").delete()
        fresh = _missing()
        if fresh:
            _make(fresh, cursor)
        cursor.execute(_LIST, {"datasets": Mention.SOURCES})
    if gone or fresh:
        settle(System.CPT)


def _lock(cursor: Any) -> None:
    """Two loads at once would both find a code missing: the second waits here for the first."""
    cursor.execute("SELECT pg_advisory_xact_lock(hashtext('codes.load:mentions'))")


def _missing() -> dict[str, Release]:
    """Codes that are mentioned and not in the reference, each with a release that names it."""
    known = Code.objects.filter(system=System.CPT, code=OuterRef("code"))
    found = Mention.objects.filter(~Exists(known)).select_related("release")
    return {mention.code: mention.release for mention in found}


def _make(fresh: dict[str, Release], cursor: Any) -> None:
    headings = _headings({path_of(code) for code in fresh}, next(iter(fresh.values())))
    columns = [
        (code, headings[path_slug(path_of(code))], release.pk, release.effective.year)
        for code, release in fresh.items()
    ]
    cursor.execute(_INSERT, [timezone.now(), *map(list, zip(*columns, strict=True))])


def _headings(paths: set[tuple[str, ...]], release: Release) -> dict[str, int]:
    """The ids of headings by slug; those that are there already stay as they are."""
    known = dict(Heading.objects.filter(system=System.CPT).values_list("slug", "pk"))
    staged: dict[str, StagedHeading] = {}
    for path in sorted(paths):
        for depth, name in enumerate(path, 1):
            above = path_slug(path[: depth - 1]) or None
            slug = path_slug(path[:depth])
            staged.setdefault(slug, StagedHeading(slug, "", name, above))
    if set(staged) <= set(known):
        return known
    return merge_headings(System.CPT, [row for slug, row in staged.items() if slug not in known], release)
