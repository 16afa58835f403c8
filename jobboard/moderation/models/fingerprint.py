"""What the text of a posting is like, kept so that another with nearly the same text is found among a million at once.

Two looks. First, candidates: the words in a row (shingles) of each text are boiled down to a handful of numbers
(MinHash, Broder 1997), grouped into bands; two texts that share most of their words in a row share a band, and an
index finds who does. Then the candidates alone are compared by the trigrams of their letters (pg_trgm).
"""

import re
from collections.abc import Iterable
from hashlib import blake2b
from itertools import batched
from typing import ClassVar, Self
from zlib import crc32

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models

from jobboard.postings.models import Posting

MOST_TEXT = 2_000  # characters that are compared
FEWEST_WORDS = 25  # a shorter text is like many others by chance
LIKE = 0.7  # trigram similarity from which two texts count as nearly the same
SHINGLE = 3  # words in a row
BANDS, ROWS = 10, 5  # texts that share 80% of their shingles share a band in 98 of 100 cases, at 25% in 1 of 100
OWN, OTHERS = 200, 500  # that are looked up at most: the employer's last ones, and those that share a band
MOST_COMPARED = 50  # of these, the likeliest: comparing two texts letter by letter is what takes time
_MASKS = [int.from_bytes(blake2b(bytes([number]), digest_size=4).digest()) for number in range(BANDS * ROWS)]


def normal(title: str, text: str) -> str:
    """A posting's words without what a repost changes: case, numbers, dates, amounts, punctuation."""
    words = re.findall(r"[^\W\d_]+", f"{title} {text[: 2 * MOST_TEXT]}".lower())
    return " ".join(words)[:MOST_TEXT]


def bands(text: str) -> list[int]:
    """The bands of a normal text, signed 32-bit numbers; none for one that is too short to be told apart."""
    words = text.split()
    if len(words) < FEWEST_WORDS:
        return []
    rows = {" ".join(words[start : start + SHINGLE]).encode() for start in range(len(words) - SHINGLE + 1)}
    hashes = [crc32(row) for row in rows]
    smallest = (min(map(mask.__xor__, hashes)).to_bytes(4) for mask in _MASKS)
    return [_band(number, group) for number, group in enumerate(batched(smallest, ROWS))]


def _band(number: int, group: Iterable[bytes]) -> int:
    """One number for a group, other than that of the same group in another place."""
    return int.from_bytes(blake2b(bytes([number]) + b"".join(group), digest_size=4).digest(), signed=True)


class FingerprintQuerySet(models.QuerySet["Fingerprint"]):
    """Fingerprints by what they are like."""

    def like(self, other: "Fingerprint") -> Self:
        """Those of other postings whose text is nearly the same, with `likeness` (0 to 1), the oldest posting first.

        Looks up the last ones of the same employer and those that share a band, and compares those that share the
        most bands; of a text that hundreds of others share, some.
        """
        if not other.bands:
            return self.none()
        rest = self.exclude(posting=other.posting_id)
        own = rest.filter(posting__employer=other.posting.employer_id).order_by("-posting")
        sharing = rest.filter(bands__overlap=other.bands).order_by()
        # Two look-ups by index; an OR of both would be a walk through the whole table.
        found = dict([*own.values_list("pk", "bands")[:OWN], *sharing.values_list("pk", "bands")[:OTHERS]])
        shared = {pk: len({*bands} & {*other.bands}) for pk, bands in found.items()}
        likeliest = sorted(found, key=lambda pk: (shared[pk], pk), reverse=True)[:MOST_COMPARED]
        likeness = TrigramSimilarity("text", other.text)
        near = self.filter(pk__in=likeliest).annotate(likeness=likeness).filter(likeness__gte=LIKE)
        return near.select_related("posting__employer").order_by("posting")


class Fingerprint(models.Model):
    """The text of a posting as it is compared, and what came of comparing it when it was last stored."""

    posting = models.OneToOneField(Posting, on_delete=models.CASCADE, primary_key=True, related_name="fingerprint")
    text = models.CharField(max_length=MOST_TEXT)
    bands = ArrayField(models.IntegerField(), default=list)
    first_seen_at = models.DateTimeField(
        null=True, blank=True, help_text="When the same employer first published this job; null: with this posting."
    )
    reposts = models.PositiveSmallIntegerField(default=0, help_text="How often it published the job before this one.")

    objects: ClassVar[FingerprintQuerySet] = FingerprintQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        indexes = [GinIndex(fields=["bands"], name="fingerprint_bands")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(first_seen_at=None, reposts=0)
                | models.Q(first_seen_at__isnull=False, reposts__gt=0),
                name="fingerprint_reposts_have_a_first",
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @classmethod
    def of(cls, posting: Posting) -> Self:
        """The fingerprint of a posting as it stands, not stored yet."""
        text = normal(posting.title, posting.description_text)
        return cls(posting=posting, text=text, bands=bands(text))
