"""`manage.py load_demo`, as a person at a terminal sees it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User


def run() -> str:
    """What the command says."""
    out = StringIO()
    call_command("load_demo", stdout=out)
    return out.getvalue()


def test_says_what_it_added_and_then_that_all_is_there(db: None) -> None:
    assert run() == (
        "Demo data: added 26 people, 12 employers, 82 postings, 29 applications, 7 searches, 2 requests.\n"
    )
    assert run() == "Demo data: all there, nothing to add.\n"


def test_refuses_outside_demo_mode(db: None, settings) -> None:
    settings.DEMO_MODE = False
    with pytest.raises(CommandError, match="in demo mode only"):
        run()
    assert not User.objects.exists()
