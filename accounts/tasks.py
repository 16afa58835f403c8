"""What the worker does for the accounts, on beat's schedule."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_guests() -> None:
    """Delete what is kept of guests once it can no longer count for anything; harmless to run twice."""
    call_command("forget_guests")
