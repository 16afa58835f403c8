"""What employers ask of the coders of the demo data, and who looked."""

from datetime import datetime
from typing import Any

from accounts.models import User
from jobboard.demo.ages import DAY, days_before
from jobboard.demo.pages import Page
from jobboard.employers.models import Member
from jobboard.talent.models import ContactRequest, Look


def add_requests(page: Page, at: datetime) -> int:
    """Store the requests to a coder, where the employer is still to be found. Returns how many were stored."""
    person = User.objects.get(email=page.facts["email"])
    return sum(_add_request(person, facts, at) for facts in page.facts.get("requests", []))


def _add_request(person: User, facts: dict[str, Any], at: datetime) -> bool:
    writers = Member.objects.writers().filter(employer__slug=facts["employer"]).select_related("employer", "user")
    writer = writers.order_by("role", "pk").first()
    if writer is None:
        return False
    accepted = facts.get("accepted_days_ago")
    ContactRequest.objects.create(
        employer=writer.employer,
        person=person,
        sent_by=writer.user,
        message=facts["message"].strip().replace("\n", " "),
        sent_at=days_before(at, facts["days_old"], facts["employer"]),
        accepted_at=at - accepted * DAY if accepted else None,
    )
    for days in facts.get("looked_days_ago", []):
        Look.objects.create(person=person, employer=writer.employer, by=writer.user, at=at - days * DAY)
    return True
