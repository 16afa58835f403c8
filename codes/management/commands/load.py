"""Loads a dataset from the files that its owner publishes."""

import getpass
import time
from argparse import ArgumentTypeError
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from codes.loaders.bad_lines import reasons
from codes.loaders.catalog import DATASETS, ENTRIES
from codes.loaders.outcome import FileRefused, Licensed, Order, Outcome

LINES_SHOWN = 50  # refused lines that are listed; the rest is counted


class Command(BaseCommand):
    """Load one release of one dataset, in one transaction. A refused file changes nothing."""

    help = (
        "Load a dataset from the files that its owner publishes. Without arguments: what can be loaded, and from where."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The dataset, its files, and how to go about it."""
        parser.add_argument("dataset", nargs="?", type=_dataset, metavar="DATASET", help="such as hcpcs")
        parser.add_argument("files", nargs="*", type=Path, metavar="FILE", help="all files of one release")
        parser.add_argument("--effective", type=_day, help="first date it holds for, as in 2026-10-01")
        parser.add_argument("--dry-run", action="store_true", help="read, check and compare, but change nothing")
        parser.add_argument(
            "--license",
            "--licence",
            nargs=2,
            metavar=("EDITION", "HOLDER"),
            help="for CPT: the year of the edition you hold a license for, and who holds it",
        )
        parser.add_argument("--keep-good", type=Path, metavar="FILE", help="load good lines, write bad ones to FILE")
        parser.add_argument(
            "--amend",
            action="store_true",
            help="the files hold repaired lines alone: add them to the release of their day",
        )

    def handle(self, *_: Any, dataset: str | None, files: list[Path], **options: Any) -> None:
        """Load it, and say what became of it. Raises CommandError where it is refused."""
        if dataset is None:
            self._list()
            return
        if not files:
            entry = DATASETS[dataset]
            raise CommandError(f"Name the files of {entry.dataset.label} that you took from {entry.page}")
        order = Order(
            at=timezone.now(),
            by=_me(),
            effective=options["effective"],
            dry_run=options["dry_run"],
            keep_good=options["keep_good"],
            amend=options["amend"],
            show_progress=self.stderr.isatty(),
            license=_license(options["license"]),
        )
        started = time.monotonic()
        try:
            outcome = DATASETS[dataset].load(files, order)
        except FileRefused as reason:
            raise CommandError(f"Nothing was loaded. {reason}") from None
        self._say(outcome, order, time.monotonic() - started)

    def _list(self) -> None:
        width = max(len(entry.dataset.value) for entry in ENTRIES)
        for entry in ENTRIES:
            self.stdout.write(f"{entry.dataset.value:<{width}}  {entry.dataset.label}")
            self.stdout.write(f"{'':<{width}}  {entry.page}")

    def _say(self, outcome: Outcome, order: Order, seconds: float) -> None:
        release = outcome.release
        if not outcome.fresh:
            self.stdout.write(f"{release} is loaded already, from the very same content. Nothing was changed.")
            return
        self.stdout.write(f"{release}: {release.rows:,} rows in {seconds:.1f} s.")
        if tally := outcome.tally:
            counts = [f"{count:,} {what}" for what, count in tally._asdict().items()]
            self.stdout.write(f"Rows: {', '.join(counts)}.")
        for owner, count in outcome.left_out.items():
            self.stdout.write(f"Left out: {owner}, {count:,}.")
        for line in outcome.refused[:LINES_SHOWN]:
            self.stdout.write(f"Refused {line}.")
        if len(outcome.refused) > LINES_SHOWN:
            self.stdout.write(f"... and {len(outcome.refused) - LINES_SHOWN:,} more lines refused.")
        if order.keep_good and outcome.refused:
            self.stdout.write(f"The refused lines are in {order.keep_good}, the reasons in {reasons(order.keep_good)}.")
            self.stdout.write("What they are about stays as it was. Repair them, and load them with --amend.")
        if order.dry_run:
            self.stdout.write("This was a dry run: nothing was changed.")


def _dataset(written: str) -> str:
    """Raises ArgumentTypeError, which names what may have been meant."""
    if written in DATASETS:
        return written
    meant = " or ".join(get_close_matches(written, DATASETS))
    hint = f"Did you mean {meant}?" if meant else "manage.py load alone lists them."
    raise ArgumentTypeError(f"there is no dataset {written!r}. {hint}")


def _day(written: str) -> date:
    """Raises ArgumentTypeError where it is no day."""
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ArgumentTypeError(f"{written!r} is no date such as 2026-10-01") from None


def _license(written: list[str] | None) -> Licensed | None:
    """Raises CommandError where the edition is no year or the holder has no name."""
    if written is None:
        return None
    edition, holder = written
    if not (edition.isascii() and edition.isdigit() and 2000 <= int(edition) <= 2100) or not holder.strip():
        raise CommandError('Say the edition and who holds the license: --license 2026 "Name of the licensee".')
    return Licensed(int(edition), holder.strip()[:200])


def _me() -> str:
    """Who runs the command, as the machine knows them; a service without an account has no name."""
    try:
        return getpass.getuser()[:120]
    except (KeyError, OSError):
        return ""
