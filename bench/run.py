"""Measure pages against the bare view: `make bench`, or `.venv/bin/python -m bench.run [--seconds N] [--rounds N]`.

One server, one run: the targets take turns, round after round, so that whatever else the machine does hits all alike.
Printed for each: requests per second, p50 and p95 in milliseconds, p95 as a ratio to the bare view, and SQL queries;
at the end the resident memory of the server. "New" targets ask for another address every time, so that nothing kept
for guests answers; the others ask for one address again and again.
"""

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import count

import django
import psutil

CONNECTIONS = 4


@dataclass
class Target:
    """A page to ask for, as whom, and what came of it. "{n}" in the path is another number every time."""

    name: str
    path: str
    cookie: str = ""
    rates: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    queries: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1))

    def next_path(self) -> str:
        """The path of the next request."""
        return self.path.replace("{n}", str(next(self.numbers)))


def main() -> None:
    """Start the server, take turns, print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=3.0, help="of each turn")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from django.conf import settings

    from jobboard import embedded

    with embedded.running(settings.VAR_DIR, database=settings.EMBEDDED["database"], broker=False):
        django.setup()
        report(measure(options.seconds, options.rounds))


def measure(seconds: float, rounds: int) -> list[Target]:
    """Let the targets take turns on one server; each holds its rates and times afterwards."""
    targets = make_targets()
    for target in targets:
        target.queries = count_queries(target)
    with server() as (port, process):
        for target in targets:
            turn(port, target, seconds=1.0)  # warm: templates compiled, connections open
            target.rates.clear()
            target.times.clear()
        for _ in range(rounds):
            for target in targets:
                turn(port, target, seconds)
        worker = max(each.memory_info().rss for each in [process, *process.children(recursive=True)])
        print(f"resident memory of the worker: {worker / 1e6:.0f} MB")
    return targets


def make_targets() -> list[Target]:
    """The pages of the promise, on the data that is loaded."""
    from django.utils import timezone

    from jobboard.postings.facets import FACETS
    from jobboard.postings.models import Posting
    from jobboard.postings.views import PAGE

    posting = Posting.objects.live(timezone.now()).select_related("employer").first()
    if posting is None:
        sys.exit("There is nothing to measure: run `.venv/bin/python manage.py generate` first.")
    member = session_of("member@demo.example")
    last = 1 + (Posting.objects.live(timezone.now()).count() - 1) // PAGE
    words = "/jobs/?q=coder&workplace=remote&credential=CPC&state=TX"
    return [
        Target("bare view, one indexed query", "/bench/bare/"),
        Target("code page, CPT, member", "/codes/cpt/20670/", member),
        Target("code page, ICD-10-CM, member", "/codes/icd-10-cm/m54.50/", member),
        Target("code page, CPT, guest", "/codes/cpt/20670/", new_guest()),
        Target("code page, guest without a cookie", "/codes/cpt/20670/"),
        Target("job list", "/jobs/"),
        Target("job list, new", "/jobs/?n={n}"),
        Target("job list, member", "/jobs/", member),
        *(
            Target(f"job list, {facet.name}, new", f"/jobs/?{facet.name}={facet.choices[0][0]}&n={{n}}")
            for facet in FACETS
        ),
        Target("job list, words and three filters", words),
        Target("job list, words and three filters, new", f"{words}&n={{n}}"),
        Target("job list, radius", "/jobs/?near=Austin,+TX&within=100"),
        Target("job list, radius, new", "/jobs/?near=Austin,+TX&within=100&sort=distance&n={n}"),
        Target("job list, last page", f"/jobs/?page={last}"),
        Target("job list, last page, new", f"/jobs/?page={last}&n={{n}}"),
        Target("posting page", posting.get_absolute_url()),
        Target("feed", "/feeds/jobs.atom"),
        Target("feed, new", "/feeds/jobs.atom?n={n}"),
    ]


def new_guest() -> str:
    """A cookie header that is a new guest, whose one view goes to the first page asked for."""
    from uuid import uuid4

    from django.http import HttpResponse

    from accounts.reader import guest_cookie

    response = HttpResponse()
    response.set_signed_cookie(**guest_cookie(uuid4()))
    return response.cookies.output(attrs=[], header="").strip()


def session_of(email: str) -> str:
    """A cookie header that is signed in as a person of the demo data."""
    from allauth.usersessions.models import UserSession
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import User
    from accounts.sessions import SessionStore

    user = User.objects.get(email=email)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    UserSession.objects.create(user=user, session_key=session.session_key, ip="127.0.0.1")  # as signing in does
    return f"{settings.SESSION_COOKIE_NAME}={session.session_key}"


def count_queries(target: Target) -> int:
    """SQL statements of one request, sessions and user included, on the second visit as in the run."""
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    client = Client(HTTP_HOST="localhost", HTTP_COOKIE=target.cookie)
    client.get(target.next_path())
    with CaptureQueriesContext(connection) as queries:
        response = client.get(target.next_path())
    if response.status_code != 200:
        sys.exit(f"{target.path} answers {response.status_code}; nothing can be measured.")
    return sum(not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")) for query in queries)


@contextmanager
def server() -> Iterator[tuple[int, psutil.Process]]:
    """The product's own web server on a free port, one worker, until the block ends: its port and its process."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", "1", "--blocking-threads", "4", "--no-ws", "bench.wsgi:application",
    ]  # fmt: skip
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        wait_until_up(port)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_up(port: int, patience: float = 30.0) -> None:
    """Return when the server answers; exit with a sentence when it does not."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        try:
            with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
                connection.request("GET", "/bench/bare/", headers={"Host": "localhost"})
                if connection.getresponse().status == 200:
                    return
        except OSError:
            time.sleep(0.2)
    sys.exit("The server did not come up.")


def turn(port: int, target: Target, seconds: float) -> None:
    """Ask for one page over a few kept-alive connections for a while, and note rate and times."""
    stop_at = time.perf_counter() + seconds
    times: list[float] = []
    threads = [threading.Thread(target=ask, args=(port, target, stop_at, times)) for _ in range(CONNECTIONS)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    target.rates.append(len(times) / (time.perf_counter() - began))
    target.times.extend(times)


def ask(port: int, target: Target, stop_at: float, times: list[float]) -> None:
    """One connection's requests, one after the other; anything but 200 ends the run."""
    headers = {"Host": "localhost", "Cookie": target.cookie} if target.cookie else {"Host": "localhost"}
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=30)) as connection:
        while time.perf_counter() < stop_at:
            began = time.perf_counter()
            connection.request("GET", target.next_path(), headers=headers)
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                print(f"{target.path} answered {response.status}; the run is void.", file=sys.stderr)
                os._exit(1)
            times.append(time.perf_counter() - began)


def report(targets: list[Target]) -> None:
    """Print the table, the bare view first."""
    base_p95 = p95(targets[0].times)
    print(f"{'page':<42}{'req/s':>8}{'p50 ms':>9}{'p95 ms':>9}{'ratio':>8}{'SQL':>5}")
    for target in targets:
        rate, usual, slow = statistics.median(target.rates), statistics.median(target.times), p95(target.times)
        figures = f"{rate:>8.0f}{usual * 1000:>9.1f}{slow * 1000:>9.1f}{slow / base_p95:>8.1f}"
        print(f"{target.name:<42}{figures}{target.queries:>5}")


def p95(times: list[float]) -> float:
    """The time that 95 of 100 requests stayed under, in seconds."""
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
