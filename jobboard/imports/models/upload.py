"""A file that was read and waits for a yes, or was carried out."""

from collections import Counter
from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models, transaction

from accounts.models import User
from jobboard.employers.models import Employer
from jobboard.imports.plan import ACTING, Line, Row, Step, Verdict, carried_out, planned
from jobboard.postings.models import StaleState

VALID_FOR = timedelta(hours=24)
KEPT_FOR = timedelta(days=30)  # what a carried-out import left out can be fetched so long


class Differs(Exception):
    """The same file would do something else by now than the dry run said; nothing was done."""


class UploadQuerySet(models.QuerySet["Upload"]):
    """Uploads by whose they are and whether they still wait."""

    def by(self, user: User) -> "UploadQuerySet":
        """Those this person sent: nobody else carries them out."""
        return self.filter(by=user)

    def waiting(self) -> "UploadQuerySet":
        """Those that were not carried out."""
        return self.filter(done_at=None)

    def forget(self, at: datetime) -> int:
        """Delete what nobody said yes to in time, and what was carried out long ago; returns how many."""
        late = models.Q(done_at=None, expires_at__lte=at) | models.Q(done_at__lte=at - KEPT_FOR)
        return self.filter(late).delete()[0]


class Upload(models.Model):
    """The rows of a file and what would become of each. Bound to who sent it; carried out once, within a day."""

    employer = models.ForeignKey(Employer, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=200)
    review = models.BooleanField(help_text="New postings and drafts go to review.")
    whole = models.BooleanField(help_text="The file is the whole list: open postings it leaves out are closed.")
    columns = models.JSONField(help_text="The names of its columns, in their order.")
    rows = models.JSONField(help_text="Its lines: [number, {column: cell}].")
    lines = models.JSONField(default=list, help_text="What would become, or became, of each.")
    at = models.DateTimeField()
    expires_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    objects: ClassVar[UploadQuerySet] = UploadQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["employer", "-at"], name="upload_by_employer")]

    def __str__(self) -> str:
        return self.name

    @property
    def report(self) -> list[Line]:
        """What would become, or became, of each line."""
        return [Line(**line) for line in self.lines]

    @property
    def tally(self) -> dict[str, int]:
        """How many lines have each verdict, in the order of `Verdict`; one without any counts 0."""
        counts = Counter(line["verdict"] for line in self.lines)
        return {verdict: counts[verdict] for verdict in Verdict}

    @property
    def acts(self) -> int:
        """How many postings it would change."""
        return sum(self.tally[verdict] for verdict in ACTING)

    def is_open(self, at: datetime) -> bool:
        """Whether it can be carried out at a moment."""
        return self.done_at is None and self.expires_at > at

    def check_over(self, at: datetime) -> None:
        """Store it with what would become of each line. What this person sent before and left waiting is dropped."""
        self.at, self.expires_at = at, at + VALID_FOR
        self.lines = [step.line.stored() for step in self._steps(at)]
        with transaction.atomic():
            self.employer.uploads.waiting().by(self.by).exclude(pk=self.pk).delete()
            self.save()

    def carry_out(self, at: datetime) -> None:
        """Do what the dry run said, all of it or nothing.

        Raises StaleState where it was carried out before or waited too long, Overtaken where a colleague changes one
        of the postings at this moment, and Differs where the same checks now come to another result.
        """
        with transaction.atomic():
            # The lock is against two imports, or an import and the API, that each find a reference still free.
            Employer.objects.select_for_update().get(pk=self.employer_id)
            if Upload.objects.waiting().filter(pk=self.pk, expires_at__gt=at).update(done_at=at) != 1:
                raise StaleState
            steps = self._steps(at)
            if [_told(step.line.stored()) for step in steps] != [_told(line) for line in self.lines]:
                raise Differs
            carried_out(steps, at, self.by)
            self.done_at, self.lines = at, [step.line.stored() for step in steps]
            self.rows = [row for row in self.rows if row[0] in self.refused]
            self.save(update_fields=["lines", "rows"])

    @property
    def refused(self) -> set[int]:
        """The numbers of the lines that were refused."""
        return {line["number"] for line in self.lines if line["verdict"] == Verdict.REFUSED}

    def _steps(self, at: datetime) -> list[Step]:
        rows = [Row(number, values) for number, values in self.rows]
        return planned(self.employer, rows, at, review=self.review, whole=self.whole)


def _told(line: dict[str, object]) -> tuple[object, ...]:
    """What the dry run told of a line and a yes was said to."""
    return (line["reference"], line["verdict"], line["note"], tuple(sorted(line["changes"])))  # type: ignore[call-overload]
