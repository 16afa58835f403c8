"""What must hold for every stored posting. A draft may be incomplete; what was submitted may not."""

from django.db import models
from django.db.models import F, Q

from jobboard.postings.models.pay import MOST_PAY, MOST_UNITS_PER_HOUR
from jobboard.postings.vocabulary import NOTHING_UNPAID

CONSTRAINTS: list[models.BaseConstraint] = [
    models.UniqueConstraint(
        fields=["employer", "reference"],
        condition=~Q(reference=""),
        name="posting_reference_once_per_employer",
        violation_error_message="Another posting of this employer has this reference.",
    ),
    models.CheckConstraint(
        condition=Q(pay_min=None) | Q(pay_max=None) | Q(pay_max__gte=F("pay_min")),
        name="posting_pay_range",
        violation_error_message="The highest pay must not be below the lowest.",
    ),
    models.CheckConstraint(
        condition=Q(submitted_at=None) | Q(pay_min=None, pay_max=None) | ~Q(pay_unit=""),
        name="posting_pay_has_unit",
        violation_error_message="Say what the pay is for: an hour, a year, a chart.",
    ),
    models.CheckConstraint(
        condition=(Q(pay_min=None) | Q(pay_min__gt=0, pay_min__lte=MOST_PAY))
        & (Q(pay_max=None) | Q(pay_max__gt=0, pay_max__lte=MOST_PAY))
        & (Q(units_per_hour=None) | Q(units_per_hour__gt=0, units_per_hour__lte=MOST_UNITS_PER_HOUR)),
        name="posting_pay_in_bounds",
        violation_error_message="Pay and charts per hour must be above zero and within reason.",
    ),
    models.CheckConstraint(condition=~Q(title=""), name="posting_titled", violation_error_message="Give a title."),
    models.CheckConstraint(
        condition=Q(submitted_at=None)
        | (~Q(description="") & ~Q(roles=[]) & ~Q(employment_type="") & ~Q(workplace="")),
        name="posting_complete",
        violation_error_message="Say what the work is, its role, how people are employed, and where.",
    ),
    models.CheckConstraint(
        condition=Q(submitted_at=None) | ~Q(workplace__in=["hybrid", "on-site"]) | (~Q(city="") & ~Q(state="")),
        name="posting_place_named",
        violation_error_message="Hybrid and on-site work needs a city and a state.",
    ),
    models.CheckConstraint(
        condition=Q(submitted_at=None) | Q(workplace="remote") | Q(remote_states=[]),
        name="posting_states_for_remote",
        violation_error_message="States to live in belong to remote work only.",
    ),
    models.CheckConstraint(
        condition=Q(submitted_at=None)
        | Q(apply_by="site")
        | (Q(apply_by="url") & ~Q(apply_url=""))
        | (Q(apply_by="email") & ~Q(apply_email="")),
        name="posting_can_be_applied_to",
        violation_error_message="Give the address or e-mail to apply to.",
    ),
    models.CheckConstraint(
        condition=Q(published_at=None)
        | Q(submitted_at__isnull=False, approved_at__isnull=False, expires_at__isnull=False),
        name="posting_published_after_review",
    ),
    models.CheckConstraint(
        condition=Q(sent_back_at=None) | Q(submitted_at__isnull=False, published_at=None) & ~Q(sent_back_reason=""),
        name="posting_sent_back_with_reason",
        violation_error_message="Say why it is sent back.",
    ),
    models.CheckConstraint(
        condition=Q(held_at=None) | Q(submitted_at__isnull=False) & ~Q(held_reason=""),
        name="posting_held_with_reason",
        violation_error_message="Say why it is put on hold.",
    ),
    models.CheckConstraint(
        condition=Q(closed_at=None, outcome="")
        | Q(closed_at__isnull=False, submitted_at__isnull=False) & ~Q(outcome=""),
        name="posting_closed_with_outcome",
        violation_error_message="Say what came of it.",
    ),
    models.CheckConstraint(
        condition=Q(paused_at=None) | Q(published_at__isnull=False),
        name="posting_paused_once_public",
        violation_error_message="Only what was published can be paused.",
    ),
    models.CheckConstraint(
        condition=Q(asked_at=None) | Q(published_at__isnull=False) & ~Q(ask_hash=""),
        name="posting_asked_once_public",
    ),
    models.CheckConstraint(
        condition=Q(confirmed_at=None) | Q(published_at__isnull=False), name="posting_confirmed_once_public"
    ),
    models.CheckConstraint(
        condition=~Q(unpaid__contains=[NOTHING_UNPAID]) | Q(unpaid__len=1),
        name="posting_unpaid_or_nothing",
        violation_error_message="Either all working time is paid, or name what is not: not both.",
    ),
    models.CheckConstraint(condition=Q(renewed_from=None) | ~Q(renewed_from=F("id")), name="posting_renews_another"),
]
