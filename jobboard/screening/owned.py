"""What this app keeps of a person, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from jobboard.screening.models import Screening


def answers(user: User) -> list[dict[str, Any]]:
    """What a person answered with each application; not what the employer expected, which is the employer's."""
    given = Screening.objects.filter(application__candidate=user).select_related("application").order_by("pk")
    return [
        {
            "posting": each.application.posting_title,
            "employer": each.application.posting_employer,
            "answers": each.told,
            "case": each.case,
            "codes": each.given,
        }
        for each in given
    ]
