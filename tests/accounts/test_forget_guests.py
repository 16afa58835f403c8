"""Nothing is kept of a guest for longer than it can count."""

from datetime import timedelta
from io import StringIO
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.utils import timezone

from accounts.models import CodeView, Meter
from accounts.reader import GUEST_COOKIE_AGE
from accounts.tasks import forget_guests
from tests.accounts.conftest import reader_of

pytestmark = pytest.mark.django_db


def test_guests_are_forgotten_when_their_cookie_is_dead(ann):
    now = timezone.now()
    long_ago = now - GUEST_COOKIE_AGE - timedelta(hours=1)
    alive = uuid4()
    reader_of(guest=uuid4()).open("cpt:20670", long_ago)
    reader_of(guest=alive).open("cpt:20670", now - timedelta(days=30))
    reader_of(user=ann).open("cpt:20670", long_ago)

    said = StringIO()
    call_command("forget_guests", stdout=said)

    assert said.getvalue() == "Forgot 1 code views and 4 meters of guests.\n"
    assert set(CodeView.objects.values_list("guest", "user")) == {(alive, None), (None, ann.pk)}
    assert set(Meter.objects.values_list("key", flat=True)) == {f"guest:{alive}", f"user:{ann.pk}"}
    assert reader_of(guest=alive).open("cpt:20670").granted
    assert not reader_of(guest=alive).open("cpt:20680").granted


def test_a_network_is_forgotten_after_two_days():
    now = timezone.now()
    reader_of(guest=uuid4()).open("cpt:20670", now - timedelta(days=2, minutes=1))
    reader_of(guest=uuid4()).open("cpt:20670", now)

    forget_guests()

    assert Meter.objects.filter(key__startswith="network:").count() == 1
    assert Meter.objects.filter(key__startswith="guest:").count() == 2
