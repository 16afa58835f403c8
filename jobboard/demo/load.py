"""Bring all demo data into the database, once.

What is added is what is absent, by its owner: an employer comes with its postings, a coder with applications and saved
searches. So a posting that somebody retitled or threw away in the demo does not come back with the next start.
"""

from collections import Counter
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from accounts.models import User
from jobboard.demo import pages
from jobboard.demo.hiring import add_employers, known_slugs, reseat
from jobboard.demo.people import add_people
from jobboard.demo.reading import add_counts, add_saved
from jobboard.demo.sending import add_applications, add_searches
from jobboard.demo.talent import add_requests
from jobboard.demo.trust import add_pages, add_reports, look_at

STAFF = "staff@demo.example"
CODER = "coder@demo.example"


@transaction.atomic
def load(at: datetime, password: str) -> Counter[str]:
    """Add what is absent, with dates counted from `at`, and give every demo person this password; all or nothing.

    Returns how many of what were added; nothing where all was there.
    """
    _wait_for_others()
    people, employers = pages.people(), pages.employers()
    new = add_people(_everybody(), password, at)
    known = known_slugs([employer.key for employer in employers])
    absent = [employer for employer in employers if employer.key not in known]
    reseat([employer for employer in employers if employer.key in known], new)
    staff = User.objects.get(email=STAFF)
    postings = add_employers(absent, staff, at)
    add_pages(absent, at)
    if postings:
        look_at(postings, at)
    add_counts(postings, at)
    if CODER in new:
        add_saved(CODER, at)
    added = Counter(people=len(new), employers=len(absent), postings=len(postings))
    for page in people:
        if page.facts["email"] in new:
            added["applications"] += add_applications(page, at)
            added["searches"] += add_searches(page, at)
            add_reports(page, at)
            added["requests"] += add_requests(page, at)
    return +added


def shut_out() -> int:
    """Keep the demo people from signing in, since their password is public; the next load lets them in again.

    Returns how many were still let in.
    """
    addresses = [person["email"] for person in _everybody()]
    return User.objects.filter(email__in=addresses, is_active=True).update(is_active=False)


def _everybody() -> list[dict[str, Any]]:
    team = [place for employer in pages.employers() for place in employer.facts["team"]]
    return [*(page.facts for page in pages.people()), *team]


def _wait_for_others() -> None:
    """Let one load at a time run, against two starts that each find the same rows absent."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('jobboard.demo.load'))")
