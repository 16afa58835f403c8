"""What the worker does for the accounts, on beat's schedule."""

from allauth.usersessions.models import UserSession
from celery import shared_task
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.db.models import Exists, OuterRef
from django.utils import timezone


@shared_task
def forget_guests() -> None:
    """Delete what is kept of guests once it can no longer count for anything; harmless to run twice."""
    call_command("forget_guests")


@shared_task
def clear_sessions() -> None:
    """Delete sessions that have run out, and the addresses and browsers noted for those that are over."""
    call_command("clearsessions")
    UserSession.objects.filter(~Exists(Session.objects.filter(session_key=OuterRef("session_key")))).delete()


@shared_task
def forget_limits() -> None:
    """Delete the counters of sign-ins that have run out: Django counts all rows whenever it writes one."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_cache WHERE expires < %s", [timezone.now()])
