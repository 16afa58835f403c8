"""What becomes of mail to a person, and of mail that tells of them, when they leave, for `accounts.privacy`."""

from accounts.models import User
from jobboard.outbox.models import OutgoingMail


def forget(user: User) -> None:
    """Delete it, whether it went out or still waits: what it tells of is gone with the account."""
    OutgoingMail.objects.concerning(user.email, user.get_full_name()).delete()
