"""`manage.py prepare`: bring database and files to the state this version of the code needs."""

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from jobboard.demo.load import shut_out
from jobboard.postings.models import Posting, Word


class Command(BaseCommand):
    """Everything between an update of the code and its start; cheap when there is nothing to do."""

    help = "Migrate, make the cache table, collect static files, load reference data, places and, for a demo, its data."

    def handle(self, *_: Any, **__: Any) -> None:
        """Run the steps in their order, each of them safe to repeat."""
        executor = MigrationExecutor(connection)
        if plan := executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.stdout.write(f"Setting up the database ({len(plan)} migrations) ...")
            call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        call_command("load_reference", stdout=self.stdout)
        call_command("load_places", stdout=self.stdout)
        if found := Posting.objects.find_on_the_map():
            self.stdout.write(f"Found on the map: {found:,} postings.")
        if settings.DEMO_MODE:
            call_command("load_demo", stdout=self.stdout)
        elif shut := shut_out():
            self.stdout.write(f"Demo mode is off: {shut} demo people can no longer sign in.")
        if not Word.objects.exists():  # a task renews them
            Word.objects.renew()
        if settings.PRODUCTION and settings.MAIL_TO_FILES:
            self.stderr.write("No mail leaves this site: set EMAIL_URL, or nobody who signs up can confirm an address.")
