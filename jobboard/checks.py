"""What `manage.py check --deploy` asks of a public site beyond what Django asks."""

from typing import Any

from django.conf import settings
from django.core import checks

PUBLIC_PASSWORD = checks.Error(
    "DEMO_MODE is on in production, so everybody knows a password that opens the admin.",
    hint="Unset DEMO_MODE.",
    id="jobboard.E001",
)


@checks.register(checks.Tags.security, deploy=True)
def no_demo_people_in_public(**_: Any) -> list[checks.CheckMessage]:
    """The password of the demo people is printed and documented."""
    return [PUBLIC_PASSWORD] if settings.PRODUCTION and settings.DEMO_MODE else []
