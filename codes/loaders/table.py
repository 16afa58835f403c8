"""Staging and merging of one table, as SQL made from its layout."""

from collections.abc import Iterable, Sequence
from typing import Any

from psycopg import sql

from codes.loaders.layout import BadLine, Layout, Staged
from codes.loaders.outcome import Tally
from codes.loaders.ranges import NOTHING, Ranges, listed
from codes.loaders.window import Window
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
        key = listed(self.layout.key)
        self._run(
            "SELECT unnest((array_agg(line ORDER BY line))[2:]) AS again, min(line) FROM incoming "
            "GROUP BY {key} HAVING count(*) > 1 ORDER BY again",
            key=key,
        )
        bad = [
            BadLine(last, " and ".join(self.layout.key), f"this row stands in line {first} already", ())
            for last, first in self.cursor.fetchall()
        ]
        if bad:
            self._run(
                "DELETE FROM incoming a USING incoming b WHERE {same} AND a.line > b.line", same=self._same("a", "b")
            )
        return bad

    def merge(self, release: Release, window: Window, bad: Sequence[BadLine] = (), *, partial: bool = False) -> Tally:
        """Bring the table in line with the staged rows of a release, and count what changed.

        A partial release says nothing of the rows that it leaves out, so these stay as they are; so do those that a
        bad line is about, and all where a bad line does not say which row it is about.
        """
        kept = sql.SQL("true") if partial or any(each.key is None for each in bad) else self._named_by(bad)
        if self.shared:
            self._run(
                "INSERT INTO {rationales} (text) SELECT DISTINCT rationale FROM incoming ON CONFLICT DO NOTHING",
                rationales=sql.Identifier(Rationale._meta.db_table),
            )
        self._run("SELECT EXISTS (SELECT FROM {table} t WHERE {scope})")
        if not self.cursor.fetchone()[0]:
            return Tally(self._insert(release, window), 0, 0, 0)
        if not self.layout.dated:
            return self._merge_snapshot(release, window, kept)
        return self._merge_older(release, window, kept) if window.following else self._merge_dated(release, kept)

    def _named_by(self, bad: Sequence[BadLine]) -> sql.Composable:
        """Which rows, as `t`, bad lines are about. Each line names the first columns of the key, or all."""
        named = [each.key for each in bad if each.key]
        if not named:
            return NOTHING
        columns = [
            sql.SQL("{} {}").format(sql.Identifier(name), sql.SQL(self.layout.columns[name]))
            for name in self.layout.key
        ]
        self._run("DROP TABLE IF EXISTS refused")
        self._run("CREATE TEMP TABLE refused ({columns}) ON COMMIT DROP", columns=sql.SQL(", ").join(columns))
        with self.cursor.copy("COPY refused FROM STDIN") as copy:
            for key in named:
                copy.write_row((*key, *[None] * (len(self.layout.key) - len(key))))
        first, *others = self.layout.key
        return sql.SQL("EXISTS (SELECT FROM refused b WHERE {})").format(
            sql.SQL(" AND ").join(
                [
                    sql.SQL("b.{0} = t.{0}").format(sql.Identifier(first)),
                    *(sql.SQL("(b.{0} IS NULL OR b.{0} = t.{0})").format(sql.Identifier(name)) for name in others),
                ]
            )
        )

    def _merge_snapshot(self, release: Release, window: Window, kept: sql.Composable) -> Tally:
        """A release that states no dates: what it says holds from the day it takes effect."""
        if self.shared:
            self._run("ALTER TABLE incoming ADD rationale_id bigint")
            self._run(
                "UPDATE incoming i SET rationale_id = r.id FROM {rationales} r WHERE r.text = i.rationale",
                rationales=sql.Identifier(Rationale._meta.db_table),
            )
        return Ranges(
            self.cursor,
            self.layout.model,
            "incoming",
            key=self.layout.key,
            values=[self._stored(name) for name in self.layout.values],
            window=window,
            release=release,
            constants=self.layout.scope,
            scope=self._scope(),
            kept=kept,
        ).bring_in_line()

    def _merge_dated(self, release: Release, kept: sql.Composable) -> Tally:
        """A release that states its own dates is the whole history: rows are brought in line with it."""
        gone = sql.SQL("{scope} AND NOT EXISTS (SELECT FROM incoming i WHERE {same}) AND NOT {kept}").format(
            scope=self._scope(), same=self._same("t", "i"), kept=kept
        )
        effective = sql.Literal(release.effective)
        self._run(
            "UPDATE {table} t SET valid_to = {effective} WHERE t.valid_to IS NULL AND t.valid_from < {effective} "
            "AND {gone}",
            effective=effective,
            gone=gone,
        )
        ended = self.cursor.rowcount
        self._run("DELETE FROM {table} t WHERE t.valid_from >= {effective} AND {gone}", effective=effective, gone=gone)
        ended += self.cursor.rowcount  # announced, and taken back before it took effect
        changed = self._rewrite(release, sql.SQL("true"))
        self._run("DELETE FROM incoming i USING {table} t WHERE {scope} AND {same}")
        unchanged = self.cursor.rowcount - changed
        return Tally(self._insert(release), changed, ended, unchanged)

    def _merge_older(self, release: Release, window: Window, kept: sql.Composable) -> Tally:
        """A release that states its own dates, older than one that is loaded: what the newer one says stands.

        It adds what the newer one no longer lists, until that takes effect, and corrects what ended then of a release
        that is older still: of that it has the later word.
        """
        ends, begins = sql.Literal(window.ends), sql.Literal(window.begins)
        dropped = sql.SQL(
            "(t.valid_to = {ends} AND t.release_id IN "
            "(SELECT id FROM codes_release WHERE dataset = {dataset} AND effective <= {begins}))"
        ).format(ends=ends, begins=begins, dataset=sql.Literal(self.layout.dataset.value))
        gone = sql.SQL("{scope} AND {dropped} AND NOT EXISTS (SELECT FROM incoming i WHERE {same}) AND NOT {kept}")
        found = gone.format(scope=self._scope(), dropped=dropped, same=self._same("t", "i"), kept=kept)
        self._run(
            "UPDATE {table} t SET valid_to = {begins} WHERE t.valid_from < {begins} AND {found}",
            begins=begins,
            found=found,
        )
        ended = self.cursor.rowcount
        self._run("DELETE FROM {table} t WHERE t.valid_from >= {begins} AND {found}", begins=begins, found=found)
        ended += self.cursor.rowcount
        self._run("DELETE FROM incoming i USING {table} t WHERE {scope} AND {same} AND NOT {dropped}", dropped=dropped)
        unchanged = self.cursor.rowcount
        self._run("DELETE FROM incoming i WHERE i.valid_from >= {ends}", ends=ends)  # it never took effect
        self._run("UPDATE incoming SET valid_to = {ends} WHERE valid_to IS NULL", ends=ends)
        changed = self._rewrite(release, dropped)
        self._run("DELETE FROM incoming i USING {table} t WHERE {scope} AND {same}")
        unchanged += self.cursor.rowcount - changed
        return Tally(self._insert(release), changed, ended, unchanged)

    def _rewrite(self, release: Release, which: sql.Composable) -> int:
        """Let rows say what is staged for them, where it differs; answers how many."""
        self._run(
            "UPDATE {table} t SET {sets}, release_id = {release} FROM incoming i {join} "
            "WHERE {scope} AND {same} AND {which} AND {differs}",
            sets=sql.SQL(", ").join(
                sql.SQL("{} = {}").format(sql.Identifier(self._stored(name)), self._staged(name))
                for name in self.layout.values
            ),
            release=sql.Literal(release.pk),
            join=_JOIN_RATIONALE if self.shared else sql.SQL(""),
            which=which,
            differs=self._differs(),
        )
        return int(self.cursor.rowcount)

    def _insert(self, release: Release, window: Window | None = None) -> int:
        stored = [self._stored(name) for name in self.layout.columns]
        extra: dict[str, object] = {**self.layout.scope, "release_id": release.pk}
        if window and not self.layout.dated:
            extra |= {"valid_from": window.begins, "valid_to": window.ends}
        self._run(
            "INSERT INTO {table} ({names}) SELECT {values} FROM incoming i {join}",
            names=listed([*stored, *extra]),
            values=sql.SQL(", ").join(
                [*(self._staged(name) for name in self.layout.columns), *(sql.Literal(each) for each in extra.values())]
            ),
            join=_JOIN_RATIONALE if self.shared else sql.SQL(""),
        )
        return int(self.cursor.rowcount)

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

    def _scope(self) -> sql.Composable:
        """Which rows of the table, as `t`, are of this dataset."""
        conditions = [
            sql.SQL("t.{} = {}").format(sql.Identifier(name), sql.Literal(value))
            for name, value in self.layout.scope.items()
        ]
        return sql.SQL(" AND ").join(conditions) if conditions else sql.SQL("true")

    def _run(self, statement: str, **parts: sql.Composable) -> None:
        known = {"table": self.name, "scope": self._scope(), "same": self._same("t", "i")}
        self.cursor.execute(sql.SQL(statement).format(**(known | parts)))
