"""How reliably an employer answers: the share of applications that it moved on within some days."""

from datetime import datetime, timedelta
from typing import NamedTuple

from django.db.models import Count, F, Q
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from jobboard.applications.models import Application
from jobboard.employers.models import Employer

WITHIN = timedelta(days=14)  # by then an application is answered, or it is not
LOOKED_BACK = timedelta(days=180)
FEWEST = 10  # applications behind a rate that is shown


class ResponseRate(NamedTuple):
    """How many of an employer's applications were answered in time."""

    answered: int
    sent: int

    @property
    def percent(self) -> int:
        """The share, rounded down: nobody is called perfect who is not."""
        return 100 * self.answered // self.sent


def rate_of(employer: Employer, at: datetime) -> ResponseRate | None:
    """The rate of the applications that were sent in the last half year and have had their time; None under ten.

    An answer is a step that was told by mail (looked at, interview, offer, hired, declined), or a message. One that was
    withdrawn before its time was up and without an answer counts neither way.
    """
    kept = Q(answered=True) | Q(withdrawn_at=None) | Q(withdrawn_at__gt=F("sent_at") + WITHIN)
    due = Application.objects.filter(
        posting__employer=employer, sent_at__gt=at - LOOKED_BACK, sent_at__lte=at - WITHIN
    ).with_answered(WITHIN)
    counts = due.aggregate(answered_of=Count("pk", filter=Q(answered=True)), sent=Count("pk", filter=kept))
    return ResponseRate(counts["answered_of"], counts["sent"]) if counts["sent"] >= FEWEST else None


def response_rate(_request: HttpRequest, employer: Employer) -> str:
    """The rate in a sentence, for the page of an employer."""
    rate = rate_of(employer, timezone.now())
    context = {"rate": rate, "days": WITHIN.days}
    return render_to_string("employers/_response_rate.html", context) if rate else ""
