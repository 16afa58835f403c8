"""The mails that tell staff of what waits for them."""

from typing import TYPE_CHECKING

from accounts.models import User
from jobboard.mail import send

if TYPE_CHECKING:
    from jobboard.moderation.models import Report


def reported(report: "Report") -> None:
    """Tell staff that somebody reported a posting. Who did stays on the desk."""
    staff = User.objects.filter(is_staff=True, is_active=True)
    send("desk/mail/reported", staff.values_list("email", flat=True), report=report, posting=report.posting)
