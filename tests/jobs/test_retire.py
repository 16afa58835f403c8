"""The task that writes down which postings have expired. The public sees the same before and after."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from jobboard.postings.models import Posting
from jobboard.postings.tasks import retire
from jobboard.postings.vocabulary import State
from tests.factories import make_posting

pytestmark = pytest.mark.django_db


def test_an_expired_posting_is_retired_once(client: Client) -> None:
    over = make_posting(State.EXPIRED)
    assert (retire(), retire()) == (1, 0)
    over.refresh_from_db()
    assert over.retired_at
    assert client.get(over.get_absolute_url()).status_code == 410


def test_nothing_else_is(client: Client) -> None:
    for stands in State:
        if stands != State.EXPIRED:
            make_posting(stands)
    assert retire() == 0
    assert Posting.objects.live(timezone.now()).count() == 1


def test_one_that_has_ended_is_not_live_before_it_is_retired() -> None:
    posting = make_posting(State.LIVE)
    later = posting.expires_at + timedelta(seconds=1)
    assert not Posting.objects.live(later).exists()
    assert Posting.objects.retire(later) == 1
    assert Posting.objects.ended(later).exists()
