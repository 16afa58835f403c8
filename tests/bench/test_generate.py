"""The generator of the bench: as many as asked, each as the product would have stored it, in a database of its own."""

import os
import subprocess
import sys
from datetime import datetime
from pathlib import Path

import pytest
from django.db import connection
from django.utils import timezone

from bench import load
from codes.markup import plain, render
from jobboard.postings.models import Posting
from jobboard.postings.words import keywords

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def at() -> datetime:
    return timezone.now()


@pytest.fixture
def board(db: None, at: datetime) -> None:
    load.fill(200, 50, at)


def indexes() -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.get_constraints(cursor, load.TABLE))


def test_as_many_as_asked_and_so_many_live(board: None, at: datetime) -> None:
    assert Posting.objects.count() == load.generated() == 200
    assert Posting.objects.live(at).count() == 50


def test_most_others_have_ended(board: None, at: datetime) -> None:
    assert 120 < Posting.objects.ended(at).count() < 150


def test_each_is_stored_as_the_product_stores_it(board: None, at: datetime) -> None:
    """Columns that `save` derives, choices, limits: nothing that a form would have refused."""
    for posting in Posting.objects.select_related("employer").order_by("pk"):
        posting.full_clean(exclude=["created_by", "description_html", "description_text"])
        assert not posting.missing(posting.submitted_at) if posting.submitted_at else True
        assert posting.keywords == keywords(posting)
        assert posting.description_html == render(posting.description)
        assert posting.description_text == plain(posting.description_html)


def test_words_find_them(board: None, at: datetime) -> None:
    assert Posting.objects.live(at).filter(search="coder").exists()


def test_every_index_is_back(db: None, at: datetime) -> None:
    before = indexes()
    load.fill(20, 5, at)
    assert indexes() == before


def settings_of_the_bench(expression: str, **env: str) -> str:
    code = f"from bench import settings; print({expression})"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={"PATH": os.defpath, **env}, capture_output=True, text=True
    )
    assert not done.returncode, done.stderr
    return done.stdout.strip()


def test_the_database_is_its_own_whatever_the_site_uses(tmp_path: Path) -> None:
    site = {"VAR_DIR": str(tmp_path), "DATABASE_URL": "postgresql://site@db.example/site"}
    assert settings_of_the_bench("settings.VAR_DIR", **site) == str(tmp_path / "bench")
    assert "db.example" not in settings_of_the_bench("settings.DATABASES", **site)
    other = {"BENCH_DATABASE_URL": "postgresql://bench@db.example/bench"}
    assert settings_of_the_bench("settings.DATABASES['default']['NAME']", **site, **other) == "bench"


def test_the_site_itself_does_not_know_the_command(settings: object) -> None:
    assert "bench" not in settings.INSTALLED_APPS
