"""Things that tests need, made the short way: each function stores one and takes any column as a keyword.

States are made as the product makes them, by their dates; `at` is the moment from which they are as asked.
"""

from datetime import date, datetime, timedelta
from itertools import count

from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.models import User
from codes.models import Code, Heading, Release
from jobboard.employers.models import Employer, Member
from jobboard.postings.models import Posting
from jobboard.postings.vocabulary import Outcome, State

PASSWORD = "open-chart-2026"
DAY = timedelta(days=1)
_numbers = count(1)


def make_user(email: str = "", **fields: object) -> User:
    """A person with a verified address who can sign in with `PASSWORD`."""
    number = next(_numbers)
    user = User.objects.create_user(
        email or f"person{number}@example.org", PASSWORD, **{"name": f"Person {number}"} | fields
    )
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def make_employer(name: str = "", **fields: object) -> Employer:
    """An employer without a team."""
    number = next(_numbers)
    return Employer.objects.create(name=name or f"Employer {number}", **{"slug": f"employer-{number}"} | fields)


def make_member(employer: Employer, role: str = Member.Role.OWNER, user: User | None = None) -> User:
    """A person on an employer's team."""
    user = user or make_user()
    Member.objects.create(employer=employer, user=user, role=role)
    return user


def make_posting(stands: str = State.LIVE, /, *, at: datetime | None = None, **fields: object) -> Posting:
    """A posting in a state: a complete remote full-time job for coders that pays $30 to $40 an hour."""
    at = at or timezone.now()
    columns = {
        "title": "Orthopedic coder",
        "description": "Code operative notes. **Two** reviews a month.",
        "roles": ["coder"],
        "employment_type": "full-time",
        "workplace": "remote",
        "pay_min": 30,
        "pay_max": 40,
        "pay_unit": "hour",
        "edited_at": at - 3 * DAY,
        **_dates(State(stands), at),
        **fields,
    }
    employer = columns.pop("employer", None) or make_employer()
    posting = Posting.objects.create(employer=employer, **columns)
    posting.refresh_from_db()  # what the database derives: comparable pay, search
    return posting


def make_code(system: str, code: str, title: str, **fields: object) -> Code:
    """A code with our own short name, alone under its heading and in its release."""
    at = timezone.now()
    release = Release.objects.create(
        dataset=Release.Dataset.OWN_TEXTS,
        version=code,
        title="For tests",
        owner="Nobody",
        effective=date(2026, 1, 1),
        file_name="none",
        checksum=f"{system}:{code}",
        loaded_at=at,
    )
    heading = Heading.objects.create(system=system, slug=code.lower(), title="Some", position=1, release=release)
    columns = {"own_title": title, "position": 1, "edition": 2026, "changed_at": at, **fields}
    return Code.objects.create(system=system, code=code, heading=heading, release=release, **columns)


def _dates(stands: State, at: datetime) -> dict[str, object]:
    """The columns that make a state what it is."""
    submitted = {"submitted_at": at - 3 * DAY}
    published = {**submitted, "published_at": at - 2 * DAY, "approved_at": at - 2 * DAY, "expires_at": at + 30 * DAY}
    return {
        State.DRAFT: {},
        State.SUBMITTED: submitted,
        State.SENT_BACK: {**submitted, "sent_back_at": at - DAY, "sent_back_reason": "Name the pay."},
        State.LIVE: published,
        State.PAUSED: {**published, "paused_at": at - DAY},
        State.HELD: {**published, "held_at": at - DAY, "held_reason": "Asked for a check."},
        State.EXPIRED: {**published, "expires_at": at - DAY},
        State.CLOSED: {**published, "closed_at": at - DAY, "outcome": Outcome.FILLED_HERE},
    }[stands]
