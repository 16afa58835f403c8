"""The same text again: refused before, elsewhere, open twice, or posted anew."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from jobboard.moderation.looks import Noticed
from jobboard.moderation.models import Fingerprint, Signal
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import State

_PLACE = ("workplace", "city", "state")


def compare(fingerprint: Fingerprint, at: datetime) -> list[Noticed]:
    """Say which others have nearly the same text, and store the fingerprint with what it says of reposts."""
    own = fingerprint.posting
    like = list(Fingerprint.objects.like(fingerprint))
    earlier = _earlier(own, like, at)
    first = min((each.published_at for each in earlier if each.published_at), default=None)
    fingerprint.first_seen_at, fingerprint.reposts = first, len(earlier)
    Fingerprint.objects.bulk_create(
        [fingerprint],
        update_conflicts=True,
        unique_fields=["posting"],
        update_fields=["text", "bands", "first_seen_at", "reposts"],
    )
    found = (_refused(like, at), _elsewhere(like, own), _open_twice(like, own, at), _repost(earlier, own))
    return [each for each in found if each]


def _earlier(own: Posting, like: Iterable[Fingerprint], at: datetime) -> list[Posting]:
    """The same job of the same employer in the same place, published before and ended before this one was submitted."""
    return [
        each.posting
        for each in like
        if each.posting.employer_id == own.employer_id
        and each.posting.pk < own.pk
        and each.posting.published_at
        and _place(each.posting) == _place(own)
        and not each.posting.held_at
        and (each.pk == own.renewed_from_id or _ended_before(each.posting, own.submitted_at or at))
    ]


def _ended_before(posting: Posting, moment: datetime) -> bool:
    ends = [end for end in (posting.closed_at, posting.expires_at) if end]
    return bool(ends) and min(ends) <= moment


def _place(posting: Posting) -> tuple[str, ...]:
    return tuple(getattr(posting, name).lower() for name in _PLACE)


def _repost(earlier: list[Posting], own: Posting) -> Noticed | None:
    """The same job published anew, but for what it renews: there the team itself says so, and the old page leads on."""
    renewed = _renewed({each.pk: each for each in earlier}, own)
    others = [each for each in earlier if each.pk not in renewed]
    first = min((each.published_at for each in others if each.published_at), default=None)
    if first is None:
        return None
    times = "once" if len(others) == 1 else "twice" if len(others) == 2 else f"{len(others)} times"
    return Noticed(Signal.Kind.REPOST, f"First seen {_day(first)}; reposted {times} by this employer.")


def _renewed(earlier: dict[int, Posting], own: Posting) -> set[int]:
    """The posting that this one renews, the one which that renewed, and so on, as far as they are among these."""
    found: set[int] = set()
    last = own.renewed_from_id
    while last in earlier and last not in found:
        found.add(last)
        last = earlier[last].renewed_from_id
    return found


def _refused(like: list[Fingerprint], at: datetime) -> Noticed | None:
    """Others, of any employer, that staff sent back or hold, or whose employer is suspended."""
    for each in like:
        other = each.posting
        stands = "suspended" if other.employer.suspended_at else other.state_at(at)
        if stands in ("suspended", State.HELD, State.SENT_BACK):
            why = {
                "suspended": "whose employer is suspended",
                State.HELD: "which is on hold",
                State.SENT_BACK: "which was sent back",
            }[stands]
            return Noticed(Signal.Kind.REFUSED, f"{_percent(each)} like “{other}” of {other.employer}, {why}.")
    return None


def _elsewhere(like: list[Fingerprint], own: Posting) -> Noticed | None:
    others = [each for each in like if each.posting.employer_id != own.employer_id]
    if not others:
        return None
    nearest = max(others, key=_likeness)
    more = f", and {len(others) - 1} more" if len(others) > 1 else ""
    since = f", first submitted {_day(nearest.posting.submitted_at)}" if nearest.posting.submitted_at else ""
    name = f"“{nearest.posting}” of {nearest.posting.employer}"
    return Noticed(Signal.Kind.ELSEWHERE, f"{_percent(nearest)} like {name}{since}{more}.")


def _open_twice(like: list[Fingerprint], own: Posting, at: datetime) -> Noticed | None:
    """The same job in the same place, live or waiting at the same time."""
    same = [
        each
        for each in like
        if each.posting.employer_id == own.employer_id
        and each.pk != own.renewed_from_id
        and _place(each.posting) == _place(own)
        and each.posting.state_at(at) in (State.LIVE, State.SUBMITTED)
    ]
    if not same:
        return None
    other = same[0].posting
    sentence = f"{_percent(same[0])} like “{other}” (job {other.pk}) of this employer, open in the same place."
    return Noticed(Signal.Kind.OPEN_TWICE, sentence)


def _likeness(fingerprint: Fingerprint) -> float:
    return float(getattr(fingerprint, "likeness", 0))


def _percent(fingerprint: Fingerprint) -> str:
    return f"{_likeness(fingerprint):.0%}"


def _day(moment: datetime) -> str:
    return f"{timezone.localdate(moment):%B %-d, %Y}"
