"""How many candidates heard from an employer in time: what its page may tell."""

from datetime import timedelta

import pytest

from jobboard.applications.letters import Letter
from jobboard.applications.models import Application
from tests.applications.conftest import NOON

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def rate(at=NOON + 30 * DAY):
    return Application.objects.answer_rate(at, days=7)


def test_a_step_that_was_told_is_an_answer(rex, application):
    assert rate() == (0, 1)
    application.move(NOON + 2 * DAY, rex, "reviewed", "new")
    assert rate() == (1, 1)


def test_a_message_is_one_and_the_candidate_s_own_is_none(rex, application):
    application.answer(NOON + DAY, "Hello?")
    assert rate() == (0, 1)
    application.write(NOON + 2 * DAY, rex, Letter("", "Hello"))
    assert rate() == (1, 1)


def test_a_step_in_silence_and_one_too_late_are_none(rex, application):
    application.move(NOON + DAY, rex, "reviewed", "new", tell=False)
    application.move(NOON + 8 * DAY, rex, "declined", "reviewed")
    assert rate() == (0, 1)


def test_who_has_not_waited_that_long_or_withdrew_before_is_not_counted(application):
    assert rate(NOON + 6 * DAY) == (0, 0)
    application.withdraw(NOON + 3 * DAY)
    assert rate() == (0, 0)
