"""What the worker does for the accounts, on beat's schedule."""

from celery import shared_task
from django.core.management import call_command


@shared_task
def forget_guests() -> None:
    """Delete what is kept of guests once it can no longer count for anything; harmless to run twice."""
    call_command("forget_guests")


@shared_task
def clear_sessions() -> None:
    """Delete sessions that have run out, and with them the addresses and browsers they name."""
    call_command("clearsessions")
