"""What is thrown away when a day is over."""

from celery import shared_task
from django.utils import timezone

from jobboard.statistics.models import Mark


@shared_task
def forget_readers() -> int:
    """Forget who was counted on days that are over; returns how many hashes went."""
    return Mark.forget(timezone.now())
