"""What becomes of postings when the last person of a team leaves, for `accounts.privacy`."""

from django.utils import timezone

from accounts.models import User
from jobboard.employers.owned import left_alone
from jobboard.postings.models import Posting, PostingQuerySet
from jobboard.postings.vocabulary import Outcome


def closing(user: User) -> list[str]:
    """Which postings will close with this person's account, in a sentence for each employer."""
    told = []
    for employer in left_alone(user):
        count = _open(user).filter(employer=employer).count()
        if count:
            told.append(
                f"Nobody else is on the team of {employer}: "
                f"{'its open posting closes' if count == 1 else f'its {count} open postings close'} with your account. "
                "To keep them, invite a colleague and make them an owner first."
            )
    return told


def close(user: User) -> None:
    """Close what nobody would be there to answer for."""
    for posting in _open(user).order_by("pk"):
        posting.close(timezone.now(), user, Outcome.CANCELLED)


def _open(user: User) -> PostingQuerySet:
    """What has been submitted and has not ended, of the employers whose team is this person alone."""
    theirs = Posting.objects.filter(employer__in=left_alone(user).values("pk"), submitted_at__isnull=False)
    return theirs.filter(closed_at=None).exclude(expires_at__lte=timezone.now())
