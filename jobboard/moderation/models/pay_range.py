"""What jobs of a kind pay, from the postings that were ever live; renewed once a day."""

from datetime import datetime
from decimal import Decimal
from typing import ClassVar, Self

from django.db import connection, models, transaction

FEWEST = 20  # postings behind a range that is believed

# In logarithms, where half and double are equally far. The middle (median) and the median distance from it (MAD) are
# moved by no single posting, however absurd its pay. Advisory lock: one renewal at a time.
_RENEW = """
WITH paid AS (
    SELECT unnest(roles) AS role, pay_unit AS unit,
           ln((coalesce(pay_min, pay_max) + coalesce(pay_max, pay_min)) / 2) AS amount
    FROM postings_posting
    WHERE published_at <= %(at)s AND held_at IS NULL AND pay_unit <> '' AND coalesce(pay_min, pay_max) IS NOT NULL
), middles AS (
    SELECT role, unit, count(*) AS count, percentile_cont(0.5) WITHIN GROUP (ORDER BY amount) AS middle
    FROM paid GROUP BY role, unit HAVING count(*) >= %(fewest)s
)
INSERT INTO moderation_payrange (role, unit, count, middle, spread, at)
SELECT role, unit, count, middle,
       percentile_cont(0.5) WITHIN GROUP (ORDER BY abs(amount - middle)), %(at)s
FROM paid JOIN middles USING (role, unit) GROUP BY role, unit, count, middle
"""


class PayRangeQuerySet(models.QuerySet["PayRange"]):
    """Ranges, and how they are made."""

    def renew(self, at: datetime) -> int:
        """Reckon all ranges anew, in one statement; returns how many there are."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('moderation.pay_range'))")
            self.all().delete()
            cursor.execute(_RENEW, {"at": at, "fewest": FEWEST})
            return cursor.rowcount

    def of_kind(self, roles: list[str], unit: str) -> Self:
        """Those of a posting's roles and unit of pay, the best known first."""
        return self.filter(role__in=roles, unit=unit).order_by("-count", "role")


class PayRange(models.Model):
    """Where the pay of one role in one unit lies."""

    role = models.CharField(max_length=40)
    unit = models.CharField(max_length=10)
    count = models.PositiveIntegerField(help_text="Postings behind it.")
    middle = models.FloatField(help_text="The median, as the natural logarithm of dollars a unit.")
    spread = models.FloatField(help_text="The median distance from it, in the same measure.")
    at = models.DateTimeField()

    objects: ClassVar[PayRangeQuerySet] = PayRangeQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "unit"], name="pay_range_once_per_kind")]

    def __str__(self) -> str:
        return f"{self.role} {self.unit}"

    # A normal distribution has 1.4826 × MAD as its deviation. Four deviations, but never less than half as much again:
    # where everybody pays nearly the same, a little more is no reason to doubt.
    DEVIATIONS = 4 * 1.4826
    LEAST = 0.405  # ln(1.5)

    def is_far(self, amount: Decimal) -> bool:
        """Whether an amount of dollars a unit lies far outside."""
        distance = abs(float(amount.ln()) - self.middle)
        return distance > max(self.DEVIATIONS * self.spread, self.LEAST)
