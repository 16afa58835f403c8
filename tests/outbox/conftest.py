"""The real outbox in place of the test runner's mail box, a transport that a test can read, and no broker."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from django.core.mail import EmailMultiAlternatives
from pytest_django import Settings

from accounts.models import User
from jobboard.outbox import backend
from jobboard.outbox.models import OutgoingMail

NOON = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)


@pytest.fixture
def mail_dir(settings: Settings, tmp_path: Path) -> Path:
    """Mail goes through the outbox to files here."""
    settings.MAILERS = {
        "default": {"BACKEND": "jobboard.outbox.backend.OutboxBackend"},
        "transport": {"BACKEND": "jobboard.outbox.files.MailFiles"},
    }
    settings.MAIL_DIR = tmp_path / "mail"
    settings.MAIL_TO_FILES = True
    return settings.MAIL_DIR


@pytest.fixture
def queued(monkeypatch: pytest.MonkeyPatch) -> list[UUID]:
    """What was asked of the broker, which is not there."""
    asked: list[UUID] = []
    monkeypatch.setattr(backend.deliver, "apply_async", lambda args, **_: asked.append(UUID(args[0])))
    return asked


@pytest.fixture
def letter() -> Callable[..., EmailMultiAlternatives]:
    """Writes a message to Nora with text and HTML."""

    def write(subject: str = "Your application", **fields: object) -> EmailMultiAlternatives:
        message = EmailMultiAlternatives(
            subject, "It was received.\n", to=["Nora Vance <nora@coders.example>"], **fields
        )
        message.attach_alternative(
            "<!doctype html><html><head></head><body><p>It was received.</p></body></html>", "text/html"
        )
        return message

    return write


@pytest.fixture
def stored(letter: Callable[..., EmailMultiAlternatives], mail_dir: Path) -> Callable[..., OutgoingMail]:
    """Keeps a message in the outbox."""

    def store(subject: str = "Your application", at: datetime = NOON, **fields: object) -> OutgoingMail:
        return OutgoingMail.objects.store(letter(subject, **fields), at)

    return store


@pytest.fixture
def staff(db: None) -> User:
    """Sam works at the desk."""
    return User.objects.create_user("sam@house.example", "long enough a word", name="Sam", is_staff=True)


@pytest.fixture
def coder(db: None) -> User:
    """Cleo is a coder like everybody else."""
    return User.objects.create_user("cleo@coders.example", "long enough a word", name="Cleo")
