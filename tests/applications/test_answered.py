"""What counts as an answer of the team in time: its employer's page tells how often there was one."""

from datetime import timedelta

import pytest

from jobboard.applications.letters import Letter
from jobboard.applications.models import Application
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def answered():
    return Application.objects.with_answered(7 * DAY).get().answered


def test_a_step_that_was_told_is_an_answer(rex, application):
    assert not answered()
    application.move(NOON + 2 * DAY, rex, "reviewed", "new")
    assert answered()


def test_a_message_is_one_and_the_candidate_s_own_is_none(rex, application):
    application.answer(NOON + DAY, "Hello?")
    assert not answered()
    application.write(NOON + 2 * DAY, rex, Letter("", "Hello"))
    assert answered()


def test_a_step_in_silence_and_one_too_late_are_none(rex, application):
    application.move(NOON + DAY, rex, "reviewed", "new", tell=False)
    application.move(NOON + 8 * DAY, rex, "declined", "reviewed")
    assert not answered()


def test_a_withdrawal_is_none(application):
    application.withdraw(NOON + DAY)
    assert not answered()
