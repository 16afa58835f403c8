"""Takes a dataset out, so that its releases can be loaded afresh."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from codes.loaders import mentions
from codes.models import Dated, Heading, Mention, Release
from codes.models.text import Worded
from codes.systems import System

_KEPT = {*System.values, Release.Dataset.OWN_TEXTS.value}  # people's notes and postings name their codes


class Command(BaseCommand):
    """Take out all releases of a dataset of rows, such as pfall. Codes and our own texts are not taken out."""

    help = "Take out all releases of a dataset, so that they can be loaded afresh."

    def add_arguments(self, parser: CommandParser) -> None:
        """The dataset."""
        names = sorted(set(Release.Dataset.values) - _KEPT)
        parser.add_argument("dataset", choices=names, metavar="DATASET", help="such as pfall")

    @transaction.atomic
    def handle(self, *_: Any, dataset: str, **__: Any) -> None:
        """Take it out, and say what is gone. Raises CommandError where nothing of it is loaded."""
        releases = Release.objects.filter(dataset=dataset)
        if not releases:
            raise CommandError(f"Nothing of {Release.Dataset(dataset).label} is loaded.")
        rows = 0
        for model in apps.get_app_config("codes").get_models():
            if issubclass(model, Dated) and not issubclass(model, Worded):
                rows += model.objects.filter(release__in=releases).delete()[0]
        Mention.objects.filter(dataset=dataset).delete()
        mentions.follow()
        Heading.objects.filter(release__in=releases).update(release=Release.objects.exclude(dataset=dataset).first())
        count = releases.delete()[1].get("codes.Release", 0)
        self.stdout.write(f"Taken out: {count} releases of {Release.Dataset(dataset).label}, {rows:,} rows.")
