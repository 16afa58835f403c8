"""What is cleared away by the clock."""

from celery import shared_task
from django.utils import timezone

from jobboard.employers.models import Invitation, Verification


@shared_task
def forget_addresses() -> int:
    """Delete invitations and verifications, with the addresses they went to, long after they ran out."""
    at = timezone.now()
    return Invitation.objects.forget(at) + Verification.objects.forget(at)
