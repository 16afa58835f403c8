"""How many postings an employer may submit in a day."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone
from pytest_django.asserts import assertContains, assertRedirects

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.postings.models import DailyLimit, Posting
from tests.factories import make_employer, make_member, make_posting

NOW = timezone.now()


def test_the_one_too_many_stays_a_draft(as_, settings, olga: User, harbor: Employer) -> None:
    settings.POSTINGS_PER_DAY = 2
    drafts = [make_posting("draft", employer=harbor) for _ in range(3)]
    browser = as_(olga)
    pages = [f"/hiring/postings/{draft.pk}/submit/" for draft in drafts]
    for page in pages[:2]:
        assert browser.post(page).status_code == 302
    refused = browser.post(pages[2])
    assertContains(refused, "Harbor Coding has submitted 2 postings within 24 hours", status_code=429)
    assertContains(refused, "submit it tomorrow", status_code=429)
    assert Posting.objects.get(pk=drafts[2].pk).submitted_at is None
    Posting.objects.filter(pk=drafts[0].pk).update(submitted_at=timezone.now() - timedelta(hours=25))
    assertRedirects(browser.post(pages[2]), f"/hiring/postings/{drafts[2].pk}/")


def test_another_employer_and_a_verified_one_have_limits_of_their_own(settings, harbor: Employer, olga: User) -> None:
    settings.POSTINGS_PER_DAY, settings.POSTINGS_PER_DAY_VERIFIED = 1, 2
    make_posting("draft", employer=harbor).submit(NOW, olga)
    make_posting("draft", employer=make_employer()).submit(NOW, olga)
    with pytest.raises(DailyLimit, match="A verified employer can submit 2"):
        make_posting("draft", employer=harbor).submit(NOW, olga)
    harbor.verify(NOW, "harbor.example", olga)
    make_posting("draft", employer=harbor).submit(NOW, olga)
    with pytest.raises(DailyLimit):
        make_posting("draft", employer=harbor).submit(NOW, olga)


def test_one_that_was_sent_back_counts_once(settings, harbor: Employer, olga: User, stella: User) -> None:
    settings.POSTINGS_PER_DAY = 1
    posting = make_posting("draft", employer=harbor)
    posting.submit(NOW, olga)
    posting.send_back(NOW, stella, "Name the pay.")
    posting.submit(NOW, olga)


@pytest.mark.django_db(transaction=True)
def test_many_at_once_do_not_pass_it(settings) -> None:
    settings.POSTINGS_PER_DAY = 2
    employer, start = make_employer(), Barrier(5)
    person = make_member(employer)
    drafts = [make_posting("draft", employer=employer) for _ in range(5)]

    def submit(draft: Posting) -> None:
        start.wait()
        try:
            draft.submit(NOW, person)
        except DailyLimit:
            pass
        finally:
            connection.close()

    threads = [Thread(target=submit, args=[draft]) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Posting.objects.filter(submitted_at__isnull=False).count() == 2
