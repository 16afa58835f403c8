"""Measure code pages with every block filled: `.venv/bin/python -m bench.code_page [--seconds N] [--rounds N]`.

One server, one run, the targets taking turns (as `bench.run`). Printed for each: requests per second and the processor
time of the server for one request, both as ratios to the bare one-query view, and SQL queries. "First" asks for another
day every time, so that nothing that is kept answers; the other targets ask again and again. At the end, what the first
partners of 5,000 cost against those of 5.
"""

import argparse
import os
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta

import django
import psutil

from bench import run

CPT, HCPCS, ICD, FEW = "20670", "J1100", "M54.50", "20680"
_FIRST = date(2026, 1, 1)


@dataclass
class Page(run.Target):
    """A page, and the processor time that its turns took. "{day}" in the path is another day every time."""

    seconds: list[float] = field(default_factory=list)  # of one request, a turn each

    def next_path(self) -> str:
        """The path of the next request."""
        if "{day}" not in self.path:
            return self.path
        return self.path.replace("{day}", f"{_FIRST + timedelta(days=next(self.numbers) % 1_000)}")


def main() -> None:
    """Fill what is missing, start the server, take turns, print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=2.0, help="of each turn")
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    with prepared():
        pages = make_pages()
        measure(pages, options.seconds, options.rounds)
        report(pages)
        report_partners()


@contextmanager
def prepared() -> Iterator[None]:
    """The bench's database, with the rows of `bench.reference`."""
    from django.conf import settings

    from jobboard import embedded

    with embedded.running(settings.VAR_DIR, database=settings.EMBEDDED["database"], broker=False):
        django.setup()
        from django.core.management import call_command
        from django.utils import timezone

        from bench import reference
        from codes.models import Code, Release

        call_command("migrate", verbosity=0)
        if not Release.objects.filter(checksum="invented").exists():
            reference.fill(*(Code.objects.get(code=code) for code in (CPT, HCPCS, ICD, FEW)), on=timezone.localdate())
        yield


def make_pages() -> list[Page]:
    """Each page of each kind of reader, and the pages of edits."""
    free, member = run.session_of("coder@demo.example"), run.session_of("member@demo.example")
    addresses = {"CPT": f"/codes/cpt/{CPT}/", "HCPCS": f"/codes/hcpcs/{HCPCS.lower()}/"}
    addresses["ICD-10-CM"] = f"/codes/icd-10-cm/{ICD.lower()}/"
    pages = [Page("bare view, one indexed query", "/bench/bare/")]
    for name, address in addresses.items():
        pages += [
            Page(f"{name}, guest", address, run.new_guest()),
            Page(f"{name}, free account", address, free),
            Page(f"{name}, member", address, member),
            Page(f"{name}, member, first", address + "?on={day}", member),
        ]
    edits = [("5,000", CPT), ("5", FEW)]
    pages += [Page(f"edits, {many} partners, member", f"/codes/cpt/{code}/edits/", member) for many, code in edits]
    for page in pages:
        page.queries = run.count_queries(page)
    return pages


def measure(pages: list[Page], seconds: float, rounds: int) -> None:
    """Let the pages take turns on one server."""
    with run.server() as (port, process):
        for number in range(rounds + 1):
            if number == 1:  # the round before warmed up: templates compiled, connections open
                for page in pages:
                    page.rates.clear()
                    page.seconds.clear()
            for page in pages:
                before, asked = worked(process), len(page.times)
                run.turn(port, page, seconds)
                page.seconds.append((worked(process) - before) / (len(page.times) - asked))


def worked(process: psutil.Process) -> float:
    """Seconds of processor time that the server has used."""
    return sum(sum(each.cpu_times()[:2]) for each in [process, *process.children(recursive=True)])


def report(pages: list[Page]) -> None:
    """Print the table, the bare view first."""
    print(f"{'page':<34}{'req/s':>8}{'rate':>7}{'ms CPU':>9}{'CPU':>7}{'SQL':>5}")
    for page in pages:
        rate = statistics.median(one / bare for one, bare in zip(page.rates, pages[0].rates, strict=True))
        cost = statistics.median(bare / one for one, bare in zip(page.seconds, pages[0].seconds, strict=True))
        told = f"{statistics.median(page.rates):>8.0f}{rate:>7.2f}{statistics.median(page.seconds) * 1000:>9.2f}"
        print(f"{page.name:<34}{told}{cost:>7.2f}{page.queries:>5}")


def report_partners(rounds: int = 60) -> None:
    """Print what the block of edits asks the database for, of many partners against few."""
    from django.utils import timezone

    from codes.blocks.edits import Edits
    from codes.models import Code, Release

    on = timezone.localdate()
    releases = {each.dataset: each for each in Release.objects.of_each_on(on)}
    times: dict[str, list[float]] = {CPT: [], FEW: []}
    for _ in range(rounds):
        for code, taken in times.items():
            edits = Edits(Code(system="cpt", code=code), on, releases).edits
            began = time.perf_counter()
            _ = edits.counts, edits.first
            taken.append(time.perf_counter() - began)
    many, few = (statistics.median(taken) * 1000 for taken in times.values())
    print(f"first partners of the block: of 5,000 {many:.1f} ms, of 5 {few:.1f} ms, ratio {many / few:.2f}")


if __name__ == "__main__":
    main()
