"""A process knows at once what became of a posting, whoever changed it and by which way."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.http import QueryDict
from django.test import Client
from django.utils import timezone

import jobboard.postings.found
from jobboard.employers.models import Employer
from jobboard.postings import board
from jobboard.postings.found import Found
from jobboard.postings.models import Change, Posting
from jobboard.postings.search import PostingFilter
from jobboard.postings.vocabulary import Outcome
from tests.factories import make_posting, make_user

pytestmark = pytest.mark.django_db


def count(client: Client, query: str = "") -> int:
    return client.get(f"/jobs/?{query}").context["page"].paginator.count


def close(posting: Posting) -> None:
    posting.close(timezone.now(), make_user(), Outcome.CANCELLED)


def suspend(posting: Posting) -> None:
    Employer.objects.filter(pk=posting.employer_id).update(suspended_at=timezone.now())


def expire(posting: Posting) -> None:
    Posting.objects.filter(pk=posting.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.parametrize("end", [close, suspend, expire, Posting.delete])
def test_what_ends_is_gone_at_once(client: Client, end: Callable[[Posting], object]) -> None:
    make_posting(), make_posting()
    posting = make_posting()
    assert count(client) == 3
    end(posting)
    assert count(client) == 2


def test_what_is_new_or_changed_is_there_at_once_and_in_its_place(client: Client) -> None:
    make_posting(title="First", specialties=["urology"])
    assert count(client, "specialty=em") == 0
    new = make_posting(title="Second", specialties=["em"], at=timezone.now() + timedelta(hours=3))
    assert count(client, "specialty=em") == 1
    Posting.objects.filter(title="First").update(specialties=["em", "gi"], pay_max=90)
    response = client.get("/jobs/?specialty=em&sort=pay")
    assert [each.title for each in response.context["page"]] == ["First", "Second"]
    assert [each.title for each in client.get("/jobs/").context["page"]] == ["Second", "First"]
    assert count(client, "specialty=urology") == 0
    new.delete()
    assert count(client, "specialty=em") == 1


def test_words_that_were_asked_for_before_find_what_is_new(client: Client) -> None:
    make_posting(title="Spine coder")
    assert count(client, "q=spine") == 1
    changed = make_posting(title="Hip coder")
    make_posting(title="Spine auditor")
    assert count(client, "q=spine") == 2
    changed.title = "Hip and spine coder"
    changed.save()
    assert count(client, "q=spine") == 3
    changed.title = "Hip coder"
    changed.save()
    assert count(client, "q=spine") == 2


def test_what_expires_by_the_clock_leaves() -> None:
    at = timezone.now()
    make_posting(expires_at=at + timedelta(hours=1))
    make_posting(expires_at=at + timedelta(hours=3))
    assert board.current(at).live.bit_count() == 2
    assert board.current(at + timedelta(hours=2)).live.bit_count() == 1


def test_what_is_known_is_read_from_the_journal_only(client: Client, django_assert_num_queries) -> None:
    make_posting()
    at = timezone.now()
    board.current(at)
    with django_assert_num_queries(1):
        board.current(at)
    make_posting()
    with django_assert_num_queries(2):
        assert board.current(at).live.bit_count() == 2


def test_a_change_of_very_many_begins_anew(client: Client) -> None:
    posting = make_posting()
    before = board.current(timezone.now())
    Change.objects.create(posting=None, xact=before._journal._since, at=timezone.now())
    after = board.current(timezone.now())
    assert after is not before
    assert after.slot(posting.pk) is not None


def test_many_changes_leave_one_note() -> None:
    employer = make_posting().employer
    before = Change.objects.count()
    Posting.objects.bulk_create(
        [
            Posting(employer=employer, title=f"Coder {number}", edited_at=timezone.now(), **published())
            for number in range(1001)
        ]
    )
    assert Change.objects.filter(posting=None).exists() is True
    assert Change.objects.count() - before < 10


def published() -> dict[str, object]:
    at = timezone.now()
    return {
        "submitted_at": at, "published_at": at, "approved_at": at, "expires_at": at + timedelta(days=3),
        "description": "Code.", "roles": ["coder"], "employment_type": "full-time", "workplace": "remote",
    }  # fmt: skip


@pytest.mark.parametrize("sort", ["newest", "pay"])
def test_few_and_many_are_listed_alike(monkeypatch: pytest.MonkeyPatch, sort: str) -> None:
    at = timezone.now()
    for number in range(7):
        make_posting(pay_min=30 - number % 3, pay_max=40, workplace="remote", at=at - timedelta(days=number % 4))
    found = Found(PostingFilter(QueryDict(f"sort={sort}&workplace=remote")), board.current(at), at)
    few = [[card.pk for card in found[first : first + 3]] for first in (0, 3, 6)]
    for module in (board, jobboard.postings.found):
        monkeypatch.setattr(module, "FEW", 0)
    assert [[card.pk for card in found[first : first + 3]] for first in (0, 3, 6)] == few
    assert len({pk for part in few for pk in part}) == 7


def test_the_journal_is_shortened() -> None:
    at = timezone.now()
    Change.objects.all().delete()
    make_posting()
    assert Change.objects.forget(at) == 0
    assert Change.objects.forget(at + timedelta(hours=3)) == 1


def test_a_board_built_ahead_needs_only_the_journal_for_the_first_request(django_assert_num_queries) -> None:
    make_posting()
    board.build_ahead()
    with django_assert_num_queries(1):
        assert board.current(timezone.now()).live.bit_count() == 1


def test_a_worker_starts_without_its_database(monkeypatch: pytest.MonkeyPatch) -> None:
    posting = make_posting()
    with monkeypatch.context() as broken:
        broken.setattr(board, "Board", lambda _: connection.cursor().execute("SELECT 1 FROM no_such_table"))
        with transaction.atomic():
            board.build_ahead()
            transaction.set_rollback(True)
    assert board.current(timezone.now()).slot(posting.pk) is not None
