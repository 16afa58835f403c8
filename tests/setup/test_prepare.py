"""`manage.py prepare`: what it does, in which order, and that it leaves demo data out where it is told to."""

import pytest
from django.core.management import call_command

from jobboard.management.commands import prepare


@pytest.fixture
def steps(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The commands that it calls, which are tested in their own places."""
    called: list[str] = []
    monkeypatch.setattr(prepare, "call_command", lambda name, **_: called.append(name))
    return called


@pytest.mark.django_db
def test_demo_data_in_demo_mode(steps: list[str], settings) -> None:
    settings.DEMO_MODE = True
    call_command("prepare")
    assert steps == ["createcachetable", "collectstatic", "load_reference", "load_places", "load_demo"]


@pytest.mark.django_db
def test_no_demo_data_on_a_real_site(steps: list[str], settings) -> None:
    settings.DEMO_MODE = False
    call_command("prepare")
    assert steps == ["createcachetable", "collectstatic", "load_reference", "load_places"]


@pytest.mark.django_db
def test_it_migrates_what_is_not_migrated(steps: list[str], settings, monkeypatch) -> None:
    monkeypatch.setattr(prepare.MigrationExecutor, "migration_plan", lambda *_: ["one"])
    call_command("prepare")
    assert steps[0] == "migrate"


@pytest.mark.django_db
def test_a_public_site_whose_mail_stays_is_told(steps: list[str], settings, capsys: pytest.CaptureFixture[str]) -> None:
    settings.PRODUCTION, settings.DEMO_MODE, settings.MAIL_TO_FILES = True, False, True
    call_command("prepare")
    assert "No mail leaves this site" in capsys.readouterr().err
