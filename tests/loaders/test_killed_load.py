"""A load that is killed leaves nothing behind, at whatever moment, and can be run again."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from codes.models import Code, HcpcsIndicators, IndexEntry, Release
from tests.codes import anweb
from tests.loaders.conftest import load
from tests.loaders.index_files import GULL, write

pytestmark = pytest.mark.django_db(transaction=True)

# Loads in a process of its own that dies, as by SIGKILL, once the named function has returned.
DRIVER = """
import functools, importlib, json, os, signal, sys

from django.conf import settings

database, place, *command = sys.argv[1:]
settings.DATABASES["default"].update(json.loads(database))
import django

django.setup()
module, *names = place.split(":")[0], *place.split(":")[1].split(".")
owner = importlib.import_module(module)
for name in names[:-1]:
    owner = getattr(owner, name)
original = getattr(owner, names[-1])

@functools.wraps(original)
def die_after(*arguments, **named):
    original(*arguments, **named)
    os.kill(os.getpid(), signal.SIGKILL)

setattr(owner, names[-1], die_after)
from django.core.management import call_command

call_command("load", *command)
"""


def die(place: str, *command: object) -> None:
    """Run a load that is killed at a place; fails where it lived."""
    wanted = ("NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = json.dumps({key: str(connection.settings_dict[key]) for key in wanted})
    run = subprocess.run(
        [sys.executable, "-c", DRIVER, database, place, *map(str, command)],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "jobboard.settings"},
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == -signal.SIGKILL, run.stderr[-2000:]


def left_behind() -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relname LIKE 'incoming%' AND relkind = 'r'")
        staging = cursor.fetchone()[0]
    tables = {model.__name__: model.objects.count() for model in (Release, IndexEntry, Code, HcpcsIndicators)}
    return {name: count for name, count in {**tables, "staging": staging}.items() if count}


@pytest.mark.parametrize(
    "place",
    [
        "codes.loaders.progress:Progress.row",  # in the middle of the stream
        "codes.loaders.bulk:_record",
        "codes.loaders.table:Table._insert",
        "codes.loaders.bulk:_merge",  # all done but the commit
    ],
)
def test_a_flat_table(tmp_path: Path, place: str) -> None:
    path = write(tmp_path, GULL)
    die(place, "icd-10-cm-index", path)
    assert left_behind() == {}
    load("icd-10-cm-index", path)
    assert IndexEntry.objects.count() == 5


@pytest.mark.parametrize(
    "place",
    [
        "codes.loaders.merge:stage",
        "codes.loaders.merge:settle",
        "codes.loaders.table:Table.merge",
    ],
)
def test_codes_and_what_belongs_to_them(tmp_path: Path, place: str) -> None:
    path = anweb.write(tmp_path)
    die(place, "hcpcs", path)
    assert left_behind() == {}
    load("hcpcs", path)
    assert HcpcsIndicators.objects.count() == 4
