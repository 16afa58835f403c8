"""What the environment says is checked at the start, and what is wrong is named."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SECRET = "a1B2c3D4e5" * 5 + "!"
PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": SECRET,
    "ALLOWED_HOSTS": "jobs.example",
    "SITE_URL": "https://jobs.example",
}


def read_settings(var_dir: Path, expression: str = "''", **env: str) -> subprocess.CompletedProcess[str]:
    """Import the settings in a fresh process with this environment, and print an expression of them."""
    code = f"from jobboard import settings; print({expression})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.defpath, "VAR_DIR": str(var_dir), **env},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "eight thousand"),
        ("PORT", "65536"),
        ("PRODUCTION", "perhaps"),
        ("DATABASE_URL", "mysql://root@localhost/jobs"),
        ("DATABASE_URL", "postgresql://user@host:not-a-port/jobs"),
        ("DATABASE_POOL_SIZE", "0"),
        ("CELERY_BROKER_URL", "localhost:6379"),
        ("EMAIL_URL", "mail.example.org"),
        ("EMAIL_PROVIDER", "carrier pigeon"),
        ("SITE_URL", "jobs.example"),
        ("LOG_LEVEL", "loud"),
        ("FREE_CODE_VIEWS", "-1"),
    ],
)
def test_a_malformed_variable_is_named(var_dir: Path, name: str, value: str) -> None:
    refused = read_settings(var_dir, **{name: value})
    assert refused.returncode != 0
    assert f'Environment variable "{name}" invalid' in refused.stderr


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS"])
def test_production_asks_for_what_it_needs(var_dir: Path, name: str) -> None:
    refused = read_settings(var_dir, **{key: value for key, value in PRODUCTION.items() if key != name})
    assert f'Environment variable "{name}" not set' in refused.stderr


@pytest.mark.parametrize("name", ["DEMO_MODE", "DEBUG"])
def test_production_shows_neither_demo_sign_ins_nor_code(var_dir: Path, name: str) -> None:
    refused = read_settings(var_dir, **PRODUCTION, **{name: "1"})
    assert refused.returncode != 0
    assert f"Environment variable \"{name}\" invalid: ['must be off in production']" in refused.stderr
    assert read_settings(var_dir, **{name: "1"}).returncode == 0


def test_production_has_no_demo_and_makes_nothing(var_dir: Path) -> None:
    assert read_settings(var_dir, "settings.DEMO_MODE", **PRODUCTION).stdout == "False\n"
    assert not var_dir.exists()


def test_empty_urls_count_as_not_set(var_dir: Path) -> None:
    read = read_settings(var_dir, "settings.EMBEDDED", DATABASE_URL="", CELERY_BROKER_URL="", EMAIL_URL="")
    assert read.stdout == "{'database': True, 'broker': True}\n"


def test_external_urls_leave_nothing_to_embed(var_dir: Path) -> None:
    read = read_settings(
        var_dir, "settings.EMBEDDED", DATABASE_URL="postgresql://u:p@db/x", CELERY_BROKER_URL="amqp://mq//"
    )
    assert read.stdout == "{'database': False, 'broker': False}\n"


def manage(var_dir: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *words],
        cwd=ROOT,
        env={"PATH": os.defpath, "VAR_DIR": str(var_dir), **env},
        capture_output=True,
        text=True,
    )


def test_the_command_line_names_a_wrong_variable_in_one_line(var_dir: Path) -> None:
    refused = manage(var_dir, "check", PORT="x")
    assert refused.returncode == 1
    assert refused.stderr == 'Environment variable "PORT" invalid: Not a valid integer.\n'


def test_a_command_brings_up_its_database_and_takes_it_down(var_dir: Path) -> None:
    done = manage(var_dir, "check", "--deploy", "--fail-level", "WARNING", **PRODUCTION)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    assert (var_dir / "postgres" / "PG_VERSION").exists()
    assert not (var_dir / "postgres" / "postmaster.pid").exists()


def test_a_command_that_needs_no_database_starts_none(var_dir: Path) -> None:
    assert manage(var_dir, "version").returncode == 0
    assert not (var_dir / "postgres").exists()


def test_every_variable_is_documented() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text()
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "jobboard" / "settings.py").read_text()))
    read |= set(re.findall(r"\$\{([A-Z_]+)", (ROOT / "Procfile").read_text()))
    assert len(read) > 25
    assert {name for name in read if f"`{name}`" not in page} == set()
