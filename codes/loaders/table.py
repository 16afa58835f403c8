"""Staging and merging of one table, as SQL made from its layout."""

from collections.abc import Iterable
from typing import Any

from psycopg import sql

from codes.loaders.layout import BadLine, Layout, Staged
from codes.loaders.outcome import Tally
from codes.models import Rationale, Release

_RATIONALE = "rationale"  # staged as text, stored as a reference: millions of edits share a few dozen sentences

_JOIN_RATIONALE = sql.SQL("JOIN {} r ON r.text = i.rationale").format(sql.Identifier(Rationale._meta.db_table))


class Table:
    """The table of a layout and its staging table `incoming`, within the caller's transaction."""

    def __init__(self, layout: Layout, cursor: Any) -> None:
        self.layout, self.cursor = layout, cursor
        self.name = sql.Identifier(layout.model._meta.db_table)
        self.shared = _RATIONALE in layout.columns

    def make_staging(self) -> None:
        """Make `incoming`, with the staged columns and the line each row stands in."""
        columns = [
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(kind)) for name, kind in self.layout.columns.items()
        ]
        self._run("DROP TABLE IF EXISTS incoming")
        self._run(
            "CREATE TEMP TABLE incoming (line int, {columns}) ON COMMIT DROP", columns=sql.SQL(", ").join(columns)
        )

    def copy(self, rows: Iterable[Staged]) -> None:
        """Stream rows into staging."""
        with self.cursor.copy("COPY incoming FROM STDIN") as copy:
            for line, values in rows:
                copy.write_row((line, *values))
        self._run("ANALYZE incoming")

    def duplicates(self) -> list[BadLine]:
        """Rows that stand twice, by their key; they are taken out of staging, all but the first."""
        key = self._listed(self.layout.key)
        self._run(
            "SELECT unnest((array_agg(line ORDER BY line))[2:]) AS again, min(line) FROM incoming "
            "GROUP BY {key} HAVING count(*) > 1 ORDER BY again",
            key=key,
        )
        bad = [
            BadLine(last, " and ".join(self.layout.key), f"this row stands in line {first} already")
            for last, first in self.cursor.fetchall()
        ]
        if bad:
            self._run(
                "DELETE FROM incoming a USING incoming b WHERE {same} AND a.line > b.line", same=self._same("a", "b")
            )
        return bad

    def merge(self, release: Release, *, partial: bool = False) -> Tally:
        """Close or change what the release states otherwise, add what is new, and count it.

        A partial release says nothing of the rows that it leaves out, so these stay as they are.
        """
        if self.shared:
            self._run(
                "INSERT INTO {rationales} (text) SELECT DISTINCT rationale FROM incoming ON CONFLICT DO NOTHING",
                rationales=sql.Identifier(Rationale._meta.db_table),
            )
        self._run("SELECT EXISTS (SELECT FROM {table} WHERE {scope})", scope=self._scope())
        if not self.cursor.fetchone()[0]:
            return Tally(self._insert(release), 0, 0, 0)
        return self._merge_dated(release) if self.layout.dated else self._merge_snapshot(release, partial=partial)

    def _merge_snapshot(self, release: Release, *, partial: bool) -> Tally:
        """A release that states no dates: what it changes or drops ends on the day it takes effect."""
        ended = 0 if partial else self._end("NOT EXISTS (SELECT FROM incoming i WHERE {same})", release)
        changed = self._end("EXISTS (SELECT FROM incoming i {join} WHERE {same} AND {differs})", release)
        self._run(
            "DELETE FROM incoming i USING {table} t WHERE {scope} AND t.valid_to IS NULL AND {same}",
            scope=self._scope("t"),
            same=self._same("t", "i"),
        )
        unchanged = self.cursor.rowcount
        added = self._insert(release) - changed
        return Tally(added, changed, ended, unchanged)

    def _end(self, which: str, release: Release) -> int:
        """Close the open rows for which a condition holds; those that began that very day are replaced instead."""
        where = sql.SQL(which).format(
            same=self._same("t", "i"), differs=self._differs(), join=_JOIN_RATIONALE if self.shared else sql.SQL("")
        )
        effective = sql.Literal(release.effective)
        found = sql.SQL("{} AND t.valid_to IS NULL AND {}").format(self._scope("t"), where)
        self._run(
            "DELETE FROM {table} t WHERE {found} AND t.valid_from >= {effective}", found=found, effective=effective
        )
        replaced = self.cursor.rowcount
        self._run("UPDATE {table} t SET valid_to = {effective} WHERE {found}", found=found, effective=effective)
        return replaced + self.cursor.rowcount

    def _merge_dated(self, release: Release) -> Tally:
        """A release that states its own dates is the whole history: rows are brought in line with it."""
        self._run(
            "UPDATE {table} t SET valid_to = {effective} WHERE {scope} AND t.valid_to IS NULL "
            "AND t.valid_from < {effective} AND NOT EXISTS (SELECT FROM incoming i WHERE {same})",
            scope=self._scope("t"),
            effective=sql.Literal(release.effective),
            same=self._same("t", "i"),
        )
        ended = self.cursor.rowcount
        self._run(
            "UPDATE {table} t SET {sets}, release_id = {release} FROM incoming i {join} "
            "WHERE {scope} AND {same} AND {differs}",
            sets=sql.SQL(", ").join(
                sql.SQL("{} = {}").format(sql.Identifier(self._stored(name)), self._staged(name))
                for name in self.layout.values
            ),
            release=sql.Literal(release.pk),
            join=_JOIN_RATIONALE if self.shared else sql.SQL(""),
            scope=self._scope("t"),
            same=self._same("t", "i"),
            differs=self._differs(),
        )
        changed = self.cursor.rowcount
        self._run(
            "DELETE FROM incoming i USING {table} t WHERE {scope} AND {same}",
            scope=self._scope("t"),
            same=self._same("t", "i"),
        )
        unchanged = self.cursor.rowcount - changed
        return Tally(self._insert(release), changed, ended, unchanged)

    def _insert(self, release: Release) -> int:
        stored = [self._stored(name) for name in self.layout.columns]
        extra: dict[str, object] = {**self.layout.scope, "release_id": release.pk}
        if not self.layout.dated:
            extra["valid_from"] = release.effective
        self._run(
            "INSERT INTO {table} ({names}) SELECT {values} FROM incoming i {join}",
            names=self._listed([*stored, *extra]),
            values=sql.SQL(", ").join(
                [*(self._staged(name) for name in self.layout.columns), *(sql.Literal(each) for each in extra.values())]
            ),
            join=_JOIN_RATIONALE if self.shared else sql.SQL(""),
        )
        return self.cursor.rowcount

    def _stored(self, name: str) -> str:
        return "rationale_id" if name == _RATIONALE else name

    def _staged(self, name: str) -> sql.Composable:
        return sql.SQL("r.id") if name == _RATIONALE else sql.SQL("i.{}").format(sql.Identifier(name))

    def _differs(self) -> sql.Composable:
        pairs = [
            sql.SQL("t.{} IS DISTINCT FROM {}").format(sql.Identifier(self._stored(name)), self._staged(name))
            for name in self.layout.values
        ]
        return sql.SQL("({})").format(sql.SQL(" OR ").join(pairs)) if pairs else sql.SQL("false")

    def _same(self, one: str, other: str) -> sql.Composable:
        return sql.SQL(" AND ").join(
            sql.SQL("{}.{} = {}.{}").format(
                sql.Identifier(one), sql.Identifier(name), sql.Identifier(other), sql.Identifier(name)
            )
            for name in self.layout.key
        )

    def _scope(self, alias: str = "") -> sql.Composable:
        """Which rows of the table are of this dataset."""
        conditions = [
            sql.SQL("{} = {}").format(sql.Identifier(*filter(None, [alias, name])), sql.Literal(value))
            for name, value in self.layout.scope.items()
        ]
        return sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true")

    def _listed(self, names: Iterable[str]) -> sql.Composable:
        return sql.SQL(", ").join(map(sql.Identifier, names))

    def _run(self, statement: str, **parts: sql.Composable) -> None:
        self.cursor.execute(sql.SQL(statement).format(table=self.name, **parts))
