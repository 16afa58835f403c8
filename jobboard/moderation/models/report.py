"""What readers report about a posting. Staff settle it; its employer never learns who reported."""

from datetime import datetime, timedelta
from typing import ClassVar, Self

from django.conf import settings
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Count, F, Min, Q

from accounts.models import User
from jobboard.moderation import mails
from jobboard.postings.models import Posting, PostingQuerySet

MOST_WORDS = 2_000  # characters


class ReportQuerySet(models.QuerySet["Report"]):
    """Reports by whether staff have settled them."""

    def open(self) -> Self:
        """Those that nobody has settled."""
        return self.filter(settled_at=None)

    def settled(self) -> Self:
        """Those that staff have settled, the latest first."""
        return self.filter(settled_at__isnull=False).order_by("-settled_at", "-id")

    def queue(self) -> PostingQuerySet:
        """The postings with open reports, the longest waiting first: each with `reported` and `since`."""
        open_ = Q(reports__settled_at=None)
        reported = Posting.objects.filter(pk__in=self.open().values("posting")).cards()
        counted = reported.annotate(reported=Count("reports", filter=open_), since=Min("reports__at", filter=open_))
        return counted.order_by(F("since"), "pk")

    def settle(self, at: datetime, by: User, finding: str, note: str, seen: int) -> int:
        """Settle the open ones with an id up to `seen`, which is as far as staff read; returns how many."""
        return self.open().filter(pk__lte=seen).update(settled_at=at, settled_by=by, finding=finding, note=note)


class Report(models.Model):
    """One reader's report of one posting."""

    class Kind(models.TextChoices):
        SCAM = "scam", "It looks like a scam"
        GONE = "gone", "The job is filled or does not exist"
        WRONG = "wrong", "The pay or the place is not as stated"
        FEE = "fee", "It asks for a fee or a purchase"
        DISCRIMINATORY = "bias", "It discriminates"
        DUPLICATE = "duplicate", "It is posted more than once"
        OTHER = "other", "Something else"

    class Finding(models.TextChoices):
        ACTED = "acted", "Acted on"
        UNFOUNDED = "unfounded", "Nothing wrong found"

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="reports")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    network = models.CharField(max_length=32, blank=True, help_text="A guest's, as a keyed hash; empty for a person.")
    kind = models.CharField("what is wrong", max_length=10, choices=Kind)
    words = models.TextField(blank=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    finding = models.CharField(max_length=10, choices=Finding, blank=True)
    note = models.TextField(blank=True, help_text="For staff.")

    objects: ClassVar[ReportQuerySet] = ReportQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["posting"], condition=Q(settled_at=None), name="report_open"),
            models.Index(fields=["network", "at"], condition=~Q(network=""), name="report_by_network"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["posting", "by"], name="report_once_per_person"),
            models.UniqueConstraint(
                fields=["posting", "network"], condition=~Q(network=""), name="report_once_per_network"
            ),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(words=""),
                name="report_other_in_words",
                violation_error_message="Say what is wrong.",
            ),
            models.CheckConstraint(
                condition=Q(settled_at=None, finding="") | Q(settled_at__isnull=False) & ~Q(finding=""),
                name="report_settled_with_finding",
            ),
        ]

    class Before(Exception):
        """This person, or a guest of this network, has reported the posting already."""

    class LimitReached(Exception):
        """This person, or the guests of this network, have reported as much in 24 hours as one may."""

    def __str__(self) -> str:
        return f"{self.kind} of {self.posting_id}"

    def send(self, at: datetime) -> None:
        """Store it and, with the first open one of a posting, tell staff. Raises Before or LimitReached."""
        self.at = at
        try:
            with transaction.atomic():
                self._keep_to_limit(at)
                told = Report.objects.open().filter(posting=self.posting_id).exists()
                self.save()
                if not told:
                    mails.reported(self)
        except IntegrityError as error:
            if "report_once" not in str(error):
                raise
            raise self.Before from None

    def _keep_to_limit(self, at: datetime) -> None:
        mine = Q(by=self.by) if self.by else Q(network=self.network)
        most = settings.REPORTS_PER_PERSON_AND_DAY if self.by else settings.REPORTS_PER_NETWORK_AND_DAY
        with connection.cursor() as cursor:  # against parallel requests past the limit
            whose = f"person:{self.by.pk}" if self.by else f"network:{self.network}"
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"moderation.report:{whose}"])
        if Report.objects.filter(mine, at__gt=at - timedelta(days=1)).count() >= most:
            if Report.objects.filter(mine, posting=self.posting_id).exists():
                raise self.Before
            raise self.LimitReached
