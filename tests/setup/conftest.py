"""Folders for real servers, and a look at the processes that work in them."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobboard.embedded import postgres, valkey


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """An empty VAR_DIR whose servers are stopped at the end.

    Not pytest's tmp_path: under root that is closed to the user whom PostgreSQL runs as.
    """
    parent = Path(tempfile.mkdtemp(prefix="setup-", dir="/tmp")).resolve()
    parent.chmod(0o711)
    yield parent / "var"
    if parent.joinpath("var").is_dir():
        valkey.stop(parent / "var")
        postgres.stop(parent / "var")
    shutil.rmtree(parent)


@pytest.fixture
def as_root() -> None:
    """Skip where we are an ordinary user."""
    if os.geteuid() != 0:
        pytest.skip("needs root")
