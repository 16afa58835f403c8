"""Requests to be in touch, who looked, and who is blocked."""

from jobboard.talent.models.block import Block
from jobboard.talent.models.contact import AskedBefore, ContactRequest, ContactRequestQuerySet, LimitReached, StaleState
from jobboard.talent.models.look import Look

__all__ = ["AskedBefore", "Block", "ContactRequest", "ContactRequestQuerySet", "LimitReached", "Look", "StaleState"]
