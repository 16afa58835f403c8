"""The states of an application, as its team and as its candidate read them."""

from django.db import models


class State(models.TextChoices):
    """Where an application stands, in the order of the board's columns."""

    NEW = "new", "New"
    REVIEWED = "reviewed", "Reviewed"
    INTERVIEW = "interview", "Interview"
    OFFER = "offer", "Offer"
    HIRED = "hired", "Hired"
    DECLINED = "declined", "Declined"


WITHDRAWN = "withdrawn"  # no state of an application, but a step, and a word in addresses

# The same states as the candidate reads them.
TOLD: dict[str, str] = {
    State.NEW: "Sent",
    State.REVIEWED: "Looked at",
    State.INTERVIEW: "Interview",
    State.OFFER: "Offer",
    State.HIRED: "Hired",
    State.DECLINED: "Not going forward",
}
