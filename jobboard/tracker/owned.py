"""What this app keeps of a person, for `accounts.privacy`."""

from typing import Any

from accounts.models import User
from jobboard.tracker.models import HiddenEmployer, HiddenPosting, Seen, Tracked

_DAYS = ("applied_on", "interview_on", "decided_on", "remind_on")


def jobs(user: User) -> dict[str, list[dict[str, Any]]]:
    """A person's own list: what they saved with notes and dates, hid, and read."""
    return {
        "saved": [_saved(each) for each in Tracked.objects.for_user(user)],
        "hidden": _marked(HiddenPosting.objects.filter(user=user).select_related("posting").order_by("at")),
        "read": _marked(Seen.objects.filter(user=user).select_related("posting").order_by("at")),
        "hidden_employers": [
            {"employer": each.employer.name, "at": each.at.isoformat()}
            for each in HiddenEmployer.objects.filter(user=user).select_related("employer").order_by("at")
        ],
    }


def _saved(row: Tracked) -> dict[str, Any]:
    days = {name: (day := getattr(row, name)) and day.isoformat() for name in _DAYS}
    told = {"note": row.note, "next_step": row.next_step, "outcome": row.outcome}
    return {"job": row.title, "employer": row.employer_name, "saved": row.saved_at.isoformat(), **days, **told}


def _marked(rows: Any) -> list[dict[str, Any]]:
    return [{"job": row.posting.title, "at": row.at.isoformat()} for row in rows]
