"""However many requests arrive at once, nobody gets more views than their limit, and one page counts once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connections

from accounts.models import CodeView, Meter
from accounts.reader import Access, Reader
from tests.accounts.conftest import reader_of
from tests.factories import make_user

REQUESTS = 200
AT_ONCE = 200

pytestmark = pytest.mark.django_db(transaction=True)


def open_all(visits: list[tuple[Reader, str]]) -> list[Access]:
    """Open each page for its reader, in threads that hold real connections and start together."""
    bunch = Barrier(AT_ONCE)

    def visit(reader: Reader, page: str) -> Access:
        bunch.wait()
        try:
            return reader.open(page)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as threads:
        return list(threads.map(visit, *zip(*visits, strict=True)))


def test_a_guest_gets_one_view_of_200_different_pages(guest):
    answers = open_all([(reader_of(guest=guest), f"cpt:{n}") for n in range(REQUESTS)])

    assert sum(answer.granted for answer in answers) == 1
    assert CodeView.objects.count() == 1
    assert {answer.remaining for answer in answers} == {0}


def test_a_free_account_gets_five_views_of_200_different_pages():
    ann = make_user("ann@example.com")

    answers = open_all([(reader_of(user=ann), f"cpt:{n}") for n in range(REQUESTS)])

    assert sum(answer.granted for answer in answers) == 5
    assert CodeView.objects.filter(user=ann).count() == 5
    assert Meter.objects.get(key=f"user:{ann.pk}").used == 5


def test_200_guests_of_one_network_get_no_more_than_its_ceiling(settings):
    settings.GUEST_VIEWS_PER_NETWORK_AND_DAY = 20

    answers = open_all([(reader_of(guest=uuid4()), "cpt:20670") for _ in range(REQUESTS)])

    assert sum(answer.granted for answer in answers) == 20
    assert CodeView.objects.count() == 20
    guests = Meter.objects.filter(key__startswith="guest:")
    assert guests.count() == 20, "a guest who was refused is not counted"
    assert Meter.objects.get(key__startswith="network:").used == 20


def test_40_free_accounts_of_one_network_get_no_more_than_its_ceiling(settings):
    settings.FREE_VIEWS_PER_NETWORK_AND_DAY = 20
    people = [make_user(f"ann+{n}@example.com") for n in range(40)]

    answers = open_all([(reader_of(user=people[n % 40]), f"cpt:{n}") for n in range(REQUESTS)])

    assert sum(answer.granted for answer in answers) == 20
    assert CodeView.objects.count() == 20
    assert Meter.objects.get(key__startswith="network:free:").used == 20


def test_one_page_asked_200_times_at_once_counts_once_and_is_never_refused(guest):
    answers = open_all([(reader_of(guest=guest), "cpt:20670") for _ in range(REQUESTS)])

    assert all(answer.granted for answer in answers)
    assert CodeView.objects.count() == 1
    assert set(Meter.objects.values_list("used", flat=True)) == {1}


def test_one_page_asked_at_once_leaves_a_free_account_its_other_views():
    ann = make_user("ann@example.com")

    answers = open_all([(reader_of(user=ann), "cpt:20670") for _ in range(REQUESTS)])

    assert all(answer.granted for answer in answers)
    assert reader_of(user=ann).remaining() == 4
