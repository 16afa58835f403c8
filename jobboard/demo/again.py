"""What teams of the demo data did with postings later: paused, confirmed, renewed and kept them as templates."""

from datetime import datetime
from secrets import token_urlsafe

from accounts.models import User
from jobboard.demo.ages import DAY, days_before
from jobboard.demo.pages import Page
from jobboard.employers.models.team import hash_of
from jobboard.postings.models import Event, Posting, Template

Kind = Event.Kind


def later_events(posting: Posting, page: Page, by: User, at: datetime) -> list[Event]:
    """What its team did with a published posting and was asked about it, not stored yet; sets its dates accordingly."""
    events = []
    if (days := page.facts.get("confirmed_days_ago")) is not None:
        posting.confirmed_at = days_before(at, days, page.key)
        events.append(Event(posting=posting, kind=Kind.CONFIRMED, by=by, at=posting.confirmed_at))
    if (days := page.facts.get("asked_days_ago")) is not None:
        posting.asked_at = days_before(at, days, page.key)
        posting.ask_hash = hash_of(token_urlsafe(32))  # of a mail that nobody has
        events.append(Event(posting=posting, kind=Kind.ASKED, by=None, at=posting.asked_at))
    if (days := page.facts.get("paused_days_ago")) is not None:
        posting.paused_at = days_before(at, days, page.key)
        events.append(Event(posting=posting, kind=Kind.PAUSED, by=by, at=posting.paused_at))
    return events


def link_renewals(added: dict[str, Posting], pages: list[Page], at: datetime) -> list[Event]:
    """Point each renewal of an employer to the posting it renews, by the names of their files."""
    events = []
    for page in pages:
        if name := page.facts.get("renews"):
            old, new = added[name], added[page.key]
            new.renewed_from = old
            new.save()
            moment = new.submitted_at or at
            words = f"Posting {new.pk}"
            events.append(Event(posting=old, kind=Kind.RENEWED, by=new.created_by, at=moment, reason=words))
    return events


def keep_templates(page: Page, added: dict[str, Posting], by: User, at: datetime) -> None:
    """Keep some of its postings as templates."""
    for each in page.facts.get("templates", []):
        Template.keep(added[each["posting"]], each["name"], days_before(at, 30, each["name"]) + DAY, by)
