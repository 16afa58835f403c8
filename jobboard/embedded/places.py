"""Where the embedded servers keep what below VAR_DIR, and who may reach it."""

import contextlib
import hashlib
import os
import pwd
from collections.abc import Iterator
from pathlib import Path

POSTGRES_PORT = 5432  # part of the socket's name, no more: PGPORT in somebody's environment must not change it
SOCKET_PATH_BYTES = 103  # sun_path holds 104 bytes on macOS and 108 on Linux, the closing NUL among them


class Trouble(Exception):
    """What keeps the site from starting, as one sentence for the person at the terminal."""


def make_var_dir(var_dir: Path) -> None:
    """Create VAR_DIR, closed to other users. Under root others may pass through: PostgreSQL runs as another user."""
    with explained(var_dir):
        if not var_dir.is_dir():
            var_dir.mkdir(parents=True, exist_ok=True)
            var_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)


@contextlib.contextmanager
def explained(var_dir: Path) -> Iterator[None]:
    """Turn a refused access to VAR_DIR into a sentence that says whose it is."""
    try:
        yield
    except (PermissionError, NotADirectoryError, FileExistsError) as error:
        there = next(folder for folder in (var_dir, *var_dir.parents) if os.path.exists(folder))  # noqa: PTH110 - that one raises
        raise Trouble(
            f"{error.filename or var_dir} cannot be used by {user_name(os.geteuid())} ({error.strerror}): run this as "
            f"the owner of {there}, {user_name(there.stat().st_uid)}, or choose another folder with VAR_DIR."
        ) from error


@contextlib.contextmanager
def lock_file(var_dir: Path, name: str) -> Iterator[int]:
    """An open file descriptor of `VAR_DIR/run/<name>`, to be locked with flock; closing it, or dying, unlocks it."""
    with explained(var_dir):
        make_var_dir(var_dir)
        folder = var_dir / "run"
        folder.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def socket_dir(var_dir: Path, part: str) -> Path:
    """Where a server's socket lies: in its data folder, or under /tmp where that path is too long for a socket.

    It depends on nothing but VAR_DIR (not on TMPDIR or XDG_RUNTIME_DIR, which differ between a login and a cron job),
    so that every process finds the same one.
    """
    own = var_dir / part
    if len(os.fsencode(own / f".s.PGSQL.{POSTGRES_PORT}")) <= SOCKET_PATH_BYTES:
        return own
    return Path("/", "tmp", f"codeharbor-{hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:16]}", part)


def make_socket_dir(var_dir: Path, part: str, owner: tuple[int, int]) -> Path:
    """Make the folder of a server's socket for the server's user and nobody else."""
    path = socket_dir(var_dir, part)
    if path != var_dir / part:
        # /tmp is open to all: a folder that somebody else laid there could lead us to a server of theirs.
        path.parent.mkdir(mode=0o711, exist_ok=True)
        if path.parent.is_symlink() or path.parent.stat().st_uid not in (os.geteuid(), var_dir.stat().st_uid):
            raise Trouble(f"{path.parent} belongs to somebody else: remove it, or choose a shorter VAR_DIR.")
        path.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(path, *owner)
    return path


def user_name(uid: int) -> str:
    """The login name of a user id, or the number where it has none."""
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def tail(log: Path) -> str:
    """The last lines of a server's log, indented, to follow a sentence that says what failed."""
    with contextlib.suppress(OSError):
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        return "\n  ".join(["", *lines[-8:]])
    return ""


def works_in(pid: int, folder: Path) -> bool:
    """Whether that process runs and its working folder is this one: both servers go to their data folder."""
    import psutil

    try:
        return Path(psutil.Process(pid).cwd()) == folder
    except (psutil.Error, OSError):
        return False
