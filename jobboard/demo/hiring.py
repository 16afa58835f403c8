"""The employers of the demo data, their teams and their postings in every state.

Rows are written with their dates and not by the verbs of a posting: those tell people by mail, and nobody here waits
for mail of the past.
"""

from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

from accounts.models import User
from jobboard.demo.again import keep_templates, later_events, link_renewals
from jobboard.demo.ages import DAY, HOUR, days_before
from jobboard.demo.pages import Page, postings
from jobboard.employers.models import Employer, FormerSlug, Member
from jobboard.postings.models import Event, Posting
from jobboard.postings.models.last_day import LAST_DAY_ZONE, end_of, latest_day
from jobboard.postings.vocabulary import Outcome, State

Kind = Event.Kind


def known_slugs(slugs: list[str]) -> set[str]:
    """Those addresses that an employer has, or had before it was renamed."""
    has = Employer.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    had = FormerSlug.objects.filter(slug__in=slugs).values_list("slug", flat=True)
    return {*has, *had}


def add_employers(pages: list[Page], staff: User, at: datetime) -> list[Posting]:
    """Store employers with their teams, postings and the record of what was decided. Returns the postings."""
    histories = [history for page in pages for history in _add_employer(page, staff, at)]
    added = list({events[0].posting.pk: events[0].posting for events in histories}.values())
    Posting.objects.bulk_update(added, ["created_at"])  # which a first save sets to the present
    Event.objects.bulk_create(event for events in histories for event in events)
    return added


def _add_employer(page: Page, staff: User, at: datetime) -> list[list[Event]]:
    """Store an employer with its team and postings. Returns what was done with each posting."""
    columns = {name: page.facts[name] for name in ("name", "website", "city", "state")}
    employer = Employer(slug=page.key, about=page.text, is_agency=page.facts.get("is_agency", False), **columns)
    employer.save()
    began = days_before(at, page.facts["days_old"], page.key)
    Employer.objects.filter(pk=employer.pk).update(created_at=began)
    team = [seat(employer, place) for place in page.facts["team"]]
    writers, files = cycle(team), postings(page.key)
    histories = [_add_posting(employer, each, next(writers), staff, at) for each in files]
    added = {each.key: history[0].posting for each, history in zip(files, histories, strict=True)}
    keep_templates(page, added, team[0], at)
    return [*histories, *([each] for each in link_renewals(added, files, at))]


def seat(employer: Employer, place: dict[str, Any]) -> User:
    """Put a person on the team, once. Returns the person."""
    user = User.objects.get(email=place["email"])
    Member.objects.get_or_create(employer=employer, user=user, defaults={"role": place["role"]})
    return user


def reseat(pages: list[Page], new: set[str]) -> None:
    """Put back on their teams those people who had lost their account, and with it their place."""
    for page in pages:
        for place in page.facts["team"]:
            if place["email"] in new and (employer := Employer.objects.filter(slug=page.key).first()):
                seat(employer, place)


def _add_posting(employer: Employer, page: Page, by: User, staff: User, at: datetime) -> list[Event]:
    """Store a posting. Returns what was done with it, not stored yet."""
    content = {name: page.facts[name] for name in Posting.CONTENT if name in page.facts}
    day = at.astimezone(LAST_DAY_ZONE).date() + timedelta(days=page.facts["closes_in"])
    posting = Posting(employer=employer, created_by=by, description=page.text, closes_on=day, **content)
    events = _history(posting, page, by, staff, at)
    posting.edited_at = events[0].at
    posting.save()
    posting.created_at = events[0].at
    return events


def _history(posting: Posting, page: Page, by: User, staff: User, at: datetime) -> list[Event]:
    """What was done with a posting until it stands where its file says; sets its dates accordingly."""
    facts, stands = page.facts, State(page.facts["stands"])
    began = days_before(at, facts["days_old"], page.key)
    if stands is State.DRAFT:
        return [Event(posting=posting, kind=Kind.CREATED, by=by, at=began)]
    if stands not in (State.SUBMITTED, State.SENT_BACK):
        began -= DAY  # of those that were published, the age is that of the publication
    posting.submitted_at = began + 2 * HOUR
    events = [
        Event(posting=posting, kind=Kind.CREATED, by=by, at=began),
        Event(posting=posting, kind=Kind.SUBMITTED, by=by, at=posting.submitted_at),
    ]
    if stands is State.SENT_BACK:
        posting.sent_back_at, posting.sent_back_reason = began + DAY, facts["reason"]
        events.append(_staff_event(posting, Kind.SENT_BACK, staff, posting.sent_back_at, facts["reason"]))
    elif stands is not State.SUBMITTED:
        posting.published_at = posting.approved_at = began + DAY
        posting.expires_at = end_of(min(posting.closes_on or latest_day(began + DAY), latest_day(began + DAY)))
        events.append(_staff_event(posting, Kind.PUBLISHED, staff, posting.published_at))
    if stands is State.HELD:
        posting.held_at, posting.held_reason = at - facts["held_days_ago"] * DAY, facts["reason"]
        events.append(_staff_event(posting, Kind.HELD, staff, posting.held_at, facts["reason"]))
    events += later_events(posting, page, by, at)
    if stands is State.CLOSED:
        posting.closed_at, posting.outcome = at - facts["closed_days_ago"] * DAY, facts["outcome"]
        reason = Outcome(facts["outcome"]).label
        events.append(Event(posting=posting, kind=Kind.CLOSED, by=by, at=posting.closed_at, reason=reason))
    return events


def _staff_event(posting: Posting, kind: Kind, staff: User, at: datetime, reason: str = "") -> Event:
    return Event(posting=posting, kind=kind, by=staff, at=at, reason=reason)
