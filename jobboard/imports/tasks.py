"""What is cleared away by the clock."""

from celery import shared_task
from django.utils import timezone

from jobboard.imports.models import Upload


@shared_task
def forget_uploads() -> int:
    """Delete files that nobody said yes to in time, and what imports of long ago left; returns how many."""
    return Upload.objects.forget(timezone.now())
