"""The ledger of code views: who has opened which page, and how many each may still open.

A view is granted by one statement: it raises the reader's `Meter` and writes a row in `CodeView`, unique per reader and
page. The lock on the meter's row makes parallel requests of one reader wait for each other, so the limit holds however
many arrive at once. A page that was opened before costs nothing, and asking for it again only reads.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import F, Q

from accounts.models.membership import VALID

_LOOK = f"""
SELECT
    EXISTS (SELECT FROM accounts_membership WHERE user_id = %(user)s::bigint AND {VALID}),
    EXISTS (
        SELECT FROM accounts_codeview
        WHERE page = %(page)s AND (user_id = %(user)s::bigint OR guest = %(guest)s::uuid)
    ),
    ARRAY(
        SELECT coalesce(meter.used, 0)
        FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS wanted (key, place)
        LEFT JOIN accounts_meter AS meter USING (key)
        ORDER BY place
    )
"""  # noqa: S608 - a condition of ours

_TAKE = """
WITH took AS (
    INSERT INTO accounts_meter (key, used, ceiling, created_at)
    SELECT key, 1, allowed, %(at)s::timestamptz
    FROM unnest(%(keys)s::text[], %(limits)s::int[]) WITH ORDINALITY AS wanted (key, allowed, place)
    WHERE allowed > 0
    ORDER BY place
    ON CONFLICT (key) DO UPDATE SET used = accounts_meter.used + 1, ceiling = excluded.ceiling
    WHERE accounts_meter.used < excluded.ceiling
    RETURNING key, used
), wrote AS (
    INSERT INTO accounts_codeview (user_id, guest, page, granted_at)
    SELECT %(user)s::bigint, %(guest)s::uuid, %(page)s, %(at)s::timestamptz
    WHERE (SELECT count(*) FROM took) = cardinality(%(keys)s::text[])
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT ARRAY(
    SELECT took.used
    FROM unnest(%(keys)s::text[]) WITH ORDINALITY AS wanted (key, place)
    JOIN took USING (key)
    ORDER BY place
)
WHERE EXISTS (TABLE wrote)
"""


class Allowance(NamedTuple):
    """One meter that a view counts on, and how many views it allows."""

    key: str
    limit: int


class Opening(NamedTuple):
    """The ledger's answer to one request for one page."""

    granted: bool
    member: bool
    left: list[int]  # views that each allowance still has, in the order they were asked; this view is counted


class CodeViewQuerySet(models.QuerySet["CodeView"]):
    """The pages that were opened."""

    def open_page(
        self, page: str, allowances: Sequence[Allowance], *, at: datetime, user: int | None, guest: UUID | None
    ) -> Opening:
        """Open a page for one reader, counting it on every allowance if it is new to them.

        `page` is any stable name of at most 80 characters, such as "cpt:20670". All allowances must have a view left,
        or nothing is counted.
        """
        limits = [allowance.limit for allowance in allowances]
        keys = [allowance.key for allowance in allowances]
        values: dict[str, Any] = {"user": user, "guest": guest, "page": page, "at": at, "keys": keys, "limits": limits}

        member, seen, used = _look(values)
        if not (member or seen) and all(spent < limit for spent, limit in zip(used, limits, strict=True)):
            if taken := _take(values):
                seen, used = True, taken
            else:
                # There was a view left when we looked, and none when we reached for it; or a parallel request has just
                # opened this very page for the same reader. Which of the two, the ledger tells now.
                member, seen, used = _look(values)
        left = [max(0, limit - spent) for spent, limit in zip(used, limits, strict=True)]
        return Opening(member or seen, member, left)

    def carry_over(self, guest: UUID, user: int) -> None:
        """Leave open for a new account what its owner opened as a guest; it does not count against the account."""
        pages = self.filter(guest=guest).values_list("page", "granted_at")
        CodeView.objects.bulk_create(
            [CodeView(user_id=user, page=page, granted_at=granted_at) for page, granted_at in pages],
            ignore_conflicts=True,
        )

    def forget_guests(self, at: datetime, keep: timedelta) -> int:
        """Delete what guests opened longer ago than their cookies live; returns how many rows went."""
        return self.filter(guest__isnull=False, granted_at__lt=at - keep).delete()[0]


def _look(values: dict[str, Any]) -> tuple[bool, bool, list[int]]:
    with connection.cursor() as cursor:
        cursor.execute(_LOOK, values)
        member, seen, used = cursor.fetchone()
    return member, seen, used


def _take(values: dict[str, Any]) -> list[int] | None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_TAKE, values)
        row = cursor.fetchone()
        if row is None:
            transaction.set_rollback(True)  # one meter may have been raised before the other one was found full
    return row[0] if row else None


class CodeView(models.Model):
    """A page that was opened for a reader, and stays open for them."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="code_views"
    )
    guest = models.UUIDField(null=True, blank=True)
    page = models.CharField(max_length=80)
    granted_at = models.DateTimeField()

    objects: ClassVar[CodeViewQuerySet] = CodeViewQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "page"], name="page_counted_once_per_user"),
            models.UniqueConstraint(fields=["guest", "page"], name="page_counted_once_per_guest"),
            models.CheckConstraint(
                condition=Q(user=None, guest__isnull=False) | Q(user__isnull=False, guest=None),
                name="code_view_has_one_reader",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.page} by {self.user_id or self.guest}"


class MeterQuerySet(models.QuerySet["Meter"]):
    """Counts of views."""

    def of_person(self, pk: int) -> "MeterQuerySet":
        """Those of a person, of every window."""
        return self.filter(Q(key=f"user:{pk}") | Q(key__startswith=f"user:{pk}:"))

    def forget_guests(self, at: datetime, keep: timedelta) -> int:
        """Delete meters of guests whose cookies are dead, and of networks on days gone by; returns how many went.

        A network's meter counts one UTC day; two days later no clock anywhere is still in it.
        """
        guests = Q(key__startswith="guest:", created_at__lt=at - keep)
        networks = Q(key__startswith="network:", created_at__lt=at - timedelta(days=2))
        return self.filter(guests | networks).delete()[0]


class Meter(models.Model):
    """How many views were counted on one key: a person, a guest's cookie, or a network address on one day."""

    key = models.CharField(max_length=100, primary_key=True)
    used = models.PositiveIntegerField(default=0)
    ceiling = models.PositiveIntegerField(help_text="The limit when it was last raised.")
    created_at = models.DateTimeField()

    objects: ClassVar[MeterQuerySet] = MeterQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(used__lte=F("ceiling")),
                name="meter_within_its_ceiling",
                violation_error_message="No more views can be counted than were allowed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.used} of {self.ceiling}"
