"""What was noticed about a posting: a sentence for staff. It decides nothing."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from jobboard.postings.models import Posting


class Signal(models.Model):
    """One thing that staff should look at, with the words that it was noticed by."""

    class Kind(models.TextChoices):
        FIRST = "first", "First posting"
        FREE_MAIL = "free-mail", "Free mail"
        CHAT = "chat", "Chat app"
        CHECK = "check", "Check or money transfer"
        EQUIPMENT = "equipment", "Equipment to buy"
        FEE = "fee", "Fee"
        TRIAL = "trial", "Unpaid trial"
        IDENTITY = "identity", "Bank or identity details"
        CHARTS = "charts", "Records by mail"
        DOMAIN = "domain", "Another domain"
        PAY = "pay", "Pay out of range"
        REFUSED = "refused", "Like one that was refused"
        ELSEWHERE = "elsewhere", "Same text elsewhere"
        OPEN_TWICE = "open-twice", "Open twice"
        REPOST = "repost", "Reposted"
        BURST = "burst", "Many at once"

    # Facts to know, where the others are reasons to doubt.
    NEUTRAL = frozenset({Kind.FIRST, Kind.REPOST})

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="signals")
    kind = models.CharField(max_length=10, choices=Kind)
    sentence = models.CharField(max_length=400)
    words = ArrayField(models.CharField(max_length=80), default=list, help_text="As they stand in the posting.")
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["posting", "kind"], name="signal_once_per_posting")]

    def __str__(self) -> str:
        return self.sentence

    @property
    def is_doubt(self) -> bool:
        """Whether it is a reason to doubt, not just a fact to know."""
        return self.kind not in self.NEUTRAL
