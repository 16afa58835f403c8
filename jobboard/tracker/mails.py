"""The mail that a person asked themselves to be sent."""

from datetime import datetime
from typing import TYPE_CHECKING

from jobboard.mail import send
from jobboard.postings.models import Posting

if TYPE_CHECKING:
    from jobboard.tracker.models import Tracked


def reminder(tracked: "Tracked", at: datetime) -> None:
    """Remind a person of the next step with a job, saying where the posting stands."""
    posting = Posting.objects.live(at).filter(pk=tracked.posting_id).only("title", "slug").first()
    send("tracker/mail/reminder", [tracked.user.email], tracked=tracked, posting=posting)
