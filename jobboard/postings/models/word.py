"""The words of live postings, from which a misspelt one is put right."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import connection, models, transaction

_GATHER = """
    INSERT INTO postings_word (word, postings)
    SELECT word, ndoc
    FROM ts_stat($$
        SELECT to_tsvector('simple', title || ' ' || keywords)
        FROM postings_posting
        WHERE published_at IS NOT NULL AND held_at IS NULL AND closed_at IS NULL AND retired_at IS NULL
    $$)
    WHERE word ~ '^[a-z]{3,40}$'
    ON CONFLICT (word) DO UPDATE SET postings = excluded.postings
"""
_ALIKE = """
    SELECT written, (
        SELECT word FROM postings_word
        WHERE word %% written
        ORDER BY levenshtein(word, written), postings DESC, word
        LIMIT 1
    )
    FROM unnest(%s::text[]) AS written
    WHERE NOT EXISTS (SELECT FROM postings_word WHERE word = written)
"""


class WordQuerySet(models.QuerySet["Word"]):
    """The words that postings are found by."""

    def renew(self) -> int:
        """Gather them anew from titles and typed fields of what is shown; returns how many there are."""
        with transaction.atomic(), connection.cursor() as cursor:
            self.all().delete()
            cursor.execute(_GATHER)
            return cursor.rowcount

    def corrections(self, written: list[str]) -> dict[str, str]:
        """For each word that no posting has, what looks like it and is fewest letters away, the most frequent first."""
        with connection.cursor() as cursor:
            cursor.execute(_ALIKE, [written])
            return {word: alike for word, alike in cursor.fetchall() if alike}


class Word(models.Model):
    """A word as it is written, in lower case, and how many live postings had it when a task last counted."""

    word = models.CharField(max_length=40, primary_key=True)
    postings = models.PositiveIntegerField()

    objects: ClassVar[WordQuerySet] = WordQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="word_by_letters")]

    def __str__(self) -> str:
        return self.word
