"""What a posting is looked over for. Each look says in a sentence what it noticed, and decides nothing.

A look takes a posting that was just stored and a moment, or all its words, and answers `Noticed` or None. The order
here is the order on the desk: what most often means harm comes first.
"""

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from jobboard.moderation.models import Fingerprint, Signal
from jobboard.postings import readers
from jobboard.postings.models import Posting

MOST_SHOWN = 6  # words that triggered a look


class Noticed(NamedTuple):
    """What a look noticed: the kind, a sentence for staff, and the words of the posting that it was noticed by."""

    kind: Signal.Kind
    sentence: str
    words: list[str] = []


type Look = Callable[[Posting, datetime], Noticed | None]
type LookAtWords = Callable[[str], Noticed | None]


def look_over(posting: Posting, at: datetime) -> None:
    """Store what is noticed about a posting as it stands, in place of what was noticed before."""
    from jobboard.moderation.looks import contact, fees, habits, likeness, pay, wording

    at_words: list[LookAtWords] = [
        *(wording.check, wording.equipment, fees.fee, fees.trial, wording.identity, wording.charts, wording.chat),
        contact.free_mail,
    ]
    looks: list[Look] = [contact.domain, pay.far, habits.burst, habits.first]
    with transaction.atomic():
        # The lock is against two edits at once, each of which would store its own.
        Posting.objects.select_for_update(of=("self",)).get(pk=posting.pk)
        words = readers.words(posting)
        noticed = [each for look in at_words if (each := look(words))]
        noticed += [each for look in looks if (each := look(posting, at))]
        noticed += likeness.compare(Fingerprint.of(posting), at)
        posting.signals.all().delete()
        Signal.objects.bulk_create(_signal(posting, each, at) for each in noticed)


def _signal(posting: Posting, noticed: Noticed, at: datetime) -> Signal:
    words = [word[:80] for word in dict.fromkeys(noticed.words)][:MOST_SHOWN]
    return Signal(posting=posting, kind=noticed.kind, sentence=noticed.sentence[:400], words=words, at=at)
