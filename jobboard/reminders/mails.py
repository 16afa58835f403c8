"""The mail before a credential's dates."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.signing import Signer
from django.urls import reverse

from accounts.models import Profile
from jobboard.mail import send

if TYPE_CHECKING:
    from jobboard.reminders.models import Coming

signer = Signer(salt="jobboard.reminders.stop")


def stop_url(profile: Profile) -> str:
    """The page that stops these mails without a sign-in. A path; who has it may do that and nothing else."""
    return reverse("reminders_stop", args=[signer.sign(str(profile.pk))])


def coming(profile: Profile, coming: "Iterable[Coming]", today: date) -> None:
    """Tell a person of the dates ahead. The headers let mail programs stop these mails with one click (RFC 8058)."""
    stop = stop_url(profile)
    told = [
        {"held": each.credential, "kind": each.kind, "day": each.day, "left": left(each.day, today)} for each in coming
    ]
    headers = {
        "List-Unsubscribe": f"<{settings.SITE_URL}{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }
    send("reminders/mail/coming", [profile.user.email], headers, coming=told, first=told[0], stop=stop)


def left(day: date, today: date) -> str:
    """How far away a day is, in words: "today", "tomorrow", "in 30 days"."""
    days = (day - today).days
    return {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
