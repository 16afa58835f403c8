"""How reliably an employer answers, as its page says it."""

from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from jobboard.applications.models import Application, Step
from jobboard.applications.response import FEWEST, LOOKED_BACK, WITHIN, rate_of
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting
from tests.factories import DAY, make_posting, make_user

NOW = timezone.now()
SENT = NOW - 30 * DAY


def apply(posting: Posting, answered: timedelta | None = None, state: str = "reviewed", **fields: object) -> None:
    """Somebody's application, and when after it the team moved it."""
    columns = {
        "sent_at": SENT,
        "moved_at": SENT,
        "consent": "Yes.",
        "resume": "x",
        "profile": {},
        "posting_facts": {},
        **fields,
    }
    application = Application.objects.create(posting=posting, candidate=make_user(), **columns)
    sent_at: datetime = application.sent_at
    Step.objects.create(application=application, state="new", at=sent_at)
    if answered is not None:
        Step.objects.create(application=application, state=state, at=sent_at + answered)


def test_the_share_answered_in_time_is_on_the_page(client: Client, harbor: Employer) -> None:
    posting = make_posting(employer=harbor)
    for _ in range(FEWEST - 2):
        apply(posting, DAY, "declined")
    apply(posting, WITHIN + DAY)
    assert rate_of(harbor, NOW) is None
    assertNotContains(client.get(harbor.get_absolute_url()), "of applications within")
    apply(posting)
    assert rate_of(harbor, NOW) == (FEWEST - 2, FEWEST)
    page = client.get(harbor.get_absolute_url())
    assertContains(page, "Answers 80%")
    assertContains(page, "8 of 10 sent here in the last six months")


def test_what_counts_neither_way(harbor: Employer) -> None:
    posting = make_posting(employer=harbor)
    for _ in range(FEWEST):
        apply(posting, DAY)
    apply(posting, sent_at=NOW - WITHIN + DAY)  # it has time yet
    apply(posting, sent_at=NOW - LOOKED_BACK - DAY)  # long ago
    apply(posting, DAY, Step.WITHDRAWN, withdrawn_at=SENT + DAY)  # its sender was faster
    apply(make_posting())  # somebody else's
    assert rate_of(harbor, NOW) == (FEWEST, FEWEST)


def test_silence_is_no_answer_because_the_sender_gave_up_later(harbor: Employer) -> None:
    posting = make_posting(employer=harbor)
    for _ in range(FEWEST):
        apply(posting, WITHIN + DAY, Step.WITHDRAWN, withdrawn_at=SENT + WITHIN + DAY)
    assert rate_of(harbor, NOW) == (0, FEWEST)


def test_it_is_one_query(harbor: Employer, django_assert_num_queries) -> None:
    with django_assert_num_queries(1):
        rate_of(harbor, NOW)
