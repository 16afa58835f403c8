"""What a person keeps about postings. All of it is theirs alone and goes when their account does."""

from jobboard.tracker.models.hidden import HiddenEmployer, HiddenPosting, hidden_from
from jobboard.tracker.models.seen import Seen, SeenOff
from jobboard.tracker.models.tracked import TooMany, Tracked

__all__ = ["HiddenEmployer", "HiddenPosting", "Seen", "SeenOff", "TooMany", "Tracked", "hidden_from"]
