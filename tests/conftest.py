"""What every test stands on: servers and folders of its own, apart from a site that runs in the same checkout.

The tests' servers belong to `VAR_DIR/test`, where PostgreSQL does not wait for the disk. DATABASE_URL and
CELERY_BROKER_URL replace them, as they do for the site: `make test-external`.
"""

import fcntl
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import dj_database_url
import pytest
from django.conf import settings as site
from django.core.cache import caches

from jobboard import embedded
from jobboard.embedded.places import lock_file
from tests.browser import chromium
from tests.guards import a_get_never_writes  # noqa: F401 - holds for every test

HOME = site.VAR_DIR / "test"


def pytest_configure(config: pytest.Config) -> None:
    """Point the settings at the tests' servers and folders, before anything has used them."""
    site.VAR_DIR = HOME
    site.STATIC_ROOT = HOME / "static"
    site.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # whitenoise warns of an absent one
    site.STORAGES = site.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # without collecting them
    }
    site.INBOUND_DOMAIN = ""  # whatever the mode; a test that is about answers by mail names one
    site.CACHES = site.CACHES | {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    site.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # the real one is slow on purpose
    if site.EMBEDDED["database"]:
        site.DATABASES["default"].update(dj_database_url.parse(embedded.database_url(HOME), conn_health_checks=True))
    if site.EMBEDDED["broker"]:
        # each process of a parallel run has a broker's database to itself
        number = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 16
        site.CELERY_BROKER_URL = f"{embedded.broker_url(HOME)}?virtual_host={number}"
    if not hasattr(config, "workerinput"):
        _one_run_at_a_time(config)


def _one_run_at_a_time(config: pytest.Config) -> None:
    """Two runs would drop each other's databases: the second one waits."""
    context = lock_file(HOME, "tests.lock")
    lock = context.__enter__()
    config.add_cleanup(lambda: context.__exit__(None, None, None))
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        sys.stderr.write(f"Waiting for another test run that uses {HOME}; with a VAR_DIR of its own it need not.\n")
        fcntl.flock(lock, fcntl.LOCK_EX)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say in one line that there was no browser to test with."""
    if any(chromium.MISSING in str(report.longrepr) for report in terminalreporter.stats.get("skipped", [])):
        terminalreporter.write_line(chromium.MISSING)


@pytest.fixture(scope="session")
def servers() -> Iterator[None]:
    """The embedded servers that are not replaced by others."""
    with embedded.running(HOME, **site.EMBEDDED, durable=False):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None, servers: None) -> None:
    """Have the servers up before pytest-django makes the test database."""


@pytest.fixture(autouse=True)
def own_folders(settings, tmp_path: Path) -> None:
    """Uploads and mail of a test go to folders of its own."""
    settings.MEDIA_ROOT = tmp_path / "uploads"
    settings.MAIL_DIR = tmp_path / "mail"


@pytest.fixture(autouse=True)
def nothing_kept() -> None:
    """No test sees what another one left in a cache of its process."""
    from jobboard.postings import board

    for cache in caches.all():
        cache.clear()
    board.forget()
