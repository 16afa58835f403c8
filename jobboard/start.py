"""`make run`: database, broker, web server, task worker, timetable and inbox under one supervisor, in the foreground.

Each child leads a session of its own, so that a Ctrl-C in the terminal reaches the supervisor alone, which then ends
the children in good order. A child that dies is started again, after a pause that grows if it keeps dying; so are the
embedded servers. The children carry the mark of this run in their environment: if the supervisor itself is killed, the
next one reads the mark in `VAR_DIR/run/site.json`, ends whoever still carries it, and touches nobody else.

The commands of the children are those of the Procfile, which other supervisors (and hosting platforms) read too.
"""

import contextlib
import fcntl
import http.client
import json
import os
import re
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from environs import EnvError

from jobboard import embedded
from jobboard.embedded import Trouble
from jobboard.embedded.places import lock_file

MARK = "CODEHARBOR_RUN"  # the name of the variable by which a run knows its children
TICK = 0.5  # seconds between two looks at the children
LOOK_AT_SERVERS = 2.0  # seconds between two looks at the embedded servers
READY_WITHIN = 300.0  # a busy machine takes its time; whatever ends by itself is told at once
STOP_WITHIN = 20.0  # then what still runs is killed; the worker hands an unfinished task back to the broker
LONGEST_PAUSE = 30.0
STEADY = 60.0  # a child that has lived this long starts again with the shortest pause
DEMO_PEOPLE = {
    "coder@demo.example": "a free account",
    "member@demo.example": "a registered member",
    "employer@demo.example": "owner of an employer",
    "recruiter@demo.example": "on the same team",
    "rival@demo.example": "another employer",
    "staff@demo.example": "staff: moderation, mail",
}


def main(procfile: Path | None = None) -> int:
    """Run the site until it is told to stop; returns the exit status, 0 after a wanted stop.

    `procfile` names its commands; without one it is that of the checkout.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jobboard.settings")
    begun = time.monotonic()
    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN:  # nohup wants to outlive its terminal
            signal.signal(number, lambda *_: stop.set())
    try:
        with only_one() as register, embedded.running(settings.VAR_DIR, **settings.EMBEDDED):
            Site(read_procfile(procfile or settings.BASE_DIR / "Procfile"), register, stop, begun).run()
    except (Trouble, EnvError) as trouble:
        say(str(trouble))
        return 1
    return 0


def say(text: str) -> None:
    """Print to whoever watches; nobody watching any more is no reason to end."""
    try:
        print(text, flush=True)
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


# --- One run at a time ----------------------------------------------------------------------------------------------


class Register:
    """VAR_DIR/run/site.json: who runs this site, for the next one who wants to."""

    def __init__(self, var_dir: Path) -> None:
        self.path = var_dir / "run" / "site.json"
        self.mark = secrets.token_hex(16)

    def read(self) -> dict[str, str]:
        """What the last run wrote, or nothing."""
        try:
            return dict(json.loads(self.path.read_text()))
        except (OSError, ValueError, TypeError):
            return {}

    def write(self, state: str) -> None:
        """Say that this process runs the site, and whether it is `running`, `stopping` or `stopped`.

        A disk that takes no more, or a VAR_DIR that somebody removed, must not keep the site from stopping.
        """
        draft = self.path.with_suffix(".new")
        note = {"pid": os.getpid(), "mark": self.mark, "state": state, "url": settings.SITE_URL}
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps(note))
            draft.replace(self.path)


@contextlib.contextmanager
def only_one() -> Iterator[Register]:
    """Hold the right to run the site of this VAR_DIR, with what a killed predecessor left behind cleared away."""
    register = Register(settings.VAR_DIR)
    with lock_file(settings.VAR_DIR, "site.lock") as lock:
        patience = time.monotonic() + 3 * TICK  # it may be about to notice that it has to stop
        while True:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            other = register.read()
            if other.get("state") == "stopping":
                patience = max(patience, time.monotonic() + TICK)
            if time.monotonic() > patience:
                raise Trouble(
                    f"This site runs already, at {other.get('url')} as process {other.get('pid')}: stop it with "
                    f"`kill {other.get('pid')}`, or run a second one with another PORT and VAR_DIR."
                )
            time.sleep(0.1)
        if (last := register.read()).get("state") not in (None, "stopped"):
            end_leftovers(str(last.get("mark")))
        check_port()
        register.write("running")
        try:
            yield register
        finally:
            register.write("stopped")


def end_leftovers(mark: str) -> None:
    """End the children of a supervisor that was killed: the processes that carry its mark, and no others."""
    import psutil

    left = [
        process for process in psutil.process_iter(["environ"]) if (process.info["environ"] or {}).get(MARK) == mark
    ]
    if left:
        say(f"Ending {len(left)} processes that the last run left behind ...")
    for act in (psutil.Process.terminate, psutil.Process.kill):
        for process in left:
            with contextlib.suppress(psutil.Error):
                act(process)
        left = psutil.wait_procs(left, timeout=STOP_WITHIN / 2)[1]


def check_port() -> None:
    """Make sure that nobody else listens where we want to."""
    try:
        with socket.create_connection((probe_address(), settings.PORT), timeout=2):
            reason = "something listens there already"
    except OSError:
        family = socket.AF_INET6 if ":" in settings.BIND_ADDRESS else socket.AF_INET
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.BIND_ADDRESS, settings.PORT))
            except OSError as error:
                reason = error.strerror or str(error)
            else:
                return
    raise Trouble(
        f"Port {settings.PORT} on {settings.BIND_ADDRESS} cannot be used ({reason}): free it, or choose another, for "
        f"example `PORT={settings.PORT % 60000 + 1} make run`."
    )


def probe_address() -> str:
    """Where a client on this machine reaches the address that we listen on."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(settings.BIND_ADDRESS, settings.BIND_ADDRESS)  # noqa: S104


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


