"""The demo data, loaded at a fixed moment."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.test import override_settings

from accounts.models import User
from jobboard.applications.models import Application
from jobboard.demo.load import load
from jobboard.employers.models import Employer
from jobboard.postings.models import Posting

AT = datetime(2026, 11, 22, 15, 30, tzinfo=UTC)
PASSWORD = "open-chart-2026"


@pytest.fixture
def at() -> datetime:
    """The moment of loading."""
    return AT


@pytest.fixture(scope="module")
def _committed(django_db_setup: None, django_db_blocker, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """All of it, once for the tests of a file: each of them changes it in a transaction that is rolled back."""
    folder = tmp_path_factory.mktemp("uploads")
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=folder):
        load(AT, PASSWORD)
    yield folder
    with django_db_blocker.unblock():
        for model in (Application, Posting, Employer, User):
            model.objects.all().delete()


@pytest.fixture
def loaded(_committed: Path, own_folders: None, settings, db: None) -> datetime:
    """All demo data, as of this moment."""
    settings.MEDIA_ROOT = _committed
    return AT
