"""Measure a load of PTP edits against a bare COPY of the same rows: `.venv/bin/python -m bench.edits [--rows N]`.

Both write the same invented rows, in the same run, into tables with the same indexes; printed are the seconds of each,
their ratio, and the most memory the load took.
"""

import argparse
import os
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

import django
from django.core.management import call_command

TITLES = "Invented, for the bench\t\t\t\t\t\t\nColumn 1\tColumn 2\t\tEffective\tDeletion\tModifier\tRationale\n"


def main() -> None:
    """Write the file, copy it bare, load it, print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=2_000_000)
    options = parser.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    from django.conf import settings

    from jobboard import embedded

    with embedded.running(settings.VAR_DIR, database=settings.EMBEDDED["database"], broker=False):
        django.setup()
        call_command("migrate", verbosity=0)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "ccipra-v322r0-f1.TXT"
            with path.open("w") as file:
                file.write(TITLES)
                file.writelines(f"{one}\t{two}\t\t20200101\t*\t1\tInvented\n" for one, two in pairs(options.rows))
            compare(path, options.rows)


def pairs(count: int) -> Iterator[tuple[str, str]]:
    """Pairs of codes, each once."""
    return islice(product((f"{number:05}" for number in range(10_000, 20_000)), repeat=2), count)


def compare(path: Path, rows: int) -> None:
    """Both in one transaction that is taken back."""
    from django.db import transaction
    from django.utils import timezone

    from codes.loaders import bulk, ptp
    from codes.loaders.outcome import Order

    with transaction.atomic():
        bare = copy_bare(rows)
        began = time.perf_counter()
        bulk.load(ptp.PRACTITIONER, [path], Order(at=timezone.now()))
        loaded = time.perf_counter() - began
        transaction.set_rollback(True)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"{rows:,} rows: bare COPY {bare:.1f} s, load {loaded:.1f} s, ratio {loaded / bare:.2f}, {memory} MB")


def copy_bare(rows: int) -> float:
    """Seconds of a COPY of the same rows into a table made like ours."""
    from django.db import connection

    columns = "id, valid_from, valid_to, setting, column1, column2, indicator, before_1996, rationale_id, release_id"
    with connection.cursor() as cursor, tempfile.TemporaryFile("w+") as file:  # not in memory, which is measured too
        file.writelines(
            f"{number}\t2020-01-01\t\\N\tpractitioner\t{one}\t{two}\t1\tf\t1\t1\n"
            for number, (one, two) in enumerate(pairs(rows), 1)
        )
        file.seek(0)
        cursor.execute("CREATE TABLE bare (LIKE codes_ptpedit INCLUDING ALL)")
        began = time.perf_counter()
        with cursor.copy(f"COPY bare ({columns}) FROM STDIN") as copy:
            while chunk := file.read(1 << 20):
                copy.write(chunk)
        return time.perf_counter() - began


if __name__ == "__main__":
    main()