# --- The children ---------------------------------------------------------------------------------------------------


class Child:
    """A process of the site, with all that it starts in turn."""

    def __init__(self, name: str, command: str, mark: str) -> None:
        self.name = name
        self.command = command
        self.environ = os.environ | {
            MARK: mark,
            "PATH": f"{Path(sys.prefix, 'bin')}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "PYTHONUNBUFFERED": "1",
            "BIND_ADDRESS": settings.BIND_ADDRESS,
            "PORT": str(settings.PORT),
            # Celery warns root for the sake of pickled messages; ours are JSON.
            "PYTHONWARNINGS": "ignore:You're running the worker with superuser privileges",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.born = 0.0
        self.pause = 0.5
        self.due = 0.0

    def start(self) -> None:
        """Start it. The shell fills in the command's variables, then becomes it, so that signals reach it."""
        self.process = subprocess.Popen(
            ["/bin/sh", "-c", f"exec {self.command}"],
            cwd=settings.BASE_DIR,
            env=self.environ,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.born = time.monotonic()

    def ended(self) -> int | None:
        """Its exit status, negative for the signal that killed it, or None while it runs."""
        return self.process.poll() if self.process else 0

    def terminate(self) -> None:
        """Ask it to end; it tells its own children."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def clear(self) -> None:
        """Kill what is left of it and its children."""
        if self.process:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def tend(self, now: float) -> None:
        """Start it again if it has ended, after a pause that doubles each time it does not live long."""
        if self.process:
            status = self.process.poll()
            if status is None:
                return
            self.clear()
            self.pause = 1.0 if now - self.born > STEADY else min(self.pause * 2, LONGEST_PAUSE)
            self.due = now + self.pause
            how = f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
            say(f"{self.name} {how}; starting it again in {self.pause:.0f} s")
        elif now >= self.due:
            self.start()


def read_procfile(path: Path) -> dict[str, str]:
    """The commands of a Procfile by their names."""
    return dict(re.findall(r"^(\w+):\s*(.+)$", path.read_text(), re.MULTILINE))


class Site:
    """The supervisor's work, from an empty folder to a wanted stop."""

    def __init__(self, commands: dict[str, str], register: Register, stop: threading.Event, begun: float) -> None:
        self.register = register
        self.stop = stop
        self.begun = begun
        self.parent = os.getppid() if "MAKELEVEL" in os.environ else None
        if not settings.INBOUND_DOMAIN:
            commands = {name: command for name, command in commands.items() if name != "inbox"}
        elif "INBOUND_PORT" not in os.environ:
            os.environ["INBOUND_PORT"] = str(free_port())
        children = {name: Child(name, command, register.mark) for name, command in commands.items()}
        self.release = children.pop("release")
        self.children = list(children.values())

    def run(self) -> None:
        """Prepare, start everything, say so, and keep it running until told to stop. Raises Trouble."""
        try:
            if self.prepare():
                for child in self.children:
                    child.start()
                if self.wait_until_ready():
                    say(self.announcement())
                    self.keep()
        finally:
            self.end()

    def told_to_stop(self, seconds: float) -> bool:
        """Wait that long, or until told to stop. If make was killed, nobody is left to tell us: that counts, too."""
        return self.stop.wait(seconds) or (self.parent is not None and os.getppid() != self.parent)

    def prepare(self) -> bool:
        """Run the release command; False if told to stop meanwhile."""
        self.release.start()
        while (status := self.release.ended()) is None:
            if self.told_to_stop(0.1):
                return False
        self.release.clear()  # now, while its process id cannot yet be somebody else's
        if status:
            raise Trouble("The site could not be prepared; the reason stands above.")
        return True

    def wait_until_ready(self) -> bool:
        """Wait for the first good answer; False if told to stop meanwhile."""
        deadline = time.monotonic() + READY_WITHIN
        while not (answer := self.ask("/readyz")).startswith("200"):
            if self.told_to_stop(0.1):
                return False
            for child in self.children:
                if child.ended() is not None:
                    raise Trouble(f"{child.name} did not start; the reason stands above.")
            if time.monotonic() > deadline:
                raise Trouble(f"The site did not become ready within {READY_WITHIN:.0f} s: /readyz answers {answer}")
        return True

    def ask(self, path: str) -> str:
        """Status and body of a page of ours."""
        name = settings.ALLOWED_HOSTS[0].lstrip(".")
        try:
            line = http.client.HTTPConnection(probe_address(), settings.PORT, timeout=10)
            line.request("GET", path, headers={"Host": "localhost" if name == "*" else name})
            answer = line.getresponse()
            return f"{answer.status} {answer.read(500).decode(errors='replace')}"
        except (OSError, http.client.HTTPException) as error:
            return f"not at all ({error})"

    def keep(self) -> None:
        """Look after children and servers until told to stop."""
        look = 0.0
        while not self.told_to_stop(TICK):
            now = time.monotonic()
            if now >= look:
                look = now + LOOK_AT_SERVERS
                self.tend_servers()
            for child in self.children:
                child.tend(now)

    def tend_servers(self) -> None:
        """Start an embedded server again that has gone away."""
        if not embedded.down(settings.VAR_DIR, **settings.EMBEDDED):
            return
        try:
            for name in embedded.bring_up(settings.VAR_DIR, **settings.EMBEDDED):
                say(f"{name} had gone away; it runs again")
        except Trouble as trouble:
            say(f"{trouble}\nTrying again.")

    def end(self) -> None:
        """Stop all children: first by asking, then by force."""
        self.register.write("stopping")
        say("Stopping ...")
        everyone = [self.release, *self.children]
        for child in everyone:
            child.terminate()
        deadline = time.monotonic() + STOP_WITHIN
        while time.monotonic() < deadline and any(child.ended() is None for child in everyone):
            time.sleep(0.05)
        for child in everyone:
            child.clear()

    def announcement(self) -> str:
        """What a person wants to know when the site is up."""
        lines = [
            "",
            f"{settings.SITE_NAME} is ready at {settings.SITE_URL}/ (after {time.monotonic() - self.begun:.0f} s)",
            "",
        ]
        if settings.DEMO_MODE:
            lines.append(f"  Sign in with the password {settings.DEMO_PASSWORD} as")
            lines += [f"    {address:24} {who}" for address, who in DEMO_PEOPLE.items()]
            lines.append("")
        if settings.MAIL_TO_FILES:
            lines.append(f"  Mail is written to {settings.MAIL_DIR} and shown at {settings.SITE_URL}/desk/mail/")
        else:
            lines.append(f"  Mail goes out by {settings.EMAIL_PROVIDER or urlsplit(settings.EMAIL_URL).hostname}")
        if settings.INBOUND_DOMAIN:
            lines.append(f"  Answers by mail are taken in at 127.0.0.1, port {os.environ['INBOUND_PORT']} (SMTP)")
        lines += [f"  All data stays in {settings.VAR_DIR}", "  Stop with Ctrl-C", ""]
        return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
