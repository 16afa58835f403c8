"""Pay far outside what jobs of the kind pay."""

from datetime import datetime
from decimal import Decimal

from jobboard.moderation.looks import Noticed
from jobboard.moderation.models import PayRange, Signal
from jobboard.postings.models import Posting
from jobboard.postings.models.pay import dollars
from jobboard.postings.vocabulary import ROLE_CHOICES

# Dollars an hour outside of which pay is worth a look where fewer than PayRange's FEWEST postings of the kind are
# known: below what entry-level office work pays in most states, and above what coding directors earn.
SANE = (Decimal(12), Decimal(110))
_ROLES = dict(ROLE_CHOICES)


def far(posting: Posting, _at: datetime) -> Noticed | None:
    """The stated pay against the middle of its kind, or against what any coding job pays."""
    amount = _middle(posting.pay_min, posting.pay_max)
    if amount is None or not posting.pay_unit:
        return None
    known = PayRange.objects.of_kind(posting.roles, posting.pay_unit).first()
    if known is None:
        return _outside_sane(posting)
    if not known.is_far(amount):
        return None
    middle = Decimal(known.middle).exp()
    unit, role = posting.get_pay_unit_display(), _ROLES.get(known.role, known.role).lower()
    times = f"{amount / middle:.1f} times" if amount > middle else f"{amount / middle:.0%} of"
    sentence = f"{times} the middle of its kind: {dollars(middle)} {unit} in {known.count:,} postings ({role})."
    return Noticed(Signal.Kind.PAY, sentence[0].upper() + sentence[1:], [posting.pay_text])


def _outside_sane(posting: Posting) -> Noticed | None:
    posting.refresh_from_db(fields=["pay_hourly_min", "pay_hourly_max"])  # which the database derives
    hourly = _middle(posting.pay_hourly_min, posting.pay_hourly_max)
    if hourly is None or SANE[0] <= hourly <= SANE[1]:
        return None
    sentence = (
        f"About {dollars(hourly)} an hour; coding jobs pay between {dollars(SANE[0])} and {dollars(SANE[1])}. "
        "Too few postings of its kind are known to say more."
    )
    return Noticed(Signal.Kind.PAY, sentence, [posting.pay_text])


def _middle(low: Decimal | None, high: Decimal | None) -> Decimal | None:
    known = [each for each in (low, high) if each is not None]
    return sum(known, Decimal(0)) / len(known) if known else None
