"""The product's settings with the bare view, on a database of their own: what is generated never meets real postings.

It lies in VAR_DIR/bench, or where BENCH_DATABASE_URL says; DATABASE_URL is not looked at.
"""

import os
from pathlib import Path

_VAR_DIR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var")
if _VAR_DIR.name != "bench":  # a process that the bench started has inherited it
    os.environ["VAR_DIR"] = str(_VAR_DIR / "bench")
os.environ["DATABASE_URL"] = os.environ.get("BENCH_DATABASE_URL", "")
os.environ["CELERY_BROKER_URL"] = ""

from jobboard.settings import *  # noqa: E402, F403 - all of them, after the two lines above
from jobboard.settings import EMBEDDED, INSTALLED_APPS  # noqa: E402 - by name, for those who read

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = [*INSTALLED_APPS, "bench"]
EMBEDDED = EMBEDDED | {"broker": False}  # nothing is queued
FREE_VIEWS_PER_NETWORK_AND_DAY = 1_000_000
GUEST_VIEWS_PER_NETWORK_AND_DAY = 1_000_000  # each run is a new guest, and all come from one network
