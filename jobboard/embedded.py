"""PostgreSQL and Valkey from wheels, for machines where nobody configured DATABASE_URL or CELERY_BROKER_URL."""

from pathlib import Path


def database_url(var_dir: Path) -> str:
    """Where the embedded PostgreSQL of this VAR_DIR listens; starts nothing."""
    return f"postgresql://postgres@/codeharbor?host={var_dir / 'postgres'}"


def broker_url(var_dir: Path) -> str:
    """Where the embedded Valkey of this VAR_DIR listens; starts nothing."""
    return f"redis+socket://{var_dir / 'valkey' / 'valkey.sock'}"


def machine_secret(var_dir: Path) -> str:
    """The SECRET_KEY of a machine that was given none: made once, kept in VAR_DIR, readable by its owner only."""
    import secrets

    path = var_dir / "secret-key"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()
