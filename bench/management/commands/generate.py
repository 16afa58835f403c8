"""`manage.py generate --postings 1000000 --live 100000`: a board of the size that is promised, to be measured."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.utils import timezone
from tqdm import tqdm

from bench import load
from jobboard.postings.models import Word


class Command(BaseCommand):
    """Prepares the bench's own database and fills it; a demo or a real site is never touched."""

    help = "Fill the bench's own database (VAR_DIR/bench, or BENCH_DATABASE_URL) with invented postings."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """How many."""
        parser.add_argument("--postings", type=int, default=1_000_000)
        parser.add_argument("--live", type=int, default=100_000, help="how many of them the public sees")

    def handle(self, *_: Any, postings: int, live: int, **__: Any) -> None:
        """Prepare, fill, gather the planner's statistics."""
        if not 0 < live <= postings:
            raise CommandError("There must be at least one live posting, and not more live ones than postings.")
        call_command("prepare", stdout=self.stdout)
        if there := load.generated():
            raise CommandError(f"{there:,} generated postings are there already: remove VAR_DIR/bench to begin anew.")
        began = time.monotonic()
        with tqdm(total=postings, unit=" postings", unit_scale=True, mininterval=2) as bar:
            load.fill(postings, live, timezone.now(), lambda _: bar.update() and None)
        Word.objects.renew()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        self.stdout.write(f"{postings:,} postings, {live:,} of them live, in {time.monotonic() - began:.0f} s")
