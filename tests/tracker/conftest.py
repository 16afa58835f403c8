"""The people of the tracker tests: Carl keeps jobs, Nora is a coder like him; Harbor Coding hires."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.utils import timezone

from accounts.models import User
from jobboard.applications.models import Application
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import DAY, make_posting, make_user
from tests.teams import as_, carl, harbor, olga, rival

__all__ = ["as_", "carl", "harbor", "olga", "rival"]


@pytest.fixture
def nora(db: None) -> User:
    return make_user("nora@example.org", name="Nora Vance")


@pytest.fixture
def posting(harbor: Employer) -> Posting:
    return make_posting(title="Spine coder", employer=harbor)


@pytest.fixture
def applied() -> Callable[..., Application]:
    """Stores what somebody sent."""

    def stored(candidate: User, posting: Posting, at: datetime | None = None, **fields: object) -> Application:
        columns = {
            "sent_at": at or timezone.now() - DAY,
            "moved_at": at or timezone.now() - DAY,
            "name": candidate.name,
            "email": candidate.email,
            "resume": "resumes/none",
            "resume_name": "CV.pdf",
            "profile": {},
            "consent": "Yes.",
            "posting_title": posting.title,
            "posting_employer": posting.employer.name,
            "posting_facts": [],
            "posting_html": "",
        }
        return Application.objects.create(candidate=candidate, posting=posting, **columns | fields)

    return stored
