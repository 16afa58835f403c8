"""Loads everything that the project ships: ICD-10-CM from its package, and our own texts."""

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from codes.loaders import icd10cm_package, mentions, own_texts
from codes.loaders.catalog import not_loaded
from codes.loaders.outcome import FileRefused, Outcome


class Command(BaseCommand):
    """Each data set is one transaction: a killed load leaves nothing, and what is loaded is not loaded again."""

    help = "Load ICD-10-CM from its package and our own texts. What is loaded already is left alone."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load both, with a line for each. Raises CommandError where one is refused."""
        loads: list[tuple[str, Callable[[datetime], Outcome]]] = [
            ("ICD-10-CM", icd10cm_package.load),
            ("Our own texts", own_texts.load),
        ]
        for name, load in loads:
            self.stdout.write(f"{name}: reading ...", ending="\r" if self.stdout.isatty() else "\n")
            self.stdout.flush()
            started = time.monotonic()
            try:
                outcome = load(timezone.now())
            except FileRefused as reason:
                raise CommandError(f"{name} was not loaded: {reason}") from None
            seconds = time.monotonic() - started
            done = f"{outcome.release.rows:,} rows in {seconds:.1f} s" if outcome.fresh else "loaded already"
            self.stdout.write(f"{name}: {outcome.release}: {done}")
        for release in mentions.catch_up():
            self.stdout.write(f"Codes of CPT that {release} names now have pages.")
        if more := not_loaded():
            self.stdout.write("Can be loaded too, by manage.py load DATASET FILE:")
            sets = {page: ", ".join(names) for page, names in more.items()}
            width = max(map(len, sets.values()))
            self.stdout.writelines(f"  {names:<{width}}  {page}\n" for page, names in sets.items())
