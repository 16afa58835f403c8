"""What `manage.py check --deploy` asks of the settings for the sake of the alert mails."""

from typing import Any

from django.conf import settings
from django.core import checks

PLAIN_HTTP = checks.Warning(
    "SITE_URL is no https address, so no mail program offers one-click unsubscribing (RFC 8058, section 3.1), and "
    "large mailbox providers refuse alert mails without it.",
    hint="Set SITE_URL to the public https address.",
    id="alerts.W001",
)


@checks.register(checks.Tags.security, deploy=True)
def one_click_needs_https(**_: Any) -> list[checks.CheckMessage]:
    """The address in List-Unsubscribe must be HTTPS."""
    return [] if settings.SITE_URL.startswith("https://") else [PLAIN_HTTP]
