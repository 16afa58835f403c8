"""The ledger of code views: who has opened which page, and how many each may still open.

A view is granted by one statement (`CodeView.objects.open_page`): it writes a row in `CodeView`, unique per reader and page,
and raises the reader's `Meter`, whose row lock makes parallel requests of one reader wait for each other. So the limit
holds however many arrive at once, and a page opened before costs nothing.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q


class Allowance(NamedTuple):
    """One meter that a view counts on, and how many views it allows."""

    key: str
    limit: int


class Opening(NamedTuple):
    """The ledger's answer to one request for one page."""

    granted: bool
    member: bool
    used: int  # views counted on the first meter, this one included


_OPEN_PAGE = """
WITH member AS (
    SELECT 1 FROM accounts_membership
    WHERE user_id = %(user)s AND starts_at <= %(at)s AND (ends_at IS NULL OR ends_at > %(at)s) LIMIT 1
), seen AS (
    SELECT 1 FROM accounts_codeview
    WHERE page = %(page)s AND (user_id = %(user)s OR guest = %(guest)s) LIMIT 1
), took AS (
    INSERT INTO accounts_meter (key, used, ceiling, created_at)
    SELECT wanted.key, 1, wanted.ceiling, %(at)s
    FROM unnest(%(keys)s::text[], %(limits)s::int[]) AS wanted (key, ceiling)
    WHERE wanted.ceiling > 0 AND NOT EXISTS (TABLE member) AND NOT EXISTS (TABLE seen)
    ON CONFLICT (key) DO UPDATE SET used = accounts_meter.used + 1, ceiling = excluded.ceiling
    WHERE accounts_meter.used < excluded.ceiling
    RETURNING key, used
), wrote AS (
    INSERT INTO accounts_codeview (user_id, guest, page, granted_at)
    SELECT %(user)s, %(guest)s, %(page)s, %(at)s
    WHERE (SELECT count(*) FROM took) = cardinality(%(keys)s::text[])
    ON CONFLICT DO NOTHING
    RETURNING 1
)
SELECT
    EXISTS (TABLE member),
    EXISTS (TABLE seen),
    EXISTS (TABLE wrote),
    (SELECT count(*) FROM took),
    coalesce(
        (SELECT used FROM took WHERE key = (%(keys)s::text[])[1]),
        (SELECT used FROM accounts_meter WHERE key = (%(keys)s::text[])[1]),
        0
    )
"""


class CodeViewQuerySet(models.QuerySet["CodeView"]):
    """The pages that were opened."""

    def open_page(
        self, page: str, allowances: Sequence[Allowance], *, at: datetime, user: int | None, guest: UUID | None
    ) -> Opening:
        """Open a page for one reader, counting it on every allowance if it is new to them.

        `page` is any stable name of at most 80 characters, such as "cpt:20670". All allowances must have a view left,
        or nothing is counted. The first one is the reader's own; its count is what the answer tells.
        """
        values = {
            "user": user,
            "guest": guest,
            "page": page,
            "at": at,
            "keys": [allowance.key for allowance in allowances],
            "limits": [allowance.limit for allowance in allowances],
        }
        member, seen, wrote, took, used = self._ask(values)
        if took and not wrote:
            # Rolled back: another meter was full, or a parallel request has just opened this very page.
            member, seen, wrote, took, used = self._ask(values | {"limits": [0] * len(allowances)})
        return Opening(granted=member or seen or wrote, member=member, used=used)

    def _ask(self, values: dict[str, object]) -> tuple[bool, bool, bool, int, int]:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_OPEN_PAGE, values)
            row = cursor.fetchone()
            _, _, wrote, took, _ = row
            if took and not wrote:
                transaction.set_rollback(True)
        return row

    def carry_over(self, guest: UUID, user: int) -> None:
        """Leave open for a new account what its owner opened as a guest; it does not count against the account."""
        pages = self.filter(guest=guest).values_list("page", "granted_at")
        self.bulk_create(
            [CodeView(user_id=user, page=page, granted_at=granted_at) for page, granted_at in pages],
            ignore_conflicts=True,
        )


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


class Meter(models.Model):
    """How many views were counted on one key: a person, a guest's cookie, or a network address on one day."""

    key = models.CharField(max_length=100, primary_key=True)
    used = models.PositiveIntegerField(default=0)
    ceiling = models.PositiveIntegerField(help_text="The limit when it was last raised.")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.key}: {self.used} of {self.ceiling}"
