"""Counts the readers of each licensed edition of CPT, for the royalty report to the AMA."""

import csv
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from codes.models import License


class Command(BaseCommand):
    """One line for each edition, as CSV: edition, license holder, last day, readers. No person is named."""

    help = "Count the readers of each licensed edition of CPT, as CSV for the royalty report."

    def add_arguments(self, parser: CommandParser) -> None:
        """One edition, or all."""
        parser.add_argument("--edition", type=int, help="year of one edition, such as 2026")

    def handle(self, *_: Any, edition: int | None, **__: Any) -> None:
        """Write the table."""
        licenses = License.objects.filter(edition=edition) if edition else License.objects.all()
        table = csv.writer(self.stdout)
        table.writerow(["edition", "holder", "licensed until", "readers"])
        table.writerows([each.edition, each.holder, each.expires, each.readers()] for each in licenses)
