"""A load that is only tried: everything is read, checked and compared, and nothing stays."""

from collections.abc import Callable

from django.db import transaction

from codes.loaders.outcome import Order, Outcome


def carry_out(order: Order, load: Callable[[], Outcome]) -> Outcome:
    """Run a load in one transaction, and take it back where the order is a dry run."""
    with transaction.atomic():
        outcome = load()
        if order.dry_run:
            transaction.set_rollback(True)
    return outcome
