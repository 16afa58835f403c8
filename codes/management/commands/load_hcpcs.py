"""Loads HCPCS Level II from a file as CMS publishes it."""

import time
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from codes.loaders import hcpcs_anweb
from codes.loaders.outcome import FileRefused

LINES_SHOWN = 50  # refused lines that are listed; the rest is counted


class Command(BaseCommand):
    """Load one ANWEB file, text or CSV. A refused file changes nothing."""

    help = (
        "Load HCPCS Level II from an ANWEB file, as published under "
        "https://www.cms.gov/medicare/coding-billing/healthcare-common-procedure-system/quarterly-update"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and since when it holds if its name does not say so."""
        parser.add_argument("file", type=Path, help="the .txt or .csv file out of the published archive")
        parser.add_argument("--effective", type=date.fromisoformat, help="first date it holds for, as in 2026-10-01")

    def handle(self, *_: Any, file: Path, effective: date | None, **__: Any) -> None:
        """Load it, and say what was left out and why. Raises CommandError where the file is refused."""
        started = time.monotonic()
        try:
            outcome = hcpcs_anweb.load(file, timezone.now(), effective)
        except FileRefused as reason:
            raise CommandError(f"Nothing was loaded. {reason}") from None
        if not outcome.fresh:
            self.stdout.write(f"{outcome.release} is loaded already, from the very same content. Nothing was changed.")
            return
        seconds = time.monotonic() - started
        self.stdout.write(f"{outcome.release}: {outcome.release.rows:,} codes and modifiers in {seconds:.1f} s.")
        for owner, count in outcome.left_out.items():
            self.stdout.write(f"Left out: {owner}, {count:,}.")
        for line in outcome.refused[:LINES_SHOWN]:
            self.stdout.write(f"Refused {line}.")
        if len(outcome.refused) > LINES_SHOWN:
            self.stdout.write(f"... and {len(outcome.refused) - LINES_SHOWN:,} more lines refused.")
