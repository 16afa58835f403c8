"""Rows that hold for ranges of dates, brought in line with what a release says of its own days, as sets.

A release speaks of the days of its window alone. A row that holds over the window and that the release states in the
same words stays. One that it states otherwise, or no longer, keeps the days before the window and those after it. What
the release adds begins where it begins, and where the following release says the same, the two become one range; so
the order in which releases are loaded makes no difference.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db import models
from psycopg import sql

from codes.loaders.outcome import Tally
from codes.loaders.window import Window
from codes.models import Release

EVERY, NOTHING = sql.SQL("true"), sql.SQL("false")


@dataclass(frozen=True)
class Ranges:
    """The rows of a model that a release speaks of, and its staged rows, each a table with the same columns."""

    cursor: Any
    model: type[models.Model]
    incoming: str  # the staging table; its rows are used up
    key: Sequence[str]  # columns that name a row
    values: Sequence[str]  # columns that are compared
    window: Window
    release: Release
    scope: sql.Composable  # which rows, as `t`, are of the dataset
    kept: sql.Composable  # rows, as `t`, of which the release says nothing
    carried: Sequence[str] = ()  # columns that are stored, but not compared
    constants: Mapping[str, object] = field(default_factory=dict)  # alike in all rows that are added
    may_be_empty: Sequence[str] = ()  # columns of the key, of numbers
    worded: bool = False  # the first date may be empty, and the release is the last one that stated a row

    def bring_in_line(self) -> Tally:
        """Store what the release says, and count what it changed of what was known of its first day."""
        ended = self._give_way("{over} AND NOT EXISTS (SELECT FROM {incoming} i WHERE {same}) AND NOT {kept}")
        changed = self._give_way(
            "{over} AND EXISTS (SELECT FROM {incoming} i WHERE {same}) "
            "AND NOT EXISTS (SELECT FROM {incoming} i WHERE {same} AND {equal})"
        )
        if self.worded and not self.window.following:
            self._run(
                "UPDATE {table} t SET release_id = {release} FROM {incoming} i WHERE {over} AND {same} AND {equal}"
            )
        unchanged = self._take_stated()
        joined = self._join() if self.window.following else 0
        return Tally(joined + self._add() - changed, changed, ended, unchanged)

    def _give_way(self, which: str) -> int:
        """Take the days of the window from the rows for which a condition holds."""
        found = sql.SQL(which).format(**self._parts)
        later = self.window.following is not None
        count = 0
        if later:
            count += self._run(
                "UPDATE {table} t SET valid_from = {ends}, release_id = {named_after} "
                "WHERE {starts} AND {outlasts} AND {found}",
                found=found,
            )
            self._run("DROP TABLE IF EXISTS outlasting")
            self._run(
                "CREATE TEMP TABLE outlasting ON COMMIT DROP AS SELECT t.* FROM {table} t WHERE {outlasts} AND {found}",
                found=found,
            )
        count += self._run("DELETE FROM {table} t WHERE {starts} AND {found}", found=found)
        count += self._run(
            "UPDATE {table} t SET valid_to = {begins}, release_id = {named_before} WHERE {found}", found=found
        )
        if later:
            self._run(
                "INSERT INTO {table} ({stored}, valid_from, valid_to, release_id) "
                "SELECT {stored}, {ends}, valid_to, {named_after} FROM outlasting t"
            )
        return count

    def _take_stated(self) -> int:
        """Take what holds already out of staging."""
        return self._run("DELETE FROM {incoming} i USING {table} t WHERE {over} AND {same} AND {equal}")

    def _join(self) -> int:
        """Let rows of the following release that say the same begin where this release begins."""
        joined = self._run(
            "UPDATE {table} t SET valid_from = {since}, release_id = {named_joined} FROM {incoming} i "
            "WHERE {scope} AND t.valid_from = {ends} AND {same} AND {equal}"
        )
        return self._take_stated() if joined else 0

    def _add(self) -> int:
        stated = [*self.key, *self.values, *self.carried]
        constants = {**self.constants, "valid_from": self._since, "valid_to": self.window.ends}
        constants["release_id"] = self.release.pk
        return self._run(
            "INSERT INTO {table} ({names}) SELECT {values} FROM {incoming} i",
            names=listed([*stated, *constants]),
            values=sql.SQL(", ").join(
                [*(sql.Identifier("i", name) for name in stated), *map(sql.Literal, constants.values())]
            ),
        )

    @property
    def _since(self) -> date | None:
        return self.window.since if self.worded else self.window.begins

    @cached_property
    def _parts(self) -> dict[str, sql.Composable]:
        """What the statements are made of."""
        window = self.window
        begins, ends, ours = sql.Literal(window.begins), sql.Literal(window.ends), sql.Literal(self.release.pk)
        kept_name = sql.SQL("t.release_id")
        after = sql.Literal(window.following.pk if window.following else None)
        before = sql.Literal(window.previous.pk) if window.previous and window.following else kept_name
        over = (
            "({scope} AND (t.valid_from IS NULL OR t.valid_from <= {begins}) "
            "AND (t.valid_to IS NULL OR t.valid_to > {begins}))"
        )
        return {
            "table": sql.Identifier(self.model._meta.db_table),
            "incoming": sql.Identifier(self.incoming),
            "stored": listed([*self.key, *self.values, *self.carried, *self.constants]),
            "scope": self.scope,
            "kept": self.kept,
            "same": self._same,
            "equal": alike(self.values),
            "begins": begins,
            "since": sql.Literal(self._since),
            "ends": ends,
            "release": ours,
            "named_before": before if self.worded else kept_name,
            "named_after": kept_name if self.worded else after,
            "named_joined": kept_name if self.worded else ours,
            "over": sql.SQL(over).format(scope=self.scope, begins=begins),
            "starts": sql.SQL("coalesce(t.valid_from >= {}, false)").format(begins) if self._since else sql.SQL("true"),
            "outlasts": sql.SQL("(t.valid_to IS NULL OR t.valid_to > {})").format(ends),
        }

    @property
    def _same(self) -> sql.Composable:
        pairs = [
            sql.SQL("coalesce(t.{0}, 0) = coalesce(i.{0}, 0)" if name in self.may_be_empty else "t.{0} = i.{0}").format(
                sql.Identifier(name)
            )
            for name in self.key
        ]
        return sql.SQL(" AND ").join(pairs)

    def _run(self, statement: str, **parts: sql.Composable) -> int:
        """Run a statement of the named parts; answers the number of rows."""
        self.cursor.execute(sql.SQL(statement).format(**self._parts, **parts))
        return int(self.cursor.rowcount)


def alike(names: Sequence[str]) -> sql.Composable:
    """Whether `t` and `i` agree in some columns, of which any may be empty."""
    pairs = [sql.SQL("t.{0} IS NOT DISTINCT FROM i.{0}").format(sql.Identifier(name)) for name in names]
    return sql.SQL(" AND ").join(pairs) if pairs else sql.SQL("true")


def listed(names: Sequence[str]) -> sql.Composable:
    """Columns, as a statement lists them."""
    return sql.SQL(", ").join(map(sql.Identifier, names))
