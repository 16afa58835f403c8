"""The supervisor of `make run`, with real processes: stubs for most questions, the real site for one."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jobboard import start
from jobboard.embedded import postgres, valkey

ROOT = Path(__file__).resolve().parents[2]
STUBS = f"""
release: true
web: {sys.executable} {ROOT / "tests/setup/site_of_stubs.py"}
worker: sleep 1000
beat: sleep 1000
"""
ELSEWHERE = {"DATABASE_URL": "postgresql://db/jobs", "CELERY_BROKER_URL": "redis://mq"}
MAIN = "import sys, pathlib; from jobboard import start; sys.exit(start.main(pathlib.Path(sys.argv[1])))"


def until(met: Callable[[], object], seconds: float = 30) -> None:
    """Wait for something to become true."""
    deadline = time.monotonic() + seconds
    while not met():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


class Run:
    """One `make run`, as a person would start it: its output, its processes."""

    def __init__(self, var_dir: Path, port: int, procfile: str, wrap: list[str], env: dict[str, str]) -> None:
        self.var_dir, self.port = var_dir, port
        folder = var_dir.parent
        (folder / "Procfile").write_text(procfile)
        self.log = folder / f"log-{time.monotonic_ns()}"
        inherited = {key: value for key, value in os.environ.items() if key not in ("DATABASE_URL", "MAKELEVEL")}
        with self.log.open("w") as log:
            self.process = subprocess.Popen(
                [*wrap, sys.executable, "-c", MAIN, str(folder / "Procfile")],
                cwd=ROOT,
                env=inherited | {"VAR_DIR": str(var_dir), "PORT": str(port), "PYTHONPATH": str(ROOT)} | env,
                stdout=log,
                stderr=log,
            )

    @property
    def output(self) -> str:
        return self.log.read_text()

    def ready(self) -> "Run":
        until(lambda: "is ready at" in self.output or self.process.poll() is not None, 100)
        assert "is ready at" in self.output, self.output
        return self

    def stop(self, number: int = signal.SIGTERM) -> int:
        self.process.send_signal(number)
        return self.process.wait(40)

    def family(self) -> list[psutil.Process]:
        """Every process that belongs to a run of this VAR_DIR."""
        mark = f"{self.var_dir}"
        everyone = psutil.process_iter(["environ", "status"])
        return [
            process
            for process in everyone
            if process.info["status"] != psutil.STATUS_ZOMBIE
            and (process.info["environ"] or {}).get("VAR_DIR") == mark
            and start.MARK in process.info["environ"]
        ]

    def named(self, word: str) -> psutil.Process:
        return next(process for process in self.family() if word in " ".join(process.cmdline()))


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def run(var_dir: Path, port: int) -> Iterator[Callable[..., Run]]:
    """Start a site of stubs on servers elsewhere, or whatever the arguments say instead."""
    runs: list[Run] = []

    def begin(procfile: str = STUBS, wrap: list[str] | None = None, **env: str) -> Run:
        runs.append(Run(var_dir, port, procfile, wrap or [], env or ELSEWHERE))
        return runs[-1]

    yield begin
    for one in runs:
        one.process.kill()
        one.process.wait()
        for process in one.family():
            process.kill()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_wanted_stop_ends_everything_with_status_0(run, number: int) -> None:
    site = run().ready()
    assert len(site.family()) == 4  # the web server has a child
    assert site.stop(number) == 0
    assert site.family() == []


def test_it_says_where_it_is_who_can_sign_in_and_where_mail_goes(run, var_dir: Path, port: int) -> None:
    said = run().ready().output
    assert f"http://localhost:{port}/" in said
    assert "open-chart-2026" in said
    assert "employer@demo.example" in said
    assert f"{var_dir / 'mail'}" in said


def test_without_demo_mode_no_password_is_shown(run) -> None:
    said = run(DEMO_MODE="0", EMAIL_URL="smtp://mail.example:587", **ELSEWHERE).ready().output
    assert "demo.example" not in said
    assert "mail.example" in said


def test_a_killed_child_is_started_again_and_leaves_no_orphan(run) -> None:
    site = run().ready()
    web = site.named("site_of_stubs")
    orphan = web.children()[0]
    web.kill()
    until(lambda: "web was killed by SIGKILL; starting it again in 1 s" in site.output)
    until(lambda: len(site.family()) == 4)
    assert site.named("site_of_stubs").pid != web.pid
    assert orphan not in site.family()


def test_after_kill_9_of_the_supervisor_the_next_one_cleans_up_and_works(run) -> None:
    first = run().ready()
    left = {process.pid for process in first.family()}
    stranger = subprocess.Popen(["sleep", "1000"], env=os.environ | {start.MARK: "of another site"})
    first.process.kill()
    first.process.wait()

    second = run().ready()
    assert "Ending 4 processes that the last run left behind" in second.output
    assert not left & {process.pid for process in second.family()}
    assert stranger.poll() is None
    stranger.kill()
    stranger.wait()
    assert second.stop() == 0


def test_a_second_start_says_that_it_runs_already(run) -> None:
    first = run().ready()
    second = run()
    assert second.process.wait(20) == 1
    assert re.fullmatch(r"This site runs already, at \S+ as process \d+: .*\n", second.output)
    assert len(first.family()) == 4


def test_a_start_right_after_a_stop_waits_for_it(run) -> None:
    first = run().ready()
    first.process.terminate()
    run().ready()


def test_a_port_in_use_gives_one_sentence_and_harms_nobody(run, port: int) -> None:
    with socket.create_server(("127.0.0.1", port)):
        refused = run()
        assert refused.process.wait(20) == 1
        assert re.fullmatch(rf"Port {port} on 127.0.0.1 cannot be used .*\n", refused.output)


def test_a_child_that_does_not_start_ends_the_start(run) -> None:
    refused = run(STUBS.replace("worker: sleep 1000", "worker: false"))
    assert refused.process.wait(30) == 1
    assert "worker did not start" in refused.output
    assert refused.family() == []


def test_a_failed_release_ends_the_start(run) -> None:
    refused = run(STUBS.replace("release: true", "release: false"))
    assert refused.process.wait(30) == 1
    assert "could not be prepared" in refused.output


def test_a_stop_while_the_data_loads(run) -> None:
    site = run(STUBS.replace("release: true", "release: sleep 1000"))
    until(lambda: site.family())
    assert site.stop() == 0
    assert site.family() == []


def test_it_stops_even_when_its_folder_is_gone(run, var_dir: Path) -> None:
    site = run().ready()
    shutil.rmtree(var_dir)
    assert site.stop() == 0
    assert site.family() == []


def test_it_ends_when_make_is_killed(run, var_dir: Path) -> None:
    makefile = var_dir.parent / "Makefile"
    makefile.write_text("run:\n\t@exec $(COMMAND)\n")
    script = var_dir.parent / "as-make"
    script.write_text(f"#!/bin/sh\nexec make -s -f {makefile} run COMMAND=\"$1 $2 '$3' $4\"\n")
    script.chmod(0o755)
    site = run(wrap=[str(script)]).ready()
    site.process.kill()
    until(lambda: not site.family())
    run().ready()


def test_killed_embedded_servers_come_back_and_a_stop_stops_them(run, var_dir: Path) -> None:
    site = run(DEMO_MODE="1").ready()
    os.kill(postgres.postmaster(var_dir), signal.SIGKILL)
    os.kill(int((var_dir / "valkey" / "valkey.pid").read_text()), signal.SIGKILL)
    until(lambda: "PostgreSQL had gone away; it runs again" in site.output)
    until(lambda: "Valkey had gone away; it runs again" in site.output)
    assert site.stop() == 0
    assert postgres.postmaster(var_dir) is None
    assert not valkey.answers(var_dir)


def test_the_real_site_starts_serves_and_leaves_nothing_behind(run, var_dir: Path) -> None:
    commands = start.read_procfile(ROOT / "Procfile") | {"release": "python manage.py migrate --verbosity 0"}
    site = run("\n".join(f"{name}: {command}" for name, command in commands.items()), DEMO_MODE="1").ready()
    until(lambda: len(site.family()) >= 7, 60)  # granian and two workers, celery and two workers, beat
    assert site.stop(signal.SIGINT) == 0
    assert site.family() == []
    assert postgres.postmaster(var_dir) is None
