"""How every verb of a posting changes it: from the state it starts from, once, and on the record."""

from datetime import datetime
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import Q

from accounts.models import User
from jobboard.postings.models.event import Event

if TYPE_CHECKING:
    from jobboard.postings.models.posting import Posting


class StaleState(Exception):
    """A verb came to a posting that has left the state it starts from: a second click, or a colleague was first."""


class Recorded(models.Model):
    """What the verbs of a posting are made of."""

    class Meta:
        abstract = True

    @property
    def _posting(self) -> "Posting":
        """Itself as what it is part of: the parts of `Posting` call each other's verbs."""
        return cast("Posting", self)

    def _move(self, where: Q, **changes: object) -> None:
        """Change columns of a posting that is open and where `where` holds; one that has left that state is stale."""
        if type(self._posting).objects.filter(where, pk=self.pk, closed_at=None).update(**changes) != 1:
            raise StaleState
        for column, value in changes.items():
            setattr(self, column, value)

    def _record(self, kind: Event.Kind, at: datetime, by: User | None, reason: str = "") -> None:
        """Write what was done; called inside the transaction that does it."""
        Event.objects.create(posting_id=self.pk, kind=kind, by=by, at=at, reason=reason)
