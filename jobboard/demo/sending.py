"""What the coders of the demo data sent and keep: applications with their steps, and saved searches."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from accounts.models import User
from jobboard.alerts.models import Delivery, SavedSearch
from jobboard.applications import snapshot
from jobboard.applications.models import Application, Message, Note, Rating, Step
from jobboard.demo.ages import DAY, HOUR, days_before
from jobboard.demo.pages import Page
from jobboard.demo.pages import posting as posting_page
from jobboard.demo.resume import make_pdf
from jobboard.employers.models import Member
from jobboard.postings.models import Posting

State = Application.State
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)


def add_applications(page: Page, at: datetime) -> int:
    """Store what a coder sent, where the posting is still to be found. Returns how many were stored."""
    candidate = User.objects.get(email=page.facts["email"])
    sent = 0
    for facts in page.facts.get("applications", []):
        if posting := _find(facts["posting"]):
            _add_application(candidate, posting, page, facts, at)
            sent += 1
    return sent


def _find(name: str) -> Posting | None:
    """The posting that an application names; None where it was deleted or has another title by now."""
    employer, slug = name.split("/")[0], slugify(posting_page(name).facts["title"])
    found = Posting.objects.filter(employer__slug=employer, slug=slug, published_at__isnull=False)
    return found.select_related("employer").order_by("pk").first()


def _add_application(candidate: User, posting: Posting, page: Page, facts: dict[str, Any], at: datetime) -> None:
    published = posting.published_at or at
    sent_at = max(days_before(at, facts["days_old"], page.key), published + HOUR)
    application = Application(
        candidate=candidate,
        posting=posting,
        sent_at=sent_at,
        moved_at=sent_at,
        name=candidate.name,
        email=candidate.email,
        letter=facts["letter"].strip(),
        resume_name=f"{candidate.name} resume.pdf",
        profile=snapshot.of_profile(candidate),
        source=facts.get("came_by", "search"),
        consent=(
            f"I agree that {posting.employer.name} receives my name, e-mail address, letter, resume and profile for "
            "this job."
        ),
        posting_title=posting.title,
        posting_employer=posting.employer.name,
        posting_facts=snapshot.of_posting(posting),
        posting_html=posting.description_html,
    )
    steps = _steps(application, facts, at)
    application.resume.save(application.resume_name, ContentFile(_resume(candidate, page)), save=False)
    application.save()
    Step.objects.bulk_create(steps)
    _talk(application, facts, at)


def _talk(application: Application, facts: dict[str, Any], at: datetime) -> None:
    """What the team keeps about an application, and what both sides wrote: `notes`, `stars` and `messages`."""
    team = [each.user for each in _team(application)]
    moments = count()

    def moment(days: float) -> datetime:
        """So many days ago, after what was there before, and never in the future."""
        return min(at, max(at - float(days) * DAY, application.sent_at + HOUR / 2)) + next(moments) * SECOND - MINUTE

    Note.objects.bulk_create(
        Note(application=application, author=team[number % len(team)], text=text, at=moment(days))
        for number, (days, text) in enumerate(facts.get("notes", []))
    )
    Rating.objects.bulk_create(
        Rating(application=application, by=by, stars=stars, at=application.moved_at)
        for by, stars in zip(team, facts.get("stars", []), strict=False)
    )
    for who, days, text in facts.get("messages", []):
        by_candidate = who == "candidate"
        Message.objects.create(
            application=application,
            author=application.candidate if by_candidate else team[-1],
            by_candidate=by_candidate,
            text=text,
            at=moment(days),
        )
    application.messages.exclude(pk=application.messages.values("pk").reverse()[:1]).mark_read(at)


def _team(application: Application) -> list[Member]:
    """Those who decide on an application, owners first."""
    writers = Member.objects.writers().filter(employer=application.posting.employer)
    return list(writers.select_related("user").order_by("role", "pk"))


def _steps(application: Application, facts: dict[str, Any], at: datetime) -> list[Step]:
    """What became of an application, each step after the one before; sets its state accordingly."""
    team = next(iter(_team(application)), None)
    steps = [Step(application=application, state=State.NEW, by=application.candidate, at=application.sent_at)]
    for state, days in facts["steps"]:
        moment = max(at - days * DAY - HOUR, steps[-1].at + HOUR / 2)
        steps.append(Step(application=application, state=state, by=team.user if team else None, at=moment))
        application.state, application.moved_at = state, moment
    if "withdrawn_days_ago" in facts:
        application.withdrawn_at = max(at - facts["withdrawn_days_ago"] * DAY, steps[-1].at + HOUR / 2)
        withdrawn = (Step.WITHDRAWN, application.candidate, application.withdrawn_at)
        steps.append(Step(application=application, **dict(zip(("state", "by", "at"), withdrawn, strict=True))))
    return steps


def _resume(candidate: User, page: Page) -> bytes:
    facts = page.facts
    held = ", ".join(credential["abbreviation"] for credential in facts["credentials"])
    top = [facts["headline"], f"{facts['city']}, {facts['state']}", candidate.email, "", f"Credentials: {held}"]
    body = [part.replace("\n", " ") if not part.startswith("##") else part for part in page.text.split("\n\n")]
    return make_pdf(candidate.name, [*top, *(line for part in body for line in part.splitlines())])


def add_searches(page: Page, at: datetime) -> int:
    """Store the searches a coder keeps, with what each has told of until now, so that no mail tells of the past."""
    user = User.objects.get(email=page.facts["email"])
    searches = page.facts.get("searches", [])
    for facts in searches:
        since = days_before(at, facts["days_old"], facts["name"])
        search = SavedSearch(user=user, name=facts["name"], query=facts["query"], frequency=facts["frequency"])
        search.keep(since)
        if "paused_days_ago" in facts:
            search.paused_at = at - facts["paused_days_ago"] * DAY
        search.last_run_at = search.paused_at or at
        search.next_run_at = search.turn_after(search.last_run_at)
        search.save()
        told = search.untold(at).filter(published_at__lt=search.last_run_at)
        moments = [(posting, min((posting.published_at or at) + HOUR / 6, search.last_run_at)) for posting in told]
        Delivery.objects.bulk_create(Delivery(search=search, posting=posting, at=moment) for posting, moment in moments)
    return len(searches)
