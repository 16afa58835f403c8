"""How many postings an employer may submit in a day."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from jobboard.employers.models import Employer

if TYPE_CHECKING:
    from jobboard.postings.models.posting import Posting


class DailyLimit(Exception):
    """The employer has submitted as many postings in 24 hours as one may; the message says so and what to do."""


def keep_to_limit(posting: "Posting", at: datetime) -> None:
    """Raise DailyLimit where one more posting would be too many. Call it in the transaction that submits."""
    employer = Employer.objects.select_for_update().get(pk=posting.employer_id)  # against parallel submissions
    if room(employer, at, posting) > 0:
        return
    most = allowed(employer)
    way = "" if employer.verified_at else f" A verified employer can submit {settings.POSTINGS_PER_DAY_VERIFIED}."
    raise DailyLimit(f"{employer} has submitted {most} postings within 24 hours, the most there can be.{way}")


def allowed(employer: Employer) -> int:
    """How many postings this employer may submit in 24 hours."""
    return settings.POSTINGS_PER_DAY_VERIFIED if employer.verified_at else settings.POSTINGS_PER_DAY


def room(employer: Employer, at: datetime, but: "Posting | None" = None) -> int:
    """How many more it may submit at a moment, not counting one that it submits again."""
    today = employer.postings.filter(submitted_at__gt=at - timedelta(days=1))
    return allowed(employer) - (today.exclude(pk=but.pk) if but else today).count()
