"""`manage.py load_places`: US ZIP codes and cities, from the package that ships them."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from jobboard.places import load


class Command(BaseCommand):
    """One transaction: a killed load leaves what was there, and what is loaded is not loaded again."""

    help = "Load US places from the package zipcodes (coordinates by GeoNames, CC BY 4.0)."

    def handle(self, *_: Any, **__: Any) -> None:
        """Load them if the installed package has others than the database."""
        if release := load.current():
            self.stdout.write(f"Places: {release}: loaded already")
            return
        release = load.load(timezone.now())
        self.stdout.write(f"Places: {release}: {release.rows:,} ZIP codes")
